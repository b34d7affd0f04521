internal import AdvisorCore

/// One line of a CSV file of samples.
struct CSVSampleRow {
    /// The columns that are read; in a file they have any order.
    enum Column: String, CaseIterable {
        case timestamp, value, metric, resource, unit, period, count, sum, min, max, average, namespace, name, dimensions
        case account, region, percentiles

        /// Other names of columns.
        private static let spellings: [String: Column] = [
            "time": .timestamp, "datetime": .timestamp, "minimum": .min, "maximum": .max, "avg": .average, "mean": .average,
            "samplecount": .count, "sample_count": .count, "metric_name": .name, "metricname": .name,
        ]

        /// The column with a name, in lower case; nil for an unknown one.
        init?(spelling name: String) {
            guard let column = Column(rawValue: name) ?? Self.spellings[name] else { return nil }
            self = column
        }
    }

    /// Why a line is rejected.
    struct Rejection: Error {
        /// The number of the cell that is wrong; nil when it is the whole line.
        var cell: Int?
        var problem: String
        /// Whether other lines are rejected for the same reason, an option that is missing.
        var isShared = false
    }

    let line: UnsafeBufferPointer<UInt8>
    let number: Int
    let record: CSVRecord
    let columns: [Column: Int]
    let context: IngestContext

    /// Where the text of a cell begins, in bytes from 1, its quote included.
    func column(_ cell: Int) -> Int {
        guard record.cells.indices.contains(cell) else { return line.count + 1 }
        let start = Int(record.cells[cell].start)
        if start > 0, line[start - 1] == UInt8(ascii: "\"") { return start }
        return start + line[start..<Int(record.cells[cell].end)].prefix { $0 == 32 || $0 == 9 }.count + 1
    }

    private typealias Cell = (text: String, index: Int)

    /// The text of a column's cell; nil when the file has no such column or the cell is empty or, at the end of the line,
    /// left out.
    private func cell(_ column: Column) throws -> Cell? {
        guard let index = columns[column], index < record.count else { return nil }
        let text = record.text(index, in: line).trimmingSpace
        return text.isEmpty ? nil : (text, index)
    }

    /// Why a line without a needed cell is rejected.
    private func rejection(missing problem: String, cell: Int? = nil) -> Rejection {
        guard record.count < columns.count else { return Rejection(cell: cell, problem: problem) }
        return Rejection(cell: nil, problem: "the line has \(record.count) of \(columns.count) cells")
    }

    /// Refuses a line with more cells than the header: a decimal comma would be read as two numbers.
    /// - Throws: ``Rejection``; empty cells at the end of the line are allowed.
    func refuseExtraCells(after count: Int) throws {
        let extra = (count..<max(count, record.count)).first { !record.text($0, in: line).trimmingSpace.isEmpty }
        guard let extra else { return }
        throw Rejection(
            cell: extra,
            problem:
                "the line has \(record.count) cells, the header \(count); write 12.5 rather than 12,5, and quote text with commas"
        )
    }

    private func number(_ column: Column) throws -> Double? {
        guard let cell = try cell(column) else { return nil }
        guard let value = Double(cell.text), value.isFinite, !cell.text.lowercased().hasPrefix("0x") else {
            let hint = cell.text.contains(",") ? "; write 1234.5, without thousands separators" : ""
            throw Rejection(cell: cell.index, problem: "'\(cell.text)' is not a finite number\(hint)")
        }
        return value
    }

    /// The sample of the line and the number of its series.
    /// - Throws: ``Rejection``.
    func sample(_ collector: IngestCollector) throws -> SampleBatch.Record {
        var sample = Sample(start: try start(collector))
        let target = try target()
        if let unit = try cell(.unit) {
            guard let known = MetricUnit(name: unit.text) else {
                throw Rejection(cell: unit.index, problem: MetricUnit.unknown(unit.text))
            }
            sample.unit = known
        }
        if let period = try cell(.period) {
            guard let seconds = Double(period.text) ?? Self.seconds(period.text), seconds > 0, seconds < 1e9 else {
                throw Rejection(cell: period.index, problem: "invalid period '\(period.text)'; use seconds, or 5m")
            }
            sample.period = .milliseconds(Int64(seconds * 1000))
        }
        try fill(&sample, target.statistic)
        guard !sample.known.isEmpty || !sample.extras.isEmpty else {
            throw rejection(missing: "the line has no value", cell: columns[.value])
        }
        return SampleBatch.Record(series: collector.number(of: target.key), sample: sample)
    }

