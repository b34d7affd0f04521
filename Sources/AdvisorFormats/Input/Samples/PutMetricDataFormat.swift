internal import AdvisorCore

extension SampleFormat {
    /// The input of `put-metric-data`: a request, or the bare array of `--metric-data file://…`.
    static let putMetricData = SampleFormat(
        id: "put-metric-data", words: "the JSON that `put-metric-data` takes; a bare datum or array needs `--namespace`",
        detects: { has("MetricName", $0) && !has("MetricDataQueries", $0) },
        parser: { source, context, collector in
            let reader = PutMetricDataReader(context: context, collector: collector)
            try Document.readAll(source, collector) { scanner in
                if try scanner.next() == UInt8(ascii: "[") {
                    try scanner.array { try reader.datum(&$0, namespace: context.namespace) }
                    return
                }
                // The namespace usually comes first; data before it wait.
                let begin = scanner.line
                var namespace = context.namespace
                var waiting: [(JSONValue, Int)] = []
                var others: [String: JSONValue] = [:]
                var isRequest = false
                try scanner.object { scanner, key in
                    switch key {
                    case "Namespace": namespace = try scanner.text()
                    case "MetricData":
                        isRequest = true
                        try scanner.array { scanner in
                            let line = scanner.line
                            let element = try scanner.element()
                            if namespace == nil {
                                waiting.append((element, line))
                            } else {
                                try reader.add(element, namespace: namespace, line: line)
                            }
                        }
                    default: others[key] = try scanner.element()
                    }
                }
                if !isRequest { try reader.add(single: others, namespace: namespace, line: begin) }
                for (element, line) in waiting { try reader.add(element, namespace: namespace, line: line) }
            }
        })
}

private struct PutMetricDataReader {
    let context: IngestContext
    let collector: IngestCollector
    private static let greatest = 2.348_542_582_773_833e108  // 2^360, PutMetricData's limit

    func datum(_ scanner: inout JSONScanner, namespace: String?) throws {
        let line = scanner.line
        try add(try scanner.element(), namespace: namespace, line: line)
    }

    /// Adds an object that is not a request: a datum by itself.
    func add(single members: [String: JSONValue], namespace: String?, line: Int) throws {
        if members["MetricName"] != nil { return try add(.object(members), namespace: namespace, line: line) }
        let isList = members["Metrics"] != nil || members["MetricAlarms"] != nil
        collector.note(
            isList
                ? "a list of metrics or alarms has no values; fetch them with `aws cloudwatch get-metric-data`"
                : "neither 'MetricData' nor 'MetricName' is in the object", line: line)
    }

    func add(_ element: JSONValue, namespace: String?, line: Int) throws {
        if namespace == nil, let name = element.object?["MetricName"]?.text {
            return collector.rejectOnce("'\(name)' has no namespace; give `--namespace NS`", reason: "namespace", line: line)
        }
        switch sample(element, namespace: namespace, line: line) {
        case .success(let found):
            try collector.add(
                SampleBatch.Record(series: collector.number(of: found.key), isObservation: true, sample: found.sample),
                line: line)
        case .failure(let problem): collector.note(problem.words, line: line)
        }
    }

    private struct Rejection: Error { var words: String }

    private func sample(
        _ element: JSONValue, namespace: String?, line: Int
    ) -> Result<(key: SeriesKey, sample: Sample), Rejection> {
        func reject(_ words: String) -> Result<(key: SeriesKey, sample: Sample), Rejection> { .failure(Rejection(words: words)) }
        guard let datum = element.object else {
            return reject("a metric datum must be an object, not \(Document.words(element))")
        }
        guard let name = datum["MetricName"]?.text, (1...255).contains(name.count) else {
            return reject("'MetricName' is missing or not text of 1 to 255 characters")
        }
        guard let namespace else { return reject("'\(name)' has no namespace") }
        guard let dimensions = Document.dimensions(datum["Dimensions"]), dimensions.count <= 30 else {
            return reject("'Dimensions' of '\(name)' must have at most 30 of {\"Name\":…,\"Value\":…}")
        }
        guard let given = datum["Timestamp"], given != .null else { return reject("'\(name)' has no 'Timestamp'; give it one") }
        guard let time = collector.time(given, line: line) else {
            return reject("'Timestamp' \(Document.words(given)) is neither seconds since 1970 nor ISO 8601")
        }
        if let objection = context.objection(to: time) { return reject(objection) }
        var sample = Sample(start: time.floored(to: .seconds(60)))
        if let text = datum["Unit"]?.text {
            guard let unit = MetricUnit(name: text) else {
                return reject(MetricUnit.unknown(text))
            }
            sample.unit = unit
        }
        let forms = ["Value", "Values", "StatisticValues"].filter { datum[$0] != nil }
        guard forms.count == 1, let form = forms.first, let content = datum[form] else {
            return reject("'\(name)' must have exactly one of Value, Values and StatisticValues")
        }
        if let problem = fill(&sample, form, content, counts: datum["Counts"]) { return reject("'\(name)': \(problem)") }
        return .success((SeriesKey(namespace: namespace, name: name, dimensions: dimensions), sample))
    }

    private func isPossible(_ number: Double) -> Bool { abs(number) <= Self.greatest }

    /// The error; nil if it is set.
    private func fill(_ sample: inout Sample, _ form: String, _ content: JSONValue, counts: JSONValue?) -> String? {
        switch form {
        case "Value":
            guard let value = content.number, isPossible(value) else {
                return "'Value' must be a number within ±2^360, not \(Document.words(content))"
            }
            (sample.count, sample.sum, sample.minimum, sample.maximum) = (1, value, value, value)
        case "Values":
            let values = content.array?.compactMap(\.number) ?? []
            guard !values.isEmpty, values.count <= 150, values.count == content.array?.count, values.allSatisfy(isPossible) else {
                return "'Values' must have 1 to 150 numbers within ±2^360"
            }
            let numbers = counts == nil ? values.map { _ in 1 } : counts?.array?.compactMap(\.number) ?? []
            guard numbers.count == values.count, numbers.allSatisfy({ $0 > 0 && isPossible($0) }) else {
                return "'Counts' must have as many positive numbers as 'Values' has"
            }
            sample.count = numbers.reduce(0, +)
            sample.sum = zip(values, numbers).reduce(0) { $0 + $1.0 * $1.1 }
            sample.minimum = values.min()
            sample.maximum = values.max()
        default:
            let names = ["SampleCount", "Sum", "Minimum", "Maximum"]
            let numbers = names.compactMap { content.object?[$0]?.number }
            guard numbers.count == names.count, numbers.allSatisfy(isPossible), numbers[0] > 0 else {
                return "'StatisticValues' must have SampleCount above zero, Sum, Minimum and Maximum"
            }
            (sample.count, sample.sum, sample.minimum, sample.maximum) = (numbers[0], numbers[1], numbers[2], numbers[3])
        }
        return nil
    }
}
