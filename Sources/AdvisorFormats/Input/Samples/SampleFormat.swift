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
        .embeddedMetrics, .envelope, .metricStream, .getMetricData, .getMetricStatistics, .putMetricData, .cloudWatchConsole,
        .csv,
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
        let isBlank = try Self.isBlank(source)
        try parser(source, context, collector)
        if let failure = source.failure { collector.note(failure, line: max(1, source.line)) }
        try collector.finish()
        if collector.added == 0, collector.problems.isEmpty, !isBlank {
            let why = "no samples in it: the time range, name or dimensions may be wrong, or there is no data yet"
            collector.note(why, line: 1, isRejection: false)
        }
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

    /// Whether each line is a record of its own, complete or cut, or a line of a log.
    ///
    /// Otherwise the records are in an array, or each is written over several lines.
    static func hasLines(_ source: ByteSource) throws -> Bool {
        let prefix = try source.prefix(64 << 10)
        let start = prefix.firstIndex { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 } ?? prefix.endIndex
        guard let end = prefix[start...].firstIndex(of: 10) ?? (prefix.count < 64 << 10 ? prefix.endIndex : nil) else {
            return false
        }
        let line = prefix[start..<end]
        guard line.first != UInt8(ascii: "[") else { return false }
        guard line.first == UInt8(ascii: "{"), let last = line.last(where: { $0 != 32 && $0 != 13 }) else { return true }
        guard [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ",")].contains(last) else { return true }
        // After these an object goes on in the next line, but not with another object: then the line is cut.
        let next = prefix[end...].dropFirst().first
        return next == UInt8(ascii: "{") && last != UInt8(ascii: "[")
    }

    /// Whether an input has nothing but white space.
    static func isBlank(_ source: ByteSource) throws -> Bool { firstByte(try source.prefix(64 << 10)) == nil }

    /// The first byte that is not white space.
    static func firstByte(_ prefix: ArraySlice<UInt8>) -> UInt8? { prefix.first { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 } }
}
