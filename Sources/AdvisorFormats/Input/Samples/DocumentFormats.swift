internal import AdvisorCore

/// Shared functions of the JSON document formats.
enum Document {
    /// Reads all documents of an input; an invalid one ends it, since the start of the next is unknown.
    static func readAll(
        _ source: ByteSource, _ collector: IngestCollector, _ body: (inout JSONScanner) throws -> Void
    ) throws {
        var scanner = JSONScanner(source)
        do {
            while try scanner.next() != nil { try body(&scanner) }
        } catch let problem as JSONProblem {
            collector.note(problem.problem, line: problem.line, column: problem.column)
        }
    }

    /// A time in any spelling of the AWS CLI: seconds (or milliseconds) since 1970, or ISO 8601.
    static func time(_ element: JSONValue) -> Timestamp? {
        switch element {
        case .number(let number):
            guard abs(number) < 1e15 else { return nil }
            return abs(number) > 1e11
                ? Timestamp(milliseconds: Int64(number)) : Timestamp(milliseconds: Int64((number * 1000).rounded()))
        case .integer(let number): return time(.number(Double(number)))
        case .text(let text): return Timestamp(text: text)
        case .object, .array, .boolean, .null: return nil
        }
    }

    /// The text for messages.
    static func words(_ element: JSONValue) -> String {
        switch element {
        case .text(let text): "'\(text)'"
        case .number(let number): "\(number)"
        case .integer(let number): "\(number)"
        case .boolean(let value): "\(value)"
        case .null: "null"
        case .object: "an object"
        case .array: "an array"
        }
    }

    /// Sets the statistic with a CloudWatch name; false if there is none.
    static func fill(_ sample: inout Sample, _ statistic: String, _ value: Double) -> Bool {
        switch statistic {
        case "Average": sample.average = value
        case "Sum": sample.sum = value
        case "Minimum": sample.minimum = value
        case "Maximum": sample.maximum = value
        case "SampleCount": sample.count = value
        default:
            guard let first = statistic.first,
                first == "p" || statistic.contains("(") || ["tm", "wm", "tc", "ts", "IQM"].contains(where: statistic.hasPrefix)
            else { return false }
            sample.extras.append(ExtraStatistic(name: statistic, value: value))
        }
        return true
    }

    /// The dimensions of `[{"Name":…,"Value":…}]`; nil if invalid.
    static func dimensions(_ element: JSONValue?) -> [SeriesKey.Dimension]? {
        guard let element else { return [] }
        guard let array = element.array else { return nil }
        var result: [SeriesKey.Dimension] = []
        for part in array {
            guard let name = part.object?["Name"]?.text, let value = part.object?["Value"]?.text else { return nil }
            result.append(SeriesKey.Dimension(name, value))
        }
        return result
    }
}

extension Statistic {
    /// The name that CloudWatch's API has for it: `Average`, `p99`.
    var cloudWatchName: String {
        switch self {
        case .average: "Average"
        case .minimum: "Minimum"
        case .maximum, .latest: "Maximum"
        case .sum: "Sum"
        case .count: "SampleCount"
        case .percentile: word
        }
    }
}
