internal import AdvisorCore

extension SampleFormat {
    /// CloudWatch Metric Streams in JSON: one datapoint of one metric per record.
    static let metricStream = SampleFormat(
        id: "metric-stream", words: "CloudWatch Metric Streams, JSON: in lines, in arrays or pretty-printed",
        detects: { prefix in
            guard has("metric_name", prefix), has("namespace", prefix) else { return false }
            return [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(firstByte(prefix))
        },
        parser: { source, context, collector in
            var parser = MetricStreamParser(context: context, collector: collector)
            guard try hasLines(source) else {
                let problem = try JSONObjects.each(source) { piece in
                    try parser.parse(piece.bytes) { piece.place(of: $0) }
                }
                if let problem { collector.note(problem.problem, line: problem.line, column: problem.column) }
                return
            }
            while try source.nextLine({ line, isTooLong in
                if isTooLong {
                    collector.note("the line is longer than 16 MiB", line: source.line)
                } else {
                    let number = source.line
                    try parser.parse(line) { (number, $0 + 1) }
                }
            }) {}
        })
}
