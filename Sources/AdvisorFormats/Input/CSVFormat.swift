internal import AdvisorCore

extension SampleFormat {
    /// Comma-separated values: two columns for one series, or the long forms.
    static let csv = SampleFormat(
        id: "csv", words: "CSV: `timestamp,value` with `--metric` and `--resource`, or `timestamp,metric,resource,value[,…]`",
        detects: { prefix in
            guard let first = firstByte(prefix), first != UInt8(ascii: "{"), first != UInt8(ascii: "[") else { return false }
            let header = prefix.prefix { $0 != 10 && $0 != 13 }
            guard header.count < 1000, let text = String(validating: Array(header), as: UTF8.self) else { return false }
            let names = CSVReader.cells(text, separator: CSVReader.separator(of: text)).map { $0.lowercased() }
            return names.contains("timestamp") && names.count >= 2
        },
        parser: { source, context, collector in
            var reader = CSVReader(context: context, collector: collector)
            var pending: [UInt8] = []
            var firstLine = 0
            while try source.nextLine({ line, isTooLong in
                if isTooLong { return collector.note("the line is longer than 16 MiB", line: source.line) }
                if pending.isEmpty { firstLine = source.line }
                pending += line
                // A quoted cell may hold line breaks.
                if pending.count(where: { $0 == UInt8(ascii: "\"") }) % 2 == 1, pending.count < 1 << 16 {
                    pending.append(10)
                    return
                }
                try reader.row(pending, line: firstLine)
                pending = []
            }) {}
            if !pending.isEmpty { try reader.row(pending, line: firstLine) }
        })
}

struct CSVReader {
    private let context: IngestContext
    private let collector: IngestCollector
    private var columns: [String: Int]?
    private var separator: Character = ","
    private static let known = [
        "timestamp", "value", "metric", "resource", "unit", "period", "count", "sum", "min", "max", "average", "namespace",
        "name", "dimensions",
        "account", "region", "percentiles",
    ]

    init(context: IngestContext, collector: IngestCollector) { (self.context, self.collector) = (context, collector) }

    static func separator(of header: String) -> Character {
        [",", ";", "\t"].max { left, right in header.count { $0 == left } < header.count { $0 == right } } ?? ","
    }

    /// RFC 4180: cells may be quoted, and a doubled quote is a quote.
    static func cells(_ text: String, separator: Character) -> [String] {
        var result: [String] = []
        var cell = ""
        var isQuoted = false
        var wasQuote = false
        for character in text {
            if isQuoted {
                if character == "\"" {
                    isQuoted = false
                    wasQuote = true
                } else {
                    cell.append(character)
                }
            } else if character == "\"" {
                if wasQuote { cell.append(character) }
                isQuoted = true
                wasQuote = false
            } else if character == separator {
                result.append(cell)
                cell = ""
                wasQuote = false
            } else {
                cell.append(character)
                wasQuote = false
            }
        }
        result.append(cell)
        return result.map { $0.trimmingSpace }
    }

    /// Where a cell's text begins, from 1, in bytes.
    private static func column(of index: Int, in text: String, separator: Character) -> Int {
        var cell = 0
        var isQuoted = false
        var offset = 1
        for character in text {
            if cell == index, !character.isWhitespace || character == separator { return offset }
            if character == "\"" { isQuoted.toggle() }
            if character == separator, !isQuoted { cell += 1 }
            offset += character.utf8.count
        }
        return offset
    }

    private struct Rejection: Error {
        var column: Int?
        var words: String
    }

