internal import AdvisorCore

extension SampleFormat {
    /// CloudWatch embedded metric format: log lines with metrics in them.
    static let embeddedMetrics = SampleFormat(
        id: "emf", words: "logs in CloudWatch's embedded metric format (EMF), with other lines in between or not",
        detects: { has("_aws", $0) && has("CloudWatchMetrics", $0) },
        parser: { source, context, collector in
            let reader = EmbeddedMetricsReader(context: context, collector: collector)
            guard try hasLines(source) else {
                let problem = try JSONObjects.each(source) { try reader.read(message: $0.bytes, line: $0.line) }
                if let problem { collector.note(problem.problem, line: problem.line, column: problem.column) }
                return
            }
            while try source.nextLine({ line, isTooLong in
                if isTooLong {
                    collector.note("the line is longer than 16 MiB", line: source.line)
                } else {
                    try reader.read(message: line, line: source.line)
                }
            }) {}
        })
}

/// Reads the metrics in log messages.
struct EmbeddedMetricsReader {
    let context: IngestContext
    let collector: IngestCollector

    private struct Rejection: Error { var problem: String }

    /// Reads a message, whatever comes before its object; a message without metrics is left out.
    func read(message: UnsafeBufferPointer<UInt8>, line: Int) throws {
        guard let brace = message.firstIndex(of: UInt8(ascii: "{")) else { return }
        let bytes = Array(message[brace...])
        guard SampleFormat.has("_aws", bytes[...]) else { return }
        guard let text = String(validating: bytes, as: UTF8.self), let object = JSONValue(json: text)?.object else {
            return collector.note("the message with metrics is not a complete JSON object", line: line)
        }
        do { try read(object, line: line) } catch let rejection as Rejection { collector.note(rejection.problem, line: line) }
    }

    private func read(_ object: [String: JSONValue], line: Int) throws {
        guard let metadata = object["_aws"]?.object, let directives = metadata["CloudWatchMetrics"]?.array else {
            throw Rejection(problem: "'_aws' needs a list 'CloudWatchMetrics'")
        }
        guard let start = metadata["Timestamp"].flatMap({ collector.time($0, line: line) }) else {
            throw Rejection(problem: "'_aws' has no 'Timestamp' in milliseconds since 1970")
        }
        if let objection = context.objection(to: start) { throw Rejection(problem: objection) }
        for directive in directives {
            // What is wrong with one set of metrics leaves the others as they are.
            do { try add(directive, of: object, at: start, line: line) } catch let rejection as Rejection {
                collector.note(rejection.problem, line: line)
            }
        }
    }

    private func add(_ directive: JSONValue, of object: [String: JSONValue], at start: Timestamp, line: Int) throws {
        guard let namespace = directive.object?["Namespace"]?.text, let metrics = directive.object?["Metrics"]?.array else {
            throw Rejection(problem: "an entry of 'CloudWatchMetrics' needs 'Namespace' and a list 'Metrics'")
        }
        let dimensions = try Self.dimensions(directive.object?["Dimensions"], of: object)
        for metric in metrics {
            let name: String
            let sample: Sample
            do {
                // As in CloudWatch, a metric whose value is not in the message has none, and the others have theirs.
                guard let found = try Self.sample(of: metric, in: object, at: start) else { continue }
                (name, sample) = found
            } catch let rejection as Rejection {
                collector.note(rejection.problem, line: line)
                continue
            }
            for set in dimensions {
                let key = SeriesKey(namespace: namespace, name: name, dimensions: set)
                let number = collector.number(of: key)
                try collector.add(
                    SampleBatch.Record(series: number, isObservation: true, sample: sample), line: line)
            }
        }
    }

    /// The dimensions of each series of a directive, with their values in the message.
    private static func dimensions(
        _ sets: JSONValue?, of object: [String: JSONValue]
    ) throws -> [[SeriesKey.Dimension]] {
        guard let sets else { return [[]] }
        guard let sets = sets.array, !sets.isEmpty else { return [[]] }
        return try sets.map { set in
            guard let names = set.array?.compactMap(\.text), names.count == set.array?.count else {
                throw Rejection(problem: "'Dimensions' must be a list of lists of names")
            }
            return try names.map { name in
                switch object[name] {
                case .text(let value): return SeriesKey.Dimension(name, value)
                case .some(let value) where value.number != nil: return SeriesKey.Dimension(name, Document.words(value))
                default: throw Rejection(problem: "the value of the dimension '\(name)' is not in the message")
                }
            }
        }
    }

    /// The sample of a metric; nil where the message has no value of it.
    private static func sample(
        of metric: JSONValue, in object: [String: JSONValue], at start: Timestamp
    ) throws -> (name: String, sample: Sample)? {
        guard let name = metric.object?["Name"]?.text else { throw Rejection(problem: "an entry of 'Metrics' has no 'Name'") }
        guard let value = object[name], value != .null else { return nil }
        let values = value.array?.map(\.number) ?? [value.number]
        guard !values.isEmpty else { return nil }
        let numbers = values.compactMap { $0 }
        guard let minimum = numbers.min(), let maximum = numbers.max(), numbers.count == values.count else {
            throw Rejection(problem: "the value of the metric '\(name)' is not a number")
        }
        var sample = Sample(start: start.floored(to: .seconds(60)))
        if let text = metric.object?["Unit"]?.text {
            guard let unit = MetricUnit(name: text) else { throw Rejection(problem: MetricUnit.unknown(text)) }
            sample.unit = unit
        }
        (sample.count, sample.sum) = (Double(numbers.count), numbers.reduce(0, +))
        (sample.minimum, sample.maximum) = (minimum, maximum)
        return (name, sample)
    }
}
