internal import AdvisorCore

extension SampleFormat {
    /// What the CloudWatch console downloads: lines about each column, then a time and a value of each column per line.
    static let cloudWatchConsole = SampleFormat(
        id: "cloudwatch-console",
        words: "CSV that the CloudWatch console downloads, with `--resource` (and `--metric` for one column)",
        detects: { prefix in
            let start = prefix.prefix(14).filter { $0 != 34 }
            return String(decoding: start, as: UTF8.self).lowercased().hasPrefix("full label")
        },
        parser: { source, context, collector in
            var reader = CloudWatchConsoleReader(context: context, collector: collector)
            try CSVRecords.read(source, note: { collector.note($0, line: $1) }) { try reader.read($0, line: $1) }
        })
}

private struct CloudWatchConsoleReader {
    private let context: IngestContext
    private let collector: IngestCollector
    private var record = CSVRecord()
    private var labels: [String] = []
    /// By column; nil before the line that begins with `Timestamp`.
    private var columns: [Column?]?

    private struct Column {
        var series: Int32
        var statistic: String
    }

    init(context: IngestContext, collector: IngestCollector) { (self.context, self.collector) = (context, collector) }

    mutating func read(_ line: UnsafeBufferPointer<UInt8>, line number: Int) throws -> Bool {
        guard record.cutAll(line) else { return false }
        let cells = (0..<record.count).map { record.text($0, in: line).trimmingSpace }
        guard let first = cells.first, cells.contains(where: { !$0.isEmpty }) else { return true }
        guard let columns else {
            switch first.lowercased() {
            case "full label": labels = Array(cells.dropFirst())
            case "timestamp":
                if labels.isEmpty { labels = Array(cells.dropFirst()) }
                self.columns = labels.map { column($0) }
            default: break
            }
            return true
        }
        guard let start = collector.time(first, line: number) else {
            collector.note("invalid time '\(first)'; use 2026-03-01T00:00:00Z", line: number, column: 1)
            return true
        }
        if let objection = context.objection(to: start) {
            collector.note(objection, line: number, column: 1)
            return true
        }
        for (text, column) in zip(cells.dropFirst(), columns) where !text.isEmpty {
            guard let column else {
                collector.rejectOnce(
                    "a download of the console does not say which resource it is of; pass `--resource ID`, and `--metric NAME` unless the label is a metric's name",
                    line: number)
                continue
            }
            guard let value = Double(text), value.isFinite else {
                collector.note("'\(text)' is not a finite number", line: number)
                continue
            }
            var sample = Sample(start: start)
            _ = Document.fill(&sample, column.statistic, value)
            try collector.add(SampleBatch.Record(series: column.series, sample: sample), line: number)
        }
        return true
    }

    /// The series of a label such as `CPUUtilization Maximum`; averages unless it names a statistic, as in the console.
    private func column(_ label: String) -> Column? {
        let words = label.split(separator: " ").map(String.init)
        var probe = Sample(start: Timestamp(milliseconds: 0))
        let statistic = words.last { Document.fill(&probe, $0, 0) } ?? "Average"
        if let target = context.target, labels.count == 1 {
            return Column(series: collector.number(of: target.key), statistic: statistic)
        }
        guard let name = words.first(where: { context.target(metric: $0, resource: "") != nil }) else { return nil }
        let resource = context.resource ?? words.first { $0 != name && $0 != statistic }
        let target = resource.map { context.target(metric: name, resource: $0) } ?? context.target(metric: name)
        return target.map {
            Column(series: collector.number(of: $0.key), statistic: statistic)
        }
    }
}
