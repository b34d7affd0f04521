public import AdvisorCore
public import AdvisorFormats
public import AdvisorStore
internal import Foundation
internal import Synchronization

/// Stores inputs: reads them on one thread and writes on another, a bounded number of batches in between.
public final class IngestPass {
    /// One file, or standard input.
    public struct Input {
        /// Its path as messages name it.
        public var path: String
        /// Its bytes.
        public var source: ByteSource
        /// The format; nil to detect it.
        public var format: SampleFormat?
        /// The format; nil to detect it.
        public var bill: BillFormat?
        /// The absolute path, by which a part of a bill is known; empty for standard input.
        public var identity = ""
        /// The folder or pattern that it was found by; empty if it was named alone.
        public var collection = ""
        /// Manifests of bills that do not list it.
        public var superseding: [BillManifest] = []

        /// Creates an input.
        public init(path: String, source: ByteSource, format: SampleFormat? = nil, bill: BillFormat? = nil) {
            (self.path, self.source, self.format, self.bill) = (path, source, format, bill)
        }
    }

    /// The result for one input.
    public struct FileResult: Sendable {
        /// Its path.
        public var path: String
        /// The format's id; nil when none was detected.
        public var format: String?
        /// How many samples were stored.
        public var counts = IngestCounts()
        /// The number of rejected lines.
        public var rejected = 0
        /// The first problems.
        public var problems: [IngestProblem] = []
        /// Why the input was not read to its end; nil if it was.
        public var failure: String?
        /// The identity of the input; nil unless it is a bill.
        public var fingerprint: [Int]?
    }

    /// What came of all inputs.
    public struct Result: Sendable {
        /// By input, in order.
        public var files: [FileResult] = []
        /// How many samples were stored.
        public var counts = IngestCounts()
        /// How many series they belong to.
        public var series = 0
        /// The results of the bills.
        public var bills: [BillImport] = []
        /// Bills of those months that another source supersedes.
        public var superseded: [BillingData.SupersededStatement] = []
        /// The number of rejected lines.
        public var rejected: Int { files.reduce(0) { $0 + $1.rejected } }

        /// `io` when an input could not be read to its end, `badData` when lines were rejected.
        public var status: ExitStatus {
            if files.contains(where: { $0.failure != nil }) { return .io }
            return rejected > 0 ? .badData : .done
        }
    }

    let context: IngestContext
    let store: Store
    /// What to store.
    public var inputs: [Input] = []
    /// Whether the stored part of a bill still counts: its file exists, and a manifest of the month lists it.
    public var isPart: (_ path: String, _ month: BillingMonth) -> Bool = { path, _ in
        path.isEmpty || FileManager.default.fileExists(atPath: path)
    }
    /// Called after each batch; true ends the input with complete batches stored.
    public var isStopped: () -> Bool = { false }

    /// Creates a pass over no input yet.
    public init(context: IngestContext, store: Store) { (self.context, self.store) = (context, store) }

    /// Stores the inputs.
    /// - Parameters:
    ///   - now: When they are stored.
    ///   - progress: Called after each batch with a line for people; nil to leave it out.
    /// - Returns: What came of them.
    /// - Throws: `StoreFailure`, or an error of reading.
    public func run(at now: Timestamp, progress: ((String) -> Void)?) throws -> Result {
        let writer = try SampleWriter(store: store, at: now)
        var summary = Result()
        var charges: ChargeWriter?
        for input in inputs where summary.files.isEmpty || !isStopped() {
            if let bill = try bill(input) {
                let writer = try charges ?? ChargeWriter(store: store, at: now, isPart: isPart)
                charges = writer
                summary.files.append(try ingest(input, bill, writer, earlier: summary.files, progress))
            } else {
                summary.files.append(try ingest(input, writer, progress))
            }
        }
        if let charges {
            summary.bills = try charges.finish()
            let months = Set(summary.bills.map(\.key.month))
            summary.superseded = BillingData(try store.statements()) { _ in [] }.superseded.filter {
                months.contains($0.statement.key.month)
            }
        }
        let result = try writer.finish()
        summary.counts = result.counts
        summary.series = result.series
        return summary
    }

    private func ingest(_ input: Input, _ writer: SampleWriter, _ progress: ((String) -> Void)?) throws -> FileResult {
        var file = FileResult(path: input.path)
        guard let format = try input.format ?? SampleFormat.detect(input.source) else {
            let known = SampleFormat.all.map(\.id) + BillFormat.all.map(\.id)
            let isEmpty = try input.source.prefix(1).isEmpty
            file.problems = [
                IngestProblem(
                    line: 1, column: nil,
                    problem: isEmpty
                        ? "the input is empty"
                        : "no known format; name it with --input-format: \(known.joined(separator: ", "))")
            ]
            file.rejected = isEmpty ? 0 : 1
            return file
        }
        file.format = format.id
        try writer.beginFile()
        let queue = BatchQueue(limit: 2)
        let context = context
        let reader = ReaderResult()
        // The parser's thread owns source and collector until it signals the end.
        nonisolated(unsafe) let source = input.source
        let thread = Thread {
            let collector = IngestCollector(context: context) { try queue.put($0) }
            do { try format.parse(source, context, collector) } catch is BatchQueue.Closed {} catch {
                reader.set(failure: "\(error)")
            }
            reader.set(problems: collector.problems, rejected: collector.rejected, bytes: source.bytesRead)
            queue.finish()
        }
        thread.stackSize = 4 << 20
        thread.start()
        var stored = 0
        do {
            while let batch = queue.take() {
                stored += batch.records.count
                try writer.write(batch)
                progress?("\(input.path): \(stored) records")
                guard isStopped() else { continue }
                queue.close()
                while queue.take() != nil {}
                break
            }
        } catch {
            queue.close()
            while queue.take() != nil {}
            throw error
        }
        file.counts = try writer.finishFile()
        (file.problems, file.rejected, file.failure) = reader.values
        return file
    }
}

/// The results of the parser's thread.
private final class ReaderResult: Sendable {
    private let state = Mutex<(problems: [IngestProblem], rejected: Int, failure: String?)>(([], 0, nil))

    func set(failure: String) { state.withLock { $0.failure = failure } }
    func set(problems: [IngestProblem], rejected: Int, bytes: Int) {
        state.withLock { ($0.problems, $0.rejected) = (problems, rejected) }
    }
    var values: (problems: [IngestProblem], rejected: Int, failure: String?) { state.withLock { $0 } }
}

extension IngestPass {
    /// Stores one value, observed at `now`.
    /// - Parameters:
    ///   - value: In the display unit of the metric.
    ///   - target: The series and the metric.
    ///   - store: Where it is stored.
    ///   - now: When it was observed.
    /// - Returns: The result.
    /// - Throws: `StoreFailure`.
    public static func store(
        _ value: Double, of target: IngestContext.Target, in store: Store, at now: Timestamp
    ) throws -> Result {
        var sample = Sample(start: now, unit: target.metric.display.unit)
        (sample.count, sample.sum, sample.average, sample.minimum, sample.maximum) = (1, value, value, value, value)
        var batch = SampleBatch()
        batch.newSeries = [target.key]
        batch.records = [SampleBatch.Record(series: 0, sample: sample)]
        let writer = try SampleWriter(store: store, at: now)
        try writer.beginFile()
        try writer.write(batch)
        var result = Result()
        result.files = [FileResult(path: "--value", format: "value", counts: try writer.finishFile())]
        let written = try writer.finish()
        (result.counts, result.series) = (written.counts, written.series)
        return result
    }
}
