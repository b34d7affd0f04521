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
        /// What manifests of bills say of the files beside it.
        public var listing = BillListing()

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
        /// Whether it has no content at all.
        public var isEmpty = false
        /// The metrics in it that rules cannot use, as `namespace name`.
        public var unusedMetrics: Set<String> = []
    }

    /// What came of all inputs.
    public struct Result: Sendable {
        /// By input, in order.
        public var files: [FileResult] = []
        /// How many samples were stored.
        public var counts = IngestCounts()
        /// How many series they belong to.
        public var series = 0
        /// The numbers of these series in the store.
        public var touched: Set<Int64> = []
        /// New resources whose ids are like those of declared ones.
        public var lookalikes: [LookalikeResource] = []
        /// The results of the bills.
        public var bills: [BillImport] = []
        /// Bills of those months that another source supersedes.
        public var superseded: [BillingData.SupersededStatement] = []
        /// The number of rejected lines.
        public var rejected: Int { files.reduce(0) { $0 + $1.rejected } }

        /// The metrics that were stored and that rules cannot use, as `namespace name`, in order.
        public var unusedMetrics: [String] { files.reduce(into: Set()) { $0.formUnion($1.unusedMetrics) }.sorted() }

        /// Whether nothing in the inputs was stored, was there before, or was rejected.
        public var isVoid: Bool { counts.accepted + counts.unchanged + rejected == 0 && bills.isEmpty }

        /// `io` when an input could not be read to its end, `badData` when lines were rejected, `noInput` when one is empty or
        /// there is nothing in any.
        public var status: ExitStatus {
            if files.contains(where: { $0.failure != nil }) { return .io }
            if files.contains(where: \.isEmpty) { return .noInput }
            if rejected > 0 { return .badData }
            return isVoid ? .noInput : .done
        }
    }

    let context: IngestContext
    let store: Store
    /// What to store.
    public var inputs: [Input] = []
    /// Whether the stored part of a bill still counts: its file exists, and a manifest of the month lists it.
    public var isPart: (_ path: String, _ month: BillingMonth) -> Bool = { path, _ in
        path.isEmpty || IngestPass.isPresent(path)
    }
    /// The files in the zip archives that were read, each with the months of which it is no part, by the archive's identity.
    var archives: [String: [String: Set<BillingMonth>]] = [:]
    /// The bills that were read.
    var billsRead: [ReadBill] = []
    /// Stores the bills; nil before the first.
    private var charges: ChargeWriter?
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
        let writer = try SampleWriter(store: store, at: now, seriesLimit: context.seriesLimit)
        var summary = Result()
        for (number, input) in inputs.enumerated() where summary.files.isEmpty || !isStopped() {
            summary.files.append(try ingest(input, writer, at: now, progress))
            // Closes a file that was not read to its end.
            inputs[number].source = ByteSource([])
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
        (summary.series, summary.touched) = (result.series, writer.touched)
        summary.lookalikes = LookalikeResource.found(
            in: writer.newSeries, declared: context.declaredResources, kindOfDimension: context.metrics.kindOfDimension)
        return summary
    }

    /// Stores the files of an input; one that cannot be read is a result of its own.
    private func ingest(
        _ input: Input, _ writer: SampleWriter, at now: Timestamp, _ progress: ((String) -> Void)?
    ) throws -> FileResult {
        var results: [FileResult] = []
        var notes: [String] = []
        do {
            let archive = try archived(input)
            notes = archive.notes
            for part in archive.parts {
                guard let bill = try bill(part) else {
                    results.append(try ingest(part, writer, progress))
                    continue
                }
                results.append(try ingest(part, bill, chargeWriter(at: now), progress))
            }
        } catch let failure as ReadFailure {
            results.append(FileResult(path: input.path, failure: failure.description))
        }
        var file = FileResult(results, of: input)
        file.problems += notes.map { IngestProblem(line: 1, column: nil, problem: $0, records: 0) }
        return file
    }

    private func chargeWriter(at now: Timestamp) throws -> ChargeWriter {
        if let charges { return charges }
        let isPart = isPart
        let writer = try ChargeWriter(store: store, at: now) { self.isArchived($0, in: $1) ?? isPart($0, $1) }
        charges = writer
        return writer
    }

    private func ingest(_ input: Input, _ writer: SampleWriter, _ progress: ((String) -> Void)?) throws -> FileResult {
        var file = FileResult(path: input.path)
        guard let format = try input.format ?? SampleFormat.detect(input.source), try !isBlank(input) else {
            return try unreadable(input)
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
            reader.set(collector)
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
        reader.complete(&file)
        file.note(excess: writer.rejected, limit: context.seriesLimit)
        return file
    }
}

/// The results of the parser's thread.
private final class ReaderResult: Sendable {
    private struct Values {
        var problems: [IngestProblem] = []
        var rejected = 0
        var unusedMetrics: Set<String> = []
        var failure: String?
    }

    private let state = Mutex(Values())

    func set(failure: String) { state.withLock { $0.failure = failure } }

    func set(_ collector: IngestCollector) {
        state.withLock {
            ($0.problems, $0.rejected) = (collector.problems, collector.rejected)
            $0.unusedMetrics = collector.unusedMetrics
        }
    }

    func complete(_ file: inout IngestPass.FileResult) {
        let values = state.withLock { $0 }
        (file.problems, file.rejected, file.failure) = (values.problems, values.rejected, values.failure)
        file.unusedMetrics = values.unusedMetrics
    }
}

extension IngestPass {
    /// Stores one value, observed at `now`.
    /// - Parameters:
    ///   - value: In the display unit of the metric.
    ///   - target: The series and the metric.
    ///   - store: Where it is stored.
    ///   - now: When it was observed.
    ///   - context: The declared resources.
    /// - Returns: The result.
    /// - Throws: `StoreFailure`, or `ExitError` when the metric cannot have the value.
    public static func store(
        _ value: Double, of target: IngestContext.Target, in store: Store, at now: Timestamp, context: IngestContext
    ) throws -> Result {
        var sample = Sample(start: now, unit: target.metric.display.unit)
        (sample.count, sample.sum, sample.average, sample.minimum, sample.maximum) = (1, value, value, value, value)
        if let problem = target.metric.problem(of: sample) { throw ExitError(.badData, "advisor: \(problem)") }
        var batch = SampleBatch()
        batch.newSeries = [target.key]
        batch.records = [SampleBatch.Record(series: 0, sample: sample)]
        let writer = try SampleWriter(store: store, at: now, seriesLimit: context.seriesLimit)
        try writer.beginFile()
        try writer.write(batch)
        var result = Result()
        result.files = [FileResult(path: "--value", format: "value", counts: try writer.finishFile())]
        result.files[0].note(excess: writer.rejected, limit: context.seriesLimit)
        let written = try writer.finish()
        (result.counts, result.series) = (written.counts, written.series)
        result.lookalikes = LookalikeResource.found(
            in: writer.newSeries, declared: context.declaredResources, kindOfDimension: context.metrics.kindOfDimension)
        return result
    }
}
