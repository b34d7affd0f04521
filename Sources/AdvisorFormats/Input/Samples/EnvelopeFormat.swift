internal import AdvisorCore
internal import Foundation

extension SampleFormat {
    /// What Firehose, Kinesis and CloudWatch Logs wrap around records.
    static let envelope = SampleFormat(
        id: "envelope", words: "records as Firehose, Kinesis and CloudWatch Logs deliver them: base64 `data`, or log `message`s",
        detects: { prefix in
            guard firstByte(prefix) == UInt8(ascii: "{") else { return false }
            if has("records", prefix) || has("Records", prefix) || has("awslogs", prefix) { return has("data", prefix) }
            return (has("events", prefix) || has("logEvents", prefix)) && has("message", prefix)
        },
        parser: { source, context, collector in
            let reader = EnvelopeReader(context: context, collector: collector)
            try Document.readAll(source, collector) { scanner in
                var number = 0
                try scanner.object { scanner, key in
                    // The event of a subscription of CloudWatch Logs, as a function gets it.
                    if key == "awslogs" {
                        let line = scanner.line
                        return try reader.read(try scanner.element(), number: 1, line: line)
                    }
                    guard ["records", "Records", "events", "logEvents"].contains(key) else {
                        _ = try scanner.element()
                        return
                    }
                    try scanner.array { scanner in
                        let line = scanner.line
                        number += 1
                        try reader.read(try scanner.element(), number: number, line: line)
                    }
                }
            }
        })
}

private struct EnvelopeReader {
    let context: IngestContext
    let collector: IngestCollector
    /// Log events in a Firehose record in a file.
    private static let deepest = 3

    init(context: IngestContext, collector: IngestCollector) { (self.context, self.collector) = (context, collector) }

    func read(_ record: JSONValue, number: Int, line: Int) throws {
        let name = "record \(number)"
        if let message = record.object?["message"]?.text {
            return try collector.within(name, line: line) {
                let bytes = Array(message.utf8)
                let reader = EmbeddedMetricsReader(context: context, collector: collector)
                try bytes.withUnsafeBufferPointer { try reader.read(message: $0, line: line) }
            }
        }
        let data = record.object?["data"] ?? record.object?["kinesis"]?.object?["data"]
        guard let text = data?.text, let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
            return collector.note("\(name) has no 'data' in base64", line: line)
        }
        let source = ByteSource(Array(bytes))
        guard collector.depth < Self.deepest, let format = try SampleFormat.detect(source) else {
            return collector.note("\(name) has no known format", line: line)
        }
        try collector.within(name, line: line) {
            try format.parser(source, context, collector)
            if let failure = source.failure { collector.note(failure, line: line) }
        }
    }
}
