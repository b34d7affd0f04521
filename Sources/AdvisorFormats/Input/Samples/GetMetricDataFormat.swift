internal import AdvisorCore

extension SampleFormat {
    /// The output of `aws cloudwatch get-metric-data`.
    static let getMetricData = SampleFormat(
        id: "get-metric-data", words: "output of `aws cloudwatch get-metric-data`, with `--queries` or by its labels",
        detects: { has("MetricDataResults", $0) },
        parser: { source, context, collector in
            let reader = GetMetricDataReader(context: context, collector: collector)
            try Document.readAll(source, collector) { scanner in
                try scanner.object { scanner, key in
                    if key == "MetricDataResults" {
                        try scanner.array { try reader.result(&$0) }
                    } else {
                        _ = try scanner.element()
                    }
                }
            }
        })
}

private struct GetMetricDataReader {
    let context: IngestContext
    let collector: IngestCollector

    /// One result; its arrays may be in any order.
    func result(_ scanner: inout JSONScanner) throws {
        let line = scanner.line
        var (id, label, status) = ("", "", "Complete")
        var stamps: [Timestamp?] = []
        var values: [Double] = []
        try scanner.object { scanner, key in
            switch key {
            case "Id": id = try scanner.text()
            case "Label": label = try scanner.text()
            case "StatusCode": status = try scanner.text()
            case "Timestamps": try scanner.array { stamps.append(collector.time(try $0.element(), line: line)) }
            case "Values": try scanner.array { values.append(try $0.number()) }
            default: _ = try scanner.element()
            }
        }
        if status != "Complete" {
            collector.note("the result of '\(id)' is \(status); request the rest", line: line, isRejection: false)
        }
        if stamps.count != values.count {
            collector.rejectOnce(
                "the result of '\(id)' has \(stamps.count) timestamps and \(values.count) values", line: line,
                count: abs(stamps.count - values.count))
        }
        guard let target = target(id: id, label: label, line: line, count: min(stamps.count, values.count)) else { return }
        for (stamp, value) in zip(stamps, values) {
            guard let stamp else {
                collector.note("a timestamp of '\(id)' is neither seconds since 1970 nor ISO 8601", line: line)
                continue
            }
            if let objection = context.objection(to: stamp) {
                collector.note(objection, line: line)
                continue
            }
            var sample = Sample(start: stamp, period: target.period, unit: target.unit)
            _ = Document.fill(&sample, target.statistic, value)
            try collector.add(SampleBatch.Record(series: target.series, sample: sample), line: line)
        }
    }

    /// The series of a result with so many values; nil when it is not known, which rejects them.
    private func target(id: String, label: String, line: Int, count: Int) -> (
        series: Int32, statistic: String, period: Duration?, unit: MetricUnit?
    )? {
        if let query = context.queries[id] {
            return (collector.number(of: query.key), query.statistic, query.period, query.unit)
        }
        if context.expressions.contains(id) {
            collector.rejectOnce(
                "'\(id)' is an expression over other metrics; give the metrics themselves", line: line, count: count)
            return nil
        }
        let words = label.split(separator: " ").map(String.init)
        var probe = Sample(start: Timestamp(milliseconds: 0))
        let statistic = words.last.flatMap { Document.fill(&probe, $0, 0) && words.count > 1 ? $0 : nil }
        let name = words.first { context.metrics.metric(named: $0) != nil || context.target(metric: $0, resource: "") != nil }
        let resource = context.resource ?? words.first { $0 != name && $0 != statistic }
        if let target = context.target {
            return (collector.number(of: target.key), statistic ?? "Average", nil, nil)
        }
        let named = name.flatMap { name in
            resource.map { context.target(metric: name, resource: $0) } ?? context.target(metric: name)
        }
        guard let target = named else {
            collector.rejectOnce(
                "unknown series for '\(id)' (label '\(label)'); pass `--queries FILE`, the file given to get-metric-data",
                reason: "queries", line: line, count: count)
            return nil
        }
        let usual = target.metric.statistic.cloudWatchName
        return (collector.number(of: target.key), statistic ?? usual, nil, nil)
    }
}
