internal import AdvisorCore

/// A sample format.
public struct SampleFormat: Sendable {
    /// The id: `metric-stream`.
    public let id: String
    /// The description for `--help`.
    public let words: String
    /// Whether an input that begins with these bytes has this format.
    public let detects: @Sendable (ArraySlice<UInt8>) -> Bool
    let parser: @Sendable (ByteSource, IngestContext, IngestCollector) throws -> Void

    /// All formats; the first that detects an input parses it.
    public static let all: [SampleFormat] = [
        .metricStream, .getMetricData, .getMetricStatistics, .putMetricData, .csv,
    ]

    /// The format with an id; nil if there is none.
    public static func named(_ id: String) -> SampleFormat? { all.first { $0.id == id } }

    /// The format of an input; nil if no format detects it.
    public static func detect(_ source: ByteSource) throws -> SampleFormat? {
        let prefix = try source.prefix(64 << 10)
        return all.first { $0.detects(prefix) }
    }

    /// Reads a whole input.
    /// - Throws: The error of the source or of the collector's sink; never for invalid input.
    public func parse(_ source: ByteSource, _ context: IngestContext, _ collector: IngestCollector) throws {
        try parser(source, context, collector)
        if let failure = source.failure { collector.note(failure, line: max(1, source.line)) }
        try collector.flush()
    }

    /// Whether the first object of an input has a key, by its bytes.
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

    /// The first byte that is not white space.
    static func firstByte(_ prefix: ArraySlice<UInt8>) -> UInt8? { prefix.first { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 } }
}
