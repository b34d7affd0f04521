internal import AdvisorCore
internal import Dispatch
internal import Synchronization

/// A queue of few batches, so that memory does not grow with the file.
final class BatchQueue: Sendable {
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
