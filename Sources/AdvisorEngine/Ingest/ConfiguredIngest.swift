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
    let trust: ClockCheck.Trust
    let environment: RunEnvironment
    let addProblem: (RunProblem) -> Void
    private var folder: String { environment.folder }
    private var files: FileSystem { environment.files }

    /// A file to read, and the checkpoint to save afterwards.
    private struct Reading {
        var path: String
        /// Its name in messages, and by which a part of a bill is known.
        var name: String
        /// The files that it is one of; nil for the output of a command.
        var collection: InputCollection?
        var memory: Memory

        enum Memory {
            /// `digest` is that of the manifests that decide about it: what they exclude now may count later.
            case file(String, FileFingerprint, digest: Int64)
            case command(String, upTo: Timestamp, PullInterval?)
        }
    }

    /// Ingests all inputs; the failure of one does not stop the others.
    /// - Returns: The number of new or changed samples.
    func run() throws -> Int {
        var accepted = 0
        for input in project.stack.unattended.inputs where !environment.isStopped() {
            let scratch = try input.isCommand ? ScratchFolder() : nil
            defer { withExtendedLifetime(scratch) {} }
            let readings = try readings(of: input, scratch: scratch.map { "\($0.path)/output" } ?? "")
            guard !readings.isEmpty, let context = context(of: input) else { continue }
            accepted += try ingest(readings, input, context)
        }
        return accepted
    }

    private func inFolder(_ path: String) -> String { path.hasPrefix("/") || folder == "." ? path : "\(folder)/\(path)" }

    /// How it is read: a file read in another way is read again.
    private func manner(_ input: RunConfiguration.Input) -> String {
        [input.format, input.queries, input.metric, input.resource, input.namespace].map { $0 ?? "" }.joined(separator: "\t")
            + (input.zone.map { "\t\($0.identifier)" } ?? "")
    }

    private func readings(of input: RunConfiguration.Input, scratch: String) throws -> [Reading] {
        switch input.source {
        case .files(let path):
            guard let collection = InputCollection(inFolder(path), in: files) else {
                addProblem(RunProblem(.noInput, "\(path): no such file or folder (`ingest:` of the stack file)"))
                return []
            }
            for note in collection.ignored {
                addProblem(RunProblem(.done, "\(note) (`ingest:` of the stack file); ignored", isFailure: false))
            }
            let readings: [Reading] = try collection.files.compactMap { file in
                let key = "file\t\(file)\t\(manner(input))"
                guard let stamp = self.files.fingerprint(of: file) else {
                    addProblem(RunProblem(.noInput, "\(file): cannot be read"))
                    return nil
                }
                guard !files.isSpecial(file) else {
                    addProblem(RunProblem(.noInput, "\(file): not a regular file (`ingest:` of the stack file)"))
                    return nil
                }
                let digest = collection.listing.digest(of: file)
                return try store.fingerprint(of: key) == stamp.decided(by: digest)
                    ? nil : Reading(path: file, name: file, collection: collection, memory: .file(key, stamp, digest: digest))
            }
            if !readings.isEmpty {
                for notice in collection.notices { addProblem(RunProblem(.badData, notice, isFailure: false)) }
            }
            return readings
        case .command(let arguments):
            let key = "command\t\(arguments.joined(separator: "\t"))\t\(manner(input))"
            let name = arguments.prefix(3).joined(separator: " ")
            let last = try store.checkpoint(key)
            let interval = InputInterval(since: last, overlap: input.overlap, now: now)
            let command = InputCommand(
                arguments: arguments.map(interval.fill), folder: files.resolve(folder),
                secrets: StackSecrets(project.stack, reader: environment.secrets), timeout: input.timeout)
            if let why = command.run(into: scratch, isStopped: environment.isStopped) {
                if !environment.isStopped() { addProblem(RunProblem(.unavailable, "\(name): \(why)")) }
                return []
            }
            // A command that takes no interval is not asked for one.
            let isAsked = arguments.contains { $0.contains("{start}") || $0.contains("{end}") }
            let pull = isAsked ? PullInterval(end: interval.end, last: last, overlap: input.overlap) : nil
            return [Reading(path: scratch, name: name, collection: nil, memory: .command(key, upTo: interval.end, pull))]
        }
    }

    private func context(of input: RunConfiguration.Input) -> IngestContext? {
        let request = IngestRequest(
            metric: input.metric, resource: input.resource, namespace: input.namespace, zone: input.zone)
        var context: IngestContext
        do { context = try request.context(in: project, at: now) } catch {
            addProblem(RunProblem(.configuration, "\(Self.words(error)) (`ingest:` of the stack file)"))
            return nil
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

    private static func words(_ error: any Error) -> String {
        let text = (error as? ExitError)?.message ?? "\(error)"
        return text.hasPrefix("advisor: ") ? String(text.dropFirst(9)) : text
    }

    /// Ingests the changed files of an input in one pass, so that the parts of a bill come together.
    private func ingest(_ readings: [Reading], _ input: RunConfiguration.Input, _ context: IngestContext) throws -> Int {
        let ingest = IngestPass(context: context, store: store)
        ingest.isStopped = environment.isStopped
        var given: [Reading] = []
        for reading in readings {
            let source: ByteSource
            do { source = try files.source(reading.path) } catch {
                let reason = ExitStatus.words(error).replacing("\(reading.path): ", with: "", maxReplacements: 1)
                addProblem(RunProblem(ExitStatus.of(error), "\(reading.name): \(reason)"))
                continue
            }
            var file = IngestPass.Input(path: reading.name, source: source, format: input.format.flatMap(SampleFormat.named))
            file.identity =
                switch reading.memory {
                case .file: files.realPath(reading.path) ?? reading.path
                case .command(let key, _, _): key
                }
            file.collection = reading.collection?.name ?? ""
            file.listing = reading.collection?.listing ?? BillListing()
            ingest.inputs.append(file)
            given.append(reading)
        }
        if let collection = readings.first?.collection { ingest.supersede(collection, in: files) }
        let summary = try ingest.run(at: now, progress: nil)
        for resource in summary.lookalikes { addProblem(RunProblem(.done, resource.notice, isFailure: false)) }
        // The last file may be incomplete.
        let finished = environment.isStopped() ? summary.files.dropLast() : summary.files[...]
        for (reading, file) in zip(given, finished) { try finish(reading, file, summary.touched) }
        return summary.counts.accepted
    }

    /// Reports the problems of a file, and records that it was read.
    private func finish(_ reading: Reading, _ file: IngestPass.FileResult, _ series: Set<Int64>) throws {
        for problem in file.problems.prefix(3) {
            addProblem(RunProblem(.badData, "\(reading.name):\(problem.line): \(problem.problem)", isFailure: false))
        }
        if file.rejected > 3 {
            addProblem(
                RunProblem(
                    .badData, "\(reading.name): \(file.rejected) lines rejected; the good ones are stored", isFailure: false))
        }
        if let failure = file.failure { return addProblem(RunProblem(.io, "\(reading.name): \(failure)")) }
        switch reading.memory {
        case .file(let key, let stamp, let digest):
            // A file that grew meanwhile is read again.
            if files.fingerprint(of: reading.path) == stamp {
                try store.saveFingerprint(stamp.decided(by: digest), of: key)
            }
        case .command(let key, let end, let pull):
            // A wrong clock asks for what is not there, and what it left out is asked for again.
            guard try trust == .confirmed || ClockCheck(store, now: now).isPlausible else { break }
            try store.saveCheckpoint(key, at: end)
            guard let pull else { break }
            try store.saveProgress(of: key, series: series) { key, cadence in
                pull.progress(of: key, metrics: project.vocabulary.metrics, cadence: cadence)
            }
        }
        if file.counts.accepted > 0 {
            environment.report(.ingested(input: reading.name, accepted: file.counts.accepted, rejected: file.rejected))
        }
    }
}

extension RunConfiguration.Input {
    fileprivate var isCommand: Bool {
        switch source {
        case .command: true
        case .files: false
        }
    }
}

extension FileFingerprint {
    /// The fingerprint of a file about which manifests of bills decide; itself where none does.
    fileprivate func decided(by digest: Int64) -> FileFingerprint {
        FileFingerprint(size: size, modified: modified, inode: inode ^ digest)
    }
}
