public import AdvisorCore

/// A form in which bills come.
public struct BillFormat: Sendable {
    /// As users type it: `focus`.
    public let id: String
    /// What it is, for `--help`.
    public let words: String
    /// Whether an input that begins so is of this form.
    public let detects: @Sendable (ArraySlice<UInt8>) -> Bool
    let parser: @Sendable (ByteSource, IngestContext, ChargeCollector) throws -> Void

    /// Every form; the first that detects an input parses it.
    public static let all: [BillFormat] = [.cur, .focus, .costExplorer]

    /// The form of that id; nil when there is none.
    public static func named(_ id: String) -> BillFormat? { all.first { $0.id == id } }

    /// The form that an input is of; nil when none knows it.
    public static func detect(_ source: ByteSource) throws -> BillFormat? {
        let prefix = try source.prefix(64 << 10)
        return all.first { $0.detects(prefix) }
    }

    /// Reads a whole input.
    /// - Throws: What the source or the collector's sink throws; never for what the input says.
    public func parse(_ source: ByteSource, _ context: IngestContext, _ collector: ChargeCollector) throws {
        try parser(source, context, collector)
        if let failure = source.failure { collector.note(failure, line: max(1, source.line)) }
        try collector.flush()
    }
}

/// Collects what parsers make of a bill: charges added up, and problems.
public final class ChargeCollector {
    /// The first hundred problems.
    public private(set) var problems: [IngestProblem] = []
    /// How many lines were rejected.
    public private(set) var rejected = 0
    /// Whether the input said all that it has to say.
    public var isWhole: Bool { rejected == 0 && !isPartial }
    private var isPartial = false
    private var batch = ChargeBatch()
    private let sink: (ChargeBatch) throws -> Void
    private static let listed = 100
    private static let batchSize = 20_000

    /// A collector that hands full batches on.
    public init(sink: @escaping (ChargeBatch) throws -> Void) { self.sink = sink }

    /// Notes a problem; `isRejection` says whether a line was lost by it.
    func note(_ problem: String, line: Int, column: Int? = nil, isRejection: Bool = true) {
        if isRejection { rejected += 1 }
        if problems.count < Self.listed { problems.append(IngestProblem(line: line, column: column, problem: problem)) }
    }

    /// Says that the input is a part of what there is.
    func markPartial() { isPartial = true }

    /// Adds lines already added up, and hands the batch on when it is full.
    func add(_ line: ChargeBatch.Line) throws {
        batch.lines.append(line)
        if batch.lines.count >= Self.batchSize { try flush() }
    }

    /// Says that the input covers these days of a bill, whether they have charges or not.
    func cover(_ bill: BillKey, _ days: ClosedRange<Int>) {
        let known = batch.covered[bill] ?? days
        batch.covered[bill] = min(known.lowerBound, days.lowerBound)...max(known.upperBound, days.upperBound)
    }

    /// Hands on what is left.
    func flush() throws {
        guard !batch.lines.isEmpty || !batch.covered.isEmpty else { return }
        let full = batch
        batch = ChargeBatch()
        try sink(full)
    }
}
