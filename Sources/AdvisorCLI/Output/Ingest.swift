import AdvisorCore
import AdvisorFormats
import AdvisorStore
import Dispatch
import Foundation
import Synchronization

/// Reads inputs on one thread and stores them on another, with a bounded number of batches in between.
final class Ingest {
    /// One file, or standard input.
    struct Input {
        var path: String
        var source: ByteSource
        /// The format; nil to detect it.
        var format: SampleFormat?
        /// The format; nil to detect it.
        var bill: BillFormat?
        /// The size in bytes; nil if unknown.
        var size: Int?
    }

    /// The result for one input.
    struct FileSummary {
        var path: String
        var format: String?
        var counts = IngestCounts()
        var rejected = 0
        var problems: [IngestProblem] = []
        /// Why the input was not read to its end; nil if it was.
        var failure: String?
        /// The identity of the input; nil unless it is a bill.
        var fingerprint: [Int]?
    }

    /// The result for all inputs.
    struct Summary {
        var files: [FileSummary] = []
        var counts = IngestCounts()
        var series = 0
        /// The results of the bills.
        var bills: [BillImport] = []
        /// The bills of those months from another source that counts.
        var superseded: [BillingData.SupersededStatement] = []
        var rejected: Int { files.reduce(0) { $0 + $1.rejected } }
    }

    let context: IngestContext
    let store: Store
    var inputs: [Input] = []
    /// Called after each batch; true ends the input with complete batches stored.
    var isStopped: () -> Bool = { false }

    init(context: IngestContext, store: Store) { (self.context, self.store) = (context, store) }

    func run(at now: Timestamp, progress: ((String) -> Void)?) throws -> Summary {
        let writer = try SampleWriter(store: store, at: now)
        var summary = Summary()
        var charges: ChargeWriter?
        for input in inputs {
            if let bill = try bill(input) {
                let writer = try charges ?? ChargeWriter(store: store, at: now)
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

    private func ingest(_ input: Input, _ writer: SampleWriter, _ progress: ((String) -> Void)?) throws -> FileSummary {
        var file = FileSummary(path: input.path)
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

/// A queue of few batches, so that memory does not grow with the file.
private final class BatchQueue: Sendable {
    /// Thrown to the parser when the consumer has stopped.
    struct Closed: Error {}

    private let state = Mutex<(batches: [SampleBatch], isFinished: Bool, isClosed: Bool)>(([], false, false))
    private let room: DispatchSemaphore
    private let filled = DispatchSemaphore(value: 0)

    init(limit: Int) { room = DispatchSemaphore(value: limit) }

    func put(_ batch: SampleBatch) throws {
        room.wait()
        let isClosed = state.withLock { state in
            if !state.isClosed { state.batches.append(batch) }
            return state.isClosed
        }
        filled.signal()
        if isClosed { throw Closed() }
    }

    /// The next batch; nil at the end.
    func take() -> SampleBatch? {
        filled.wait()
        let batch = state.withLock { state in state.batches.isEmpty ? nil : state.batches.removeFirst() }
        room.signal()
        if batch == nil { filled.signal() }
        return batch
    }

    func finish() {
        state.withLock { $0.isFinished = true }
        filled.signal()
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            state.batches = []
        }
        room.signal()
    }
}
