import AdvisorCore
import AdvisorTestSupport
import Foundation

@testable import AdvisorFormats

/// What came of an input.
struct Reading {
    var samples: [SeriesKey: [Sample]] = [:]
    var problems: [String] = []
    var rejected = 0
    var format: String?

    static let now = Timestamp(seconds: 1_774_915_200)  // 2026-03-31T00:00:00Z

    static let metrics: MetricCatalog = {
        let file = Program.repository.appending(path: "data/metrics.yaml")
        return MetricsFile.read((try? String(contentsOf: file, encoding: .utf8)) ?? "", file: "metrics.yaml").value
    }()

    /// Reads bytes, detecting their format.
    init(_ bytes: [UInt8], chunk: Int = 1 << 20, change: (inout IngestContext) -> Void = { _ in }) throws {
        var context = IngestContext(now: Self.now, metrics: Self.metrics, batchSize: 3)
        change(&context)
        let source = ByteSource(bytes, chunk: chunk)
        guard let format = try SampleFormat.detect(source) else { return }
        self.format = format.id
        var keys: [SeriesKey] = []
        var found: [SeriesKey: [Sample]] = [:]
        let collector = IngestCollector(context: context) { batch in
            keys += batch.newSeries
            for record in batch.records { found[keys[Int(record.series)], default: []].append(record.sample) }
        }
        try format.parse(source, context, collector)
        samples = found
        problems = collector.problems.map { "\($0.line):\($0.column.map { "\($0)" } ?? "-"): \($0.problem)" }
        rejected = collector.rejected
    }

    init(_ text: String, chunk: Int = 1 << 20, change: (inout IngestContext) -> Void = { _ in }) throws {
        try self.init(Array(text.utf8), chunk: chunk, change: change)
    }

    /// All samples, in an order of their own.
    var all: [Sample] { samples.sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.start < $1.start } } }

    /// Names the series of `--metric cpu --resource db`.
    static func cpu(_ context: inout IngestContext) {
        context.resource = "db"
        context.target = context.target(metric: "cpu", resource: "db")
    }
}

/// One good input of each format.
enum Fixture {
    static let stream = """
        {"metric_stream_name":"s","account_id":"1","region":"us-east-1","namespace":"AWS/RDS","metric_name":"CPUUtilization",\
        "dimensions":{"DBInstanceIdentifier":"db"},"timestamp":1774828800000,"value":{"count":3.0,"sum":20.0,"max":18.0,"min":0.0,"p99":17.56,"p99.9":17.8764},"unit":"Percent"}
        {"region":"us-east-1","account_id":"1","unit":"Percent","value":{"min":1,"max":2.5e0,"count":2,"sum":3.5},"timestamp":1774829100000,\
        "dimensions":{"DBInstanceIdentifier":"db"},"metric_name":"CPUUtilization","namespace":"AWS/RDS"}

        """
    static let data = """
        {"MetricDataResults":[{"Id":"m1","Label":"CPUUtilization Average","Timestamps":[1774828800,1774829100.5],"Values":[0.004,7],"StatusCode":"Complete"}],"Messages":[]}
        """
    static let statistics = """
        {"Label":"CPUUtilization","Datapoints":[{"Timestamp":"2026-03-30T00:00:00Z","Average":12.5,"SampleCount":5,"Unit":"Percent","ExtendedStatistics":{"p99":14}}]}
        """
    static let put = """
        {"Namespace":"AWS/RDS","MetricData":[{"MetricName":"ReadLatency","Timestamp":1774828830,"Values":[0.1,0.2],"Counts":[3,1],"Unit":"Seconds"},\
        {"MetricName":"ReadLatency","Timestamp":"2026-03-30T00:01:10Z","StatisticValues":{"SampleCount":3,"Sum":6,"Minimum":1,"Maximum":3}}]}
        """
    static let csv = "timestamp,metric,resource,value\n2026-03-30 00:00:00Z,cpu,db,50\n1774828800,active_users,db,1310\n"
    static let embedded = """
        {"_aws":{"Timestamp":1774828800000,"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["DB"]],"Metrics":[{"Name":"Users"}]}]},\
        "DB":"db","Users":[1,2]}

        """
    static let envelope = "{\"records\":[{\"data\":\"\(Data(stream.utf8).base64EncodedString())\"}]}"
    static let console = "Full label,CPUUtilization\nTimestamp,CPUUtilization\n2026-03-30T00:00:00Z,5\n"
    static let all = [
        ("metric-stream", stream), ("get-metric-data", data), ("get-metric-statistics", statistics), ("put-metric-data", put),
        ("csv", csv), ("emf", embedded), ("envelope", envelope), ("cloudwatch-console", console),
    ]
}
