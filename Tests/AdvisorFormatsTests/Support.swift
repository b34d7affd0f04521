import AdvisorCore
import Foundation
import Testing

@testable import AdvisorFormats

/// What came of an input.
struct Ingested: Equatable {
    var samples: [SeriesKey: [Sample]] = [:]
    var problems: [IngestProblem] = []
    var rejected = 0

    /// Problems as a report shows them: `line:column problem`.
    var lines: [String] {
        problems.map { problem in "\(problem.line)\(problem.column.map { ":\($0)" } ?? "") \(problem.problem)" }
    }

    var all: [Sample] { samples.keys.sorted().flatMap { samples[$0] ?? [] } }
}

enum ValidFiles {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    static let now = Timestamp(seconds: 1_780_000_000)  // 2026-05-28T20:26:40Z

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static let metrics: MetricCatalog = {
        let text = (try? ValidFiles.text("data/metrics.yaml")) ?? ""
        return MetricsFile.read(text, file: "metrics.yaml").value
    }()

    static let catalog: Catalog = {
        let text = (try? ValidFiles.text("data/catalog/us-east-1.yaml")) ?? ""
        return CatalogFile.read(text, file: "us-east-1.yaml").value
    }()

    static let services: ServiceCatalog = {
        let text = (try? ValidFiles.text("data/services.yaml")) ?? ""
        var services = ServicesFile.read(text, file: "services.yaml").value
        let types = (try? ValidFiles.text("data/usage-types.yaml")) ?? ""
        services.usages = UsageTypesFile.read(types, file: "usage-types.yaml", services: services).value
        return services
    }()

    static let vocabulary = Vocabulary(metrics: metrics, usages: services.usages)

    /// A good input of each format, by the format's id; several lines or records.
    static let good: [String: String] = [
        "metric-stream": (0..<4).map { index in
            #"{"metric_stream_name":"s","account_id":"123","region":"us-east-1","namespace":"AWS/RDS","#
                + #""metric_name":"CPUUtilization","dimensions":{"DBInstanceIdentifier":"db\#(index % 2)"},"#
                + #""timestamp":177\#(index)000000000,"value":{"count":3.0,"sum":20.5,"max":18.0,"min":0.0,"p99":17.56},"#
                + #""unit":"Percent"}"#
        }.joined(separator: "\n") + "\n",
        "get-metric-data":
            #"{"MetricDataResults":[{"Id":"m1","Label":"CPUUtilization db-1 Average","Timestamps":"#
            + #"[1770000300,"2026-02-02T02:40:00Z"],"Values":[0.5,1.25e1],"StatusCode":"Complete"}],"Messages":[]}"#,
        "get-metric-statistics":
            #"{"Label":"CPUUtilization","Datapoints":[{"Timestamp":1770000000.124,"Average":4.5,"Maximum":9,"Unit":"Percent"},"#
            + #"{"Timestamp":"2026-02-02T02:45:00Z","Average":5.5,"ExtendedStatistics":{"p99":7.5}}]}"#,
        "put-metric-data":
            #"{"Namespace":"AWS/RDS","MetricData":[{"MetricName":"CPUUtilization","Dimensions":[{"Name":"DBInstanceIdentifier","#
            + #""Value":"x"}],"Timestamp":1770000000,"Value":12.5,"Unit":"Percent"},{"MetricName":"ReadLatency","#
            + #""Timestamp":1770000060,"Values":[0.1,0.2],"Counts":[3,1],"Unit":"Seconds"}]}"#,
        "emf": (0..<3).map { index in
            #"{"_aws":{"Timestamp":177000000000\#(index),"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["Service"]],"#
                + #""Metrics":[{"Name":"Latency","Unit":"Milliseconds"}]}]},"Service":"api","Latency":[\#(index),12.5]}"#
        }.joined(separator: "\n") + "\n",
        "envelope":
            #"{"requestId":"r","timestamp":1770000000000,"records":["#
            + (0..<2).map { index in
                let record =
                    #"{"metric_stream_name":"s","account_id":"123","region":"us-east-1","namespace":"AWS/RDS","#
                    + #""metric_name":"CPUUtilization","dimensions":{"DBInstanceIdentifier":"db\#(index)"},"#
                    + #""timestamp":1770000000000,"value":{"count":3.0,"sum":20.5,"max":18.0,"min":0.0},"unit":"Percent"}"#
                return "{\"data\":\"\(Data((record + "\n").utf8).base64EncodedString())\"}"
            }.joined(separator: ",") + "]}",
        "cloudwatch-console": """
        Full label,CPUUtilization Average
        Resource label,db-1
        Timestamp,CPUUtilization Average
        2026-03-01T00:00:00Z,12.5
        2026-03-01T00:05:00Z,13

        """,
        "csv": "timestamp,metric,resource,value,unit\n"
            + (0..<4).map { "2026-03-0\($0 + 1)T00:00:00Z,cpu,db\($0 % 2),1\($0).5,Percent\n" }.joined(),
    ]

    /// Changes that let every fixture be understood.
    static func naming(_ context: inout IngestContext) {
        context.target = context.target(metric: "cpu", resource: "db-1")
        context.resource = "db-1"
    }
}

/// Reads an input as `advisor ingest` does; without a format the input's own is found.
func ingest(
    _ bytes: [UInt8], format: SampleFormat? = nil, chunk: Int = 1 << 20, batch: Int = 50_000,
    _ change: (inout IngestContext) -> Void = { _ in }
) throws -> Ingested {
    var context = IngestContext(now: ValidFiles.now, metrics: ValidFiles.metrics, batchSize: batch)
    change(&context)
    let source = ByteSource(bytes, chunk: chunk)
    var keys: [SeriesKey] = []
    var result = Ingested()
    let collector = IngestCollector(context: context) { batch in
        #expect(batch.firstNewSeries == keys.count, "batches number their series on")
        keys += batch.newSeries
        for record in batch.records {
            guard keys.indices.contains(Int(record.series)) else {
                Issue.record("a record of an unnamed series \(record.series)")
                continue
            }
            result.samples[keys[Int(record.series)], default: []].append(record.sample)
        }
    }
    let own = try format ?? SampleFormat.detect(source)
    guard let own else {
        result.problems = [IngestProblem(line: 0, column: nil, problem: "no format")]
        return result
    }
    try own.parse(source, context, collector)
    result.problems = collector.problems
    result.rejected = collector.rejected
    return result
}

func ingest(
    _ text: String, format: SampleFormat? = nil, chunk: Int = 1 << 20, batch: Int = 50_000,
    _ change: (inout IngestContext) -> Void = { _ in }
) throws -> Ingested {
    try ingest(Array(text.utf8), format: format, chunk: chunk, batch: batch, change)
}

/// The bytes as `gzip -c` writes them.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "advisor-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-c", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Array(data)
}
