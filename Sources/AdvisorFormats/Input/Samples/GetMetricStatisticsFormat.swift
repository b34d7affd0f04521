internal import AdvisorCore

extension SampleFormat {
    /// The output of `aws cloudwatch get-metric-statistics`.
    static let getMetricStatistics = SampleFormat(
        id: "get-metric-statistics", words: "output of `aws cloudwatch get-metric-statistics`, with `--metric` and `--resource`",
        detects: { has("Datapoints", $0) && firstByte($0) == UInt8(ascii: "{") },
        parser: { source, context, collector in
            try Document.readAll(source, collector) { scanner in
                var label: String?
                // The label may follow the datapoints; then the target must be given.
                try scanner.object { scanner, key in
                    switch key {
                    case "Label": label = try scanner.text()
                    case "Datapoints":
                        let target = context.target ?? label.flatMap { context.target(metric: $0) }
                        try scanner.array { scanner in
                            let line = scanner.line
                            try add(try scanner.element(), line: line, target: target, context, collector)
                        }
                    default: _ = try scanner.element()
                    }
                }
            }
        })

    private static func add(
        _ element: JSONValue, line: Int, target: IngestContext.Target?, _ context: IngestContext, _ collector: IngestCollector
    ) throws {
        guard let target else {
            return collector.rejectOnce("unknown series; pass `--metric NAME --resource ID`", line: line)
        }
        guard let datapoint = element.object, let stamp = datapoint["Timestamp"].flatMap({ collector.time($0, line: line) })
        else {
            return collector.note("a datapoint needs a 'Timestamp', in seconds since 1970 or ISO 8601", line: line)
        }
        if let objection = context.objection(to: stamp) { return collector.note(objection, line: line) }
        var sample = Sample(start: stamp)
        if let name = datapoint["Unit"]?.text {
            guard let unit = MetricUnit(name: name) else {
                return collector.note(MetricUnit.unknown(name), line: line)
            }
            sample.unit = unit
        }
        for (name, value) in datapoint where !["Timestamp", "Unit", "ExtendedStatistics"].contains(name) {
            guard let number = value.number else {
                return collector.note("'\(name)' must be a number, not \(Document.words(value))", line: line)
            }
            guard Document.fill(&sample, name, number) else { return collector.note("unknown statistic '\(name)'", line: line) }
        }
        for (name, value) in (datapoint["ExtendedStatistics"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let number = value.number else {
                return collector.note("'\(name)' must be a number, not \(Document.words(value))", line: line)
            }
            sample.extras.append(ExtraStatistic(name: name, value: number))
        }
        guard !sample.known.isEmpty || !sample.extras.isEmpty else {
            return collector.note("a datapoint without any statistic", line: line)
        }
        try collector.add(SampleBatch.Record(series: collector.number(of: target.key), sample: sample), line: line)
    }
}
