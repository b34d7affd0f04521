internal import AdvisorCore
internal import AdvisorFormats
internal import AdvisorNetwork
internal import AdvisorStore
internal import Foundation

/// The first step of a run: ingests the configured inputs, except unchanged files.
struct ConfiguredIngest {
    let store: Store
    let project: Project
    let now: Timestamp
    let environment: RunEnvironment
    let addProblem: (RunProblem) -> Void
    private var folder: String { environment.folder }
    private var files: FileSystem { environment.files }

    /// A file to read, and the checkpoint to save afterwards.
    private struct Reading {
        var path: String
        /// Its name in messages.
        var name: String
        var memory: Memory

        enum Memory {
            case file(String, FileFingerprint)
            case command(String, upTo: Timestamp)
        }
    }

    /// Ingests all inputs; the failure of one does not stop the others.
    /// - Returns: The number of new or changed samples.
    func run() throws -> Int {
        var accepted = 0
        for input in project.stack.unattended.inputs where !environment.isStopped() {
            let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("advisor-run-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: scratch) }
            let readings = try readings(of: input, scratch: scratch)
            guard !readings.isEmpty, let context = context(of: input) else { continue }
            for reading in readings where !environment.isStopped() { accepted += try ingest(reading, input, context) }
        }
        return accepted
    }

    private func inFolder(_ path: String) -> String { path.hasPrefix("/") || folder == "." ? path : "\(folder)/\(path)" }

    /// How it is read: a file read in another way is read again.
    private func manner(_ input: RunConfiguration.Input) -> String {
        [input.format, input.queries, input.metric, input.resource, input.namespace].map { $0 ?? "" }.joined(separator: "\t")
    }

    private func readings(of input: RunConfiguration.Input, scratch: String) throws -> [Reading] {
        switch input.source {
        case .files(let path):
            guard let files = self.files.inputs(matching: inFolder(path)) else {
                addProblem(RunProblem(.noInput, "\(path): no such file or folder (`ingest:` of the stack file)"))
                return []
            }
            return try files.compactMap { file in
                let key = "file\t\(file)\t\(manner(input))"
                guard let stamp = self.files.fingerprint(of: file) else {
                    addProblem(RunProblem(.noInput, "\(file): cannot be read"))
                    return nil
                }
                return try store.fingerprint(of: key) == stamp ? nil : Reading(path: file, name: file, memory: .file(key, stamp))
            }
        case .command(let arguments):
            let key = "command\t\(arguments.joined(separator: "\t"))\t\(manner(input))"
            let name = arguments.prefix(3).joined(separator: " ")
            let interval = InputInterval(since: try store.checkpoint(key), overlap: input.overlap, now: now)
            let command = InputCommand(
                arguments: arguments.map(interval.fill), folder: files.resolve(folder),
                variables: environment.secrets.environment,
                timeout: input.timeout)
            if let why = command.run(into: scratch, isStopped: environment.isStopped) {
                if !environment.isStopped() { addProblem(RunProblem(.tryAgain, "\(name): \(why)")) }
                return []
            }
            return [Reading(path: scratch, name: name, memory: .command(key, upTo: interval.end))]
        }
    }

    private func context(of input: RunConfiguration.Input) -> IngestContext? {
        var context = IngestContext(now: now, metrics: project.vocabulary.metrics)
        context.namespace = input.namespace
        context.resource = input.resource
        if let metric = input.metric, let resource = input.resource {
            guard let target = context.target(metric: metric, resource: resource) else {
                addProblem(RunProblem(.configuration, "unknown metric '\(metric)' (`ingest:` of the stack file)"))
                return nil
            }
            context.target = target
        }
        guard let queries = input.queries else { return context }
        do {
            for problem in QueriesFile.read(try files.bytes(inFolder(queries)), into: &context) {
                addProblem(RunProblem(.configuration, "\(queries):\(problem.line): \(problem.problem)"))
            }
        } catch {
            addProblem(RunProblem(.noInput, "\(queries): cannot be read"))
            return nil
        }
        return context
    }

    private func ingest(_ reading: Reading, _ input: RunConfiguration.Input, _ context: IngestContext) throws -> Int {
        let source: ByteSource
        do { source = try files.source(reading.path) } catch {
            addProblem(RunProblem(.noInput, "\(reading.name): cannot be read"))
            return 0
        }
        let ingest = IngestPass(context: context, store: store)
        ingest.isStopped = environment.isStopped
        ingest.inputs = [
            IngestPass.Input(path: reading.name, source: source, format: input.format.flatMap(SampleFormat.named))
        ]
        let summary = try ingest.run(at: now, progress: nil)
        guard !environment.isStopped(), let file = summary.files.first else { return summary.counts.accepted }
        for problem in file.problems.prefix(3) {
            addProblem(RunProblem(.badData, "\(reading.name):\(problem.line): \(problem.problem)", isFailure: false))
        }
        if file.rejected > 3 {
            addProblem(
                RunProblem(
                    .badData, "\(reading.name): \(file.rejected) lines rejected; the good ones are stored", isFailure: false))
        }
        if let failure = file.failure {
            addProblem(RunProblem(.io, "\(reading.name): \(failure)"))
            return summary.counts.accepted
        }
        switch reading.memory {
        case .file(let key, let stamp):
            // A file that grew meanwhile is read again.
            if files.fingerprint(of: reading.path) == stamp { try store.saveFingerprint(stamp, of: key) }
        case .command(let key, let end): try store.saveCheckpoint(key, at: end)
        }
        if summary.counts.accepted > 0 {
            environment.report(
                .ingested(input: reading.name, accepted: summary.counts.accepted, rejected: file.rejected))
        }
        return summary.counts.accepted
    }
}
