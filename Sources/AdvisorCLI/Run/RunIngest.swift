import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import Foundation

/// The first step of a run: ingests the inputs of advisor.yaml, except unchanged files.
struct RunIngest {
    let store: Store
    let project: Project
    let folder: String
    let now: Timestamp
    let log: RunLog
    let stop: StopSignal

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
    /// - Returns: How many samples are new or changed.
    func run() throws -> Int {
        var accepted = 0
        for input in project.stack.unattended.inputs where !stop.isRaised {
            let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("advisor-run-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: scratch) }
            let readings = try readings(of: input, scratch: scratch)
            guard !readings.isEmpty, let context = context(of: input) else { continue }
            for reading in readings where !stop.isRaised { accepted += try ingest(reading, input, context) }
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
            guard let files = InputFiles.matching(inFolder(path)) else {
                log.problem("\(path): no such file or folder (`ingest:` of the stack file)", .noInput)
                return []
            }
            return try files.compactMap { file in
                let key = "file\t\(file)\t\(manner(input))"
                guard let stamp = InputFiles.stamp(of: file) else {
                    log.problem("\(file): cannot be read", .noInput)
                    return nil
                }
                return try store.fingerprint(of: key) == stamp ? nil : Reading(path: file, name: file, memory: .file(key, stamp))
            }
        case .command(let arguments):
            let key = "command\t\(arguments.joined(separator: "\t"))\t\(manner(input))"
            let name = arguments.prefix(3).joined(separator: " ")
            let interval = InputInterval(since: try store.checkpoint(key), overlap: input.overlap, now: now)
            let command = InputCommand(
                arguments: arguments.map(interval.fill), folder: folder, timeout: input.timeout)
            if let why = command.run(into: scratch, isStopped: { stop.isRaised }) {
                if !stop.isRaised { log.problem("\(name): \(why)", .tryAgain) }
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
                log.problem("unknown metric '\(metric)' (`ingest:` of the stack file)", .configuration)
                return nil
            }
            context.target = target
        }
        guard let queries = input.queries else { return context }
        do {
            for problem in QueriesFile.read(try Files.bytes(inFolder(queries)), into: &context) {
                log.problem("\(queries):\(problem.line): \(problem.problem)", .configuration)
            }
        } catch {
            log.problem("\(queries): cannot be read", .noInput)
            return nil
        }
        return context
    }

    private func ingest(_ reading: Reading, _ input: RunConfiguration.Input, _ context: IngestContext) throws -> Int {
        let source: ByteSource
        do { source = try Files.source(reading.path) } catch {
            log.problem("\(reading.name): cannot be read", .noInput)
            return 0
        }
        let ingest = Ingest(context: context, store: store)
        ingest.isStopped = { [stop] in stop.isRaised }
        ingest.inputs = [
            Ingest.Input(path: reading.name, source: source, format: input.format.flatMap(SampleFormat.named))
        ]
        let summary = try ingest.run(at: now, progress: nil)
        guard !stop.isRaised, let file = summary.files.first else { return summary.counts.accepted }
        for problem in file.problems.prefix(3) {
            log.problem("\(reading.name):\(problem.line): \(problem.problem)", .badData, isFailure: false)
        }
        if file.rejected > 3 {
            log.problem("\(reading.name): \(file.rejected) lines rejected; the good ones are stored", .badData, isFailure: false)
        }
        if let failure = file.failure {
            log.problem("\(reading.name): \(failure)", .io)
            return summary.counts.accepted
        }
        switch reading.memory {
        case .file(let key, let stamp):
            // A file that grew meanwhile is read again.
            if InputFiles.stamp(of: reading.path) == stamp { try store.saveFingerprint(stamp, of: key) }
        case .command(let key, let end): try store.saveCheckpoint(key, at: end)
        }
        if summary.counts.accepted > 0 {
            log.note(
                "\(reading.name): \(summary.counts.accepted) samples", "ingested",
                [
                    "input": .text(reading.name), "accepted": .integer(summary.counts.accepted),
                    "rejected": .integer(file.rejected),
                ],
                isVerbose: false)
        }
        return summary.counts.accepted
    }
}

/// The time interval that a command queries.
struct InputInterval {
    let start: Timestamp
    let end: Timestamp

    private static let longest = Duration.seconds(14 * 86_400)

    /// Starts an overlap before the last end, or two weeks ago; in whole five minutes, as CloudWatch has them.
    init(since last: Timestamp?, overlap: Duration, now: Timestamp) {
        let until = now.floored(to: .seconds(60))
        let earliest = until - Self.longest
        start = max(earliest, last.map { min($0, until) - overlap } ?? earliest).floored(to: .seconds(300))
        end = until
    }

    /// The argument with its placeholders filled in.
    func fill(_ argument: String) -> String {
        argument.replacingOccurrences(of: "{start}", with: start.description).replacingOccurrences(
            of: "{end}", with: end.description)
    }
}