    mutating func row(_ bytes: [UInt8], line: Int) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return collector.note("the line is not UTF-8", line: line)
        }
        guard !text.trimmingSpace.isEmpty else { return }
        guard let columns else { return header(text, line: line) }
        let cells = Self.cells(text, separator: separator)
        do {
            let record = try record(cells, columns)
            try collector.add(record)
        } catch let rejection as Rejection {
            let column = rejection.column.map { Self.column(of: $0, in: text, separator: separator) }
            collector.note(rejection.words, line: line, column: column)
        }
    }

    private mutating func header(_ text: String, line: Int) {
        separator = Self.separator(of: text)
        let names = Self.cells(text, separator: separator).map { $0.lowercased() }
        for name in names where !Self.known.contains(name) {
            collector.note(
                "unknown column '\(name)'\(DidYouMean.hint(for: name, among: Self.known)); it is passed over", line: line,
                isRejection: false)
        }
        columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func record(_ cells: [String], _ columns: [String: Int]) throws -> SampleBatch.Record {
        func cell(_ name: String) throws -> (text: String, index: Int)? {
            guard let index = columns[name] else { return nil }
            guard index < cells.count else {
                throw Rejection(column: nil, words: "the line is cut short: it has \(cells.count) of \(columns.count) cells")
            }
            return cells[index].isEmpty ? nil : (cells[index], index)
        }
        func number(_ name: String) throws -> Double? {
            guard let found = try cell(name) else { return nil }
            guard let value = Double(found.text), value.isFinite, !found.text.lowercased().hasPrefix("0x") else {
                let hint =
                    found.text.contains(",") ? "; write 1234.5, without separators of thousands" : "; it must be a finite number"
                throw Rejection(column: found.index, words: "'\(found.text)' is no number\(hint)")
            }
            return value
        }
        guard let stamp = try cell("timestamp") else { throw Rejection(column: nil, words: "the timestamp is missing") }
        guard let start = Double(stamp.text).flatMap({ Document.time(.number($0)) }) ?? Timestamp(text: stamp.text) else {
            throw Rejection(
                column: stamp.index, words: "'\(stamp.text)' is no time; write 2026-03-01T00:00:00Z or seconds since 1970")
        }
        if let objection = context.objection(to: start) { throw Rejection(column: stamp.index, words: objection) }
        let target = try target(cell)
        var sample = Sample(start: start)
        if let unit = try cell("unit") {
            guard let known = MetricUnit(name: unit.text) else {
                throw Rejection(column: unit.index, words: MetricUnit.unknown(unit.text))
            }
            sample.unit = known
        }
        if let period = try cell("period") {
            guard let seconds = Double(period.text) ?? Self.seconds(period.text), seconds > 0, seconds < 1e9 else {
                throw Rejection(column: period.index, words: "'\(period.text)' is no period; write seconds, or 5m")
            }
            sample.period = .milliseconds(Int64(seconds * 1000))
        }
        sample.count = try number("count")
        sample.sum = try number("sum")
        sample.minimum = try number("min")
        sample.maximum = try number("max")
        sample.average = try number("average")
        if let value = try number("value") {
            switch target.statistic {
            case .maximum where sample.maximum == nil: sample.maximum = value
            case .sum where sample.sum == nil: sample.sum = value
            case .minimum where sample.minimum == nil: sample.minimum = value
            default: if sample.average == nil { sample.average = value }
            }
        }
        if let extras = try cell("percentiles") {
            for part in extras.text.split(separator: ";") {
                let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpace }
                guard pair.count == 2, let value = Double(pair[1]), value.isFinite else {
                    throw Rejection(
                        column: extras.index, words: "'\(part)' is no percentile; write p99=12.5, several with ; between")
                }
                sample.extras.append(ExtraStatistic(name: pair[0], value: value))
            }
        }
        guard !sample.known.isEmpty || !sample.extras.isEmpty else {
            throw Rejection(column: columns["value"], words: "there is no value")
        }
        return SampleBatch.Record(series: collector.number(of: target.key), sample: sample)
    }

    private static func seconds(_ text: String) -> Double? {
        guard let unit = text.last, let number = Double(text.dropLast()) else { return nil }
        return ["s": 1, "m": 60, "h": 3600, "d": 86_400][unit].map { number * $0 }
    }

    private func target(_ cell: (String) throws -> (text: String, index: Int)?) throws -> (key: SeriesKey, statistic: Statistic) {
        if let namespace = try cell("namespace"), let name = try cell("name") {
            let dimensions = try cell("dimensions")
            guard let parsed = Self.dimensions(dimensions?.text ?? "") else {
                throw Rejection(column: dimensions?.index, words: "dimensions want a JSON object, or Name=Value;Name=Value")
            }
            let key = SeriesKey(
                account: try cell("account")?.text, region: try cell("region")?.text, namespace: namespace.text, name: name.text,
                dimensions: parsed)
            return (key, .average)
        }
        let metric = try cell("metric")
        let resource = try cell("resource")?.text ?? context.resource
        guard let metric else {
            guard let target = context.target else {
                throw Rejection(column: nil, words: "nothing says which series this is; give `--metric NAME --resource ID`")
            }
            return (target.key, target.metric.statistic)
        }
        guard let resource else { throw Rejection(column: nil, words: "the resource is missing; give `--resource ID`") }
        guard let target = context.target(metric: metric.text, resource: resource) else {
            let known = context.metrics.metrics.values.filter { if case .series = $0.origin { true } else { false } }.map(\.id)
            throw Rejection(
                column: metric.index, words: "unknown metric '\(metric.text)'\(DidYouMean.hint(for: metric.text, among: known))")
        }
        return (target.key, target.metric.statistic)
    }

    private static func dimensions(_ text: String) -> [SeriesKey.Dimension]? {
        if text.isEmpty { return [] }
        if text.hasPrefix("{") {
            var scanner = JSONScanner(ByteSource(Array(text.utf8)))
            guard let object = (try? scanner.element())?.object else { return nil }
            let pairs = object.compactMap { name, value in value.text.map { SeriesKey.Dimension(name, $0) } }
            return pairs.count == object.count ? pairs : nil
        }
        var result: [SeriesKey.Dimension] = []
        for part in text.split(separator: ";") {
            guard let equals = part.firstIndex(of: "=") else { return nil }
            result.append(
                SeriesKey.Dimension(
                    String(part[..<equals]).trimmingSpace, String(part[part.index(after: equals)...]).trimmingSpace))
        }
        return result
    }
}

extension String {
    /// Without spaces at either end.
    var trimmingSpace: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
            return ""
        }
        return String(self[first...last])
    }
}