    private func start(_ collector: IngestCollector) throws -> Timestamp {
        guard let cell = try cell(.timestamp) else { throw rejection(missing: "the timestamp is missing") }
        let sinceEpoch = Double(cell.text).flatMap { Document.time(.number($0)) }
        guard let start = sinceEpoch ?? collector.time(cell.text, line: number) else {
            throw Rejection(
                cell: cell.index, problem: "invalid time '\(cell.text)'; use 2026-03-01T00:00:00Z or seconds since 1970")
        }
        if let objection = context.objection(to: start) { throw Rejection(cell: cell.index, problem: objection) }
        return start
    }

    private func fill(_ sample: inout Sample, _ statistic: Statistic) throws {
        sample.count = try number(.count)
        sample.sum = try number(.sum)
        sample.minimum = try number(.min)
        sample.maximum = try number(.max)
        sample.average = try number(.average)
        if let value = try number(.value) {
            switch statistic {
            case .maximum where sample.maximum == nil: sample.maximum = value
            case .sum where sample.sum == nil: sample.sum = value
            case .minimum where sample.minimum == nil: sample.minimum = value
            default: if sample.average == nil { sample.average = value }
            }
        }
        guard let extras = try cell(.percentiles) else { return }
        for part in extras.text.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpace }
            guard pair.count == 2, let value = Double(pair[1]), value.isFinite else {
                throw Rejection(
                    cell: extras.index, problem: "invalid percentile '\(part)'; use p99=12.5, several separated by ;")
            }
            sample.extras.append(ExtraStatistic(name: pair[0], value: value))
        }
    }

    private static func seconds(_ text: String) -> Double? {
        guard let unit = text.last, let number = Double(text.dropLast()) else { return nil }
        return ["s": 1, "m": 60, "h": 3600, "d": 86_400][unit].map { number * $0 }
    }

    /// The series that the line names, and the statistic that a plain value is.
    private func target() throws -> (key: SeriesKey, statistic: Statistic) {
        if let namespace = try cell(.namespace), let name = try cell(.name) {
            let dimensions = try cell(.dimensions)
            guard let parsed = Self.dimensions(dimensions?.text ?? "") else {
                throw Rejection(
                    cell: dimensions?.index, problem: "dimensions must be a JSON object, or Name=Value;Name=Value")
            }
            let key = SeriesKey(
                account: try cell(.account)?.text, region: try cell(.region)?.text, namespace: namespace.text, name: name.text,
                dimensions: parsed)
            return (key, .average)
        }
        guard let metric = try cell(.metric) else {
            guard let target = context.target else {
                throw Rejection(
                    cell: nil, problem: "no metric column; pass `--metric NAME --resource ID`",
                    isShared: columns[.metric] == nil)
            }
            return (target.key, target.metric.statistic)
        }
        let resource = try cell(.resource)?.text
        guard context.target(metric: metric.text, resource: resource ?? "") != nil else {
            let known = context.metrics.seriesNames
            let hint = DidYouMean.hint(for: metric.text, among: known)
            throw Rejection(cell: metric.index, problem: "unknown metric '\(metric.text)'\(hint)")
        }
        let target = resource.flatMap { context.target(metric: metric.text, resource: $0) } ?? context.target(metric: metric.text)
        guard let target else {
            guard columns[.resource] == nil else { throw rejection(missing: "the resource is missing; pass `--resource ID`") }
            throw Rejection(cell: nil, problem: "the resource is missing; pass `--resource ID`", isShared: true)
        }
        return (target.key, target.metric.statistic)
    }

    private static func dimensions(_ text: String) -> [SeriesKey.Dimension]? {
        if text.isEmpty { return [] }
        if text.hasPrefix("{") {
            guard let object = JSONValue(json: text)?.object else { return nil }
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
