public import AdvisorCore

/// A bill format.
public struct BillFormat: Sendable {
    /// The id: `focus`.
    public let id: String
    /// The description for `--help`.
    public let words: String
    /// Whether an input that begins with these bytes has this format.
    public let detects: @Sendable (ArraySlice<UInt8>) -> Bool
    let parser: @Sendable (ByteSource, IngestContext, ChargeCollector) throws -> Void

    /// All formats; the first that detects an input parses it.
    public static let all: [BillFormat] = [.cur, .focus, .costExplorer]

    /// The format with an id; nil if there is none.
    public static func named(_ id: String) -> BillFormat? { all.first { $0.id == id } }

    /// The format of an input; nil if no format detects it.
    public static func detect(_ source: ByteSource) throws -> BillFormat? {
        let prefix = try source.prefix(64 << 10)
        return all.first { $0.detects(prefix) }
    }

    /// Reads a whole input.
    /// - Throws: The error of the source or of the collector's sink; never for invalid input.
    public func parse(_ source: ByteSource, _ context: IngestContext, _ collector: ChargeCollector) throws {
        try parser(source, context, collector)
        if let failure = source.failure { collector.note(failure, line: max(1, source.line)) }
        try collector.flush()
    }
}

/// Collects the charges and problems of a bill.
public final class ChargeCollector {
    /// The first hundred problems.
    public private(set) var problems: [IngestProblem] = []
    /// The number of rejected lines.
    public private(set) var rejected = 0
    /// The variant of the format, `legacy`; empty if the format has only one.
    public internal(set) var form = ""
    /// Whether the input was complete.
    public var isWhole: Bool { rejected == 0 && !isPartial }
    private var isPartial = false
    private var batch = ChargeBatch()
    private let sink: (ChargeBatch) throws -> Void
    private static let listed = 100
    private static let batchSize = 20_000

    /// Creates a collector that passes full batches on.
    public init(sink: @escaping (ChargeBatch) throws -> Void) { self.sink = sink }

    /// Records a problem; `isRejection` says whether a line was lost.
    func note(_ problem: String, line: Int, column: Int? = nil, isRejection: Bool = true) {
        if isRejection { rejected += 1 }
        if problems.count < Self.listed { problems.append(IngestProblem(line: line, column: column, problem: problem)) }
    }

    /// Marks the input as incomplete.
    func markPartial() { isPartial = true }

    /// Adds summed lines, and passes the batch on when it is full.
    func add(_ line: ChargeBatch.Line) throws {
        batch.lines.append(line)
        if batch.lines.count >= Self.batchSize { try flush() }
    }

    /// Records that the input covers these days of a bill, with or without charges.
    func cover(_ bill: BillKey, _ days: ClosedRange<Int>) {
        let known = batch.covered[bill] ?? days
        batch.covered[bill] = min(known.lowerBound, days.lowerBound)...max(known.upperBound, days.upperBound)
    }

    /// Passes on the rest.
    func flush() throws {
        guard !batch.lines.isEmpty || !batch.covered.isEmpty else { return }
        let full = batch
        batch = ChargeBatch()
        try sink(full)
    }
}
