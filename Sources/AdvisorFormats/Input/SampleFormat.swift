internal import AdvisorCore

/// A form in which samples come.
public struct SampleFormat: Sendable {
    /// As users type it: `metric-stream`.
    public let id: String
    /// What it is, for `--help`.
    public let words: String
    /// Whether an input that begins so is of this form.
    public let detects: @Sendable (ArraySlice<UInt8>) -> Bool
    let parser: @Sendable (ByteSource, IngestContext, IngestCollector) throws -> Void

    /// Every form; the first that detects an input parses it.
    public static let all: [SampleFormat] = [
        .metricStream, .getMetricData, .getMetricStatistics, .putMetricData, .csv,
    ]

    /// The form of that id; nil when there is none.
    public static func named(_ id: String) -> SampleFormat? { all.first { $0.id == id } }

    /// The form that an input is of; nil when none knows it.
    public static func detect(_ source: ByteSource) throws -> SampleFormat? {
        let prefix = try source.prefix(64 << 10)
        return all.first { $0.detects(prefix) }
    }

    /// Reads a whole input.
    /// - Throws: What the source or the collector's sink throws; never for what the input says.
    public func parse(_ source: ByteSource, _ context: IngestContext, _ collector: IngestCollector) throws {
        try parser(source, context, collector)
        if let failure = source.failure { collector.note(failure, line: max(1, source.line)) }
        try collector.flush()
    }

    /// Whether an input's first object has the key, by its bytes.
    static func has(_ key: String, _ prefix: ArraySlice<UInt8>) -> Bool {
        let wanted = Array("\"\(key)\"".utf8)
        guard let first = wanted.first, prefix.count >= wanted.count else { return false }
        var index = prefix.startIndex
        while index + wanted.count <= prefix.endIndex {
            if prefix[index] == first, prefix[index..<index + wanted.count].elementsEqual(wanted) { return true }
            index += 1
        }
        return false
    }

    /// The first byte that is no white space.
    static func firstByte(_ prefix: ArraySlice<UInt8>) -> UInt8? { prefix.first { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 } }
}
