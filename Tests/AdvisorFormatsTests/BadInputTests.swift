import AdvisorCore
import Testing

@testable import AdvisorFormats

@Suite("Rejected sample input")
struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let words: String
        let format: String
        let input: String
        let problem: String
        let rejected: Int
        init(_ words: String, _ format: String, _ input: String, _ problem: String, rejected: Int = 1) {
            (self.words, self.format, self.input, self.problem) = (words, format, input, problem)
            self.rejected = rejected
        }
        var testDescription: String { "\(format): \(words)" }
    }

    /// A record of a metric stream with one part replaced.
    private static func stream(_ part: String, _ other: String) -> String {
        let record =
            #"{"namespace":"N","metric_name":"M","timestamp":1770000000000,"#
            + #""value":{"count":1,"sum":2,"max":3,"min":4},"unit":"Count"}"#
        return record.split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }

    static let metricStream = [
        Case("cut short", "metric-stream", #"{"namespace":"N""#, "1:17 unexpected end of line; expected '}'"),
        Case("cut in a text", "metric-stream", #"{"namespace":"N"#, "1:16 unterminated string"),
        Case("NaN", "metric-stream", stream("2", "NaN"), "1:87 'sum' must be a finite number"),
        Case("1e999", "metric-stream", stream("2", "1e999"), "1:87 'sum' must be a finite number"),
        Case("a number as text", "metric-stream", stream("2", "\"2\""), "1:87 'sum' must be a finite number"),
        Case(
            "unknown unit", "metric-stream", stream("Count", "Percnt"),
            "1:114 unknown unit 'Percnt'; did you mean 'Percent'?"),
        Case("no name", "metric-stream", stream("metric_name", "name"), "1:1 'metric_name' is missing"),
        Case("no namespace", "metric-stream", stream("namespace", "space"), "1:1 'namespace' is missing"),
        Case("no timestamp", "metric-stream", stream("timestamp", "time"), "1:1 'timestamp' is missing"),
        Case("no sum", "metric-stream", stream("\"sum\":2,", ""), "1:1 'value' must have max, min, sum and count"),
        Case(
            "seconds", "metric-stream", stream("1770000000000", "1770000000"),
            "1:1 impossible time 1970-01-21T11:40:00Z: before 2000; is it in seconds where milliseconds are meant?"),
        Case(
            "too late", "metric-stream", stream("1770000000000", "1790000000000"),
            "1:1 impossible time 2026-09-21T14:13:20Z: later than a day after 2026-05-28T20:26:40Z; "
                + "give `--now` if that is meant"),
        Case(
            "time as text", "metric-stream", stream("1770000000000", "\"now\""),
            "1:48 'timestamp' must be a number of milliseconds since 1970"),
        Case(
            "two records", "metric-stream", stream("!", "") + " {}",
            "1:122 'metric_name' is missing"),
        Case("no object", "metric-stream", "7", "1:1 a record begins with '{'"),
        Case("count below zero", "metric-stream", stream("\"count\":1", "\"count\":-1"), "1:79 'count' is below zero"),
    ]

    static let documents = [
        Case("cut short", "get-metric-statistics", "{\"Label\":\"a\",\n\"Datapoints\":[", "2:15 unexpected end of document"),
        Case(
            "NaN", "get-metric-statistics", "{\"Datapoints\":[{\"Average\":NaN}]}",
            "1:30 'NaN' is not a JSON value; numbers must be finite"),
        Case("1e999", "get-metric-statistics", "{\"Datapoints\":[{\"Average\":1e999}]}", "1:32 '1e999' is not a finite number"),
        Case(
            "no timestamp", "get-metric-statistics", "{\"Datapoints\":[\n{\"Average\":1}]}",
            "2 a datapoint needs a 'Timestamp', in seconds since 1970 or ISO 8601"),
        Case(
            "impossible day", "get-metric-statistics",
            "{\"Datapoints\":[{\"Timestamp\":\"2026-02-30T00:00:00Z\",\"Average\":1}]}",
            "1 a datapoint needs a 'Timestamp', in seconds since 1970 or ISO 8601"),
        Case(
            "unknown unit", "get-metric-statistics",
            "{\"Datapoints\":[{\"Timestamp\":1770000000,\"Average\":1,\"Unit\":\"Secnds\"}]}",
            "1 unknown unit 'Secnds'; did you mean 'Seconds'?"),
        Case(
            "wrong type", "get-metric-statistics", "{\"Datapoints\":[{\"Timestamp\":1770000000,\"Average\":\"1\"}]}",
            "1 'Average' must be a number, not '1'"),
        Case(
            "no statistic", "get-metric-statistics", "{\"Datapoints\":[{\"Timestamp\":1770000000}]}",
            "1 a datapoint without any statistic"),
        Case(
            "different lengths", "get-metric-data",
            "{\"MetricDataResults\":[{\"Id\":\"a\",\"Timestamps\":[1770000000,1770000060],\"Values\":[1]}]}",
            "1 the result of 'a' has 2 timestamps and 1 values"),
        Case(
            "partial", "get-metric-data",
            "{\"MetricDataResults\":[{\"Id\":\"a\",\"StatusCode\":\"PartialData\",\"Timestamps\":[],\"Values\":[]}]}",
            "1 the result of 'a' is PartialData; request the rest", rejected: 0),
        Case(
            "no time", "get-metric-data",
            "{\"MetricDataResults\":[{\"Id\":\"a\",\"Timestamps\":[\"soon\"],\"Values\":[1]}]}",
            "1 a timestamp of 'a' is neither seconds since 1970 nor ISO 8601"),
        Case(
            "text as value", "get-metric-data", "{\"MetricDataResults\":[{\"Values\":[\"1\"]}]}", "1:34 expected a number"),
    ]

    static let puts = [
        Case("no timestamp", #"{"MetricName":"A","Value":1}"#, "'A' has no 'Timestamp'; give it one"),
        Case("no name", #"{"Value":1}"#, "'MetricName' is missing or not text of 1 to 255 characters"),
        Case("a number", "7", "a metric datum must be an object, not 7.0"),
        Case(
            "no time", #"{"MetricName":"A","Timestamp":"soon","Value":1}"#,
            "'Timestamp' 'soon' is neither seconds since 1970 nor ISO 8601"),
        Case(
            "unknown unit", #"{"MetricName":"A","Timestamp":1770000000,"Value":1,"Unit":"Byte"}"#,
            "unknown unit 'Byte'; did you mean 'Bytes'?"),
        Case(
            "two forms", #"{"MetricName":"A","Timestamp":1770000000,"Value":1,"Values":[1]}"#,
            "'A' must have exactly one of Value, Values and StatisticValues"),
        Case(
            "too great", #"{"MetricName":"A","Timestamp":1770000000,"Value":1e200}"#,
            "'A': 'Value' must be a number within ±2^360, not 1e+200"),
        Case(
            "counts", #"{"MetricName":"A","Timestamp":1770000000,"Values":[1,2],"Counts":[1]}"#,
            "'A': 'Counts' must have as many positive numbers as 'Values' has"),
        Case(
            "statistic values", #"{"MetricName":"A","Timestamp":1770000000,"StatisticValues":{"Sum":1}}"#,
            "'A': 'StatisticValues' must have SampleCount above zero, Sum, Minimum and Maximum"),
        Case(
            "dimensions", #"{"MetricName":"A","Dimensions":{"a":"b"},"Timestamp":1770000000,"Value":1}"#,
            "'Dimensions' of 'A' must have at most 30 of {\"Name\":…,\"Value\":…}"),
    ]

    static let lines = [
        Case("NaN", "csv", "timestamp,value\n2026-03-01,nan\n", "2:12 'nan' is not a finite number"),
        Case("1e999", "csv", "timestamp,value\n2026-03-01,1e999\n", "2:12 '1e999' is not a finite number"),
        Case(
            "thousands", "csv", "timestamp,value\n2026-03-01,\"1,234\"\n",
            "2:12 '1,234' is not a finite number; write 1234.5, without thousands separators"),
        Case("cut short", "csv", "timestamp,value\n2026-03-01\n", "2 the line has 1 of 2 cells"),
        Case("no value", "csv", "timestamp,value\n2026-03-01,\n", "2:12 the line has no value"),
        Case("no timestamp", "csv", "timestamp,value\n,1\n", "2 the timestamp is missing"),
        Case(
            "no time", "csv", "timestamp,value\nnoon,1\n",
            "2:1 invalid time 'noon'; use 2026-03-01T00:00:00Z or seconds since 1970"
        ),
        Case(
            "a sign for a unit", "csv", "timestamp,value,unit\n2026-03-01,1,%\n",
            "2:14 unknown unit '%'; CloudWatch's word is 'Percent'"),
        Case(
            "unknown unit", "csv", "timestamp,value,unit\n2026-03-01,1,Secnds\n",
            "2:14 unknown unit 'Secnds'; did you mean 'Seconds'?"),
        Case("no period", "csv", "timestamp,value,period\n2026-03-01,1,-5\n", "2:14 invalid period '-5'; use seconds, or 5m"),
        Case(
            "unknown metric", "csv", "timestamp,metric,value\n2026-03-01,cpuu,1\n",
            "2:12 unknown metric 'cpuu'; did you mean 'cpu'?"),
        Case(
            "behind a space, the column is still the cell's", "csv", "timestamp,value,unit\n2026-03-01, 1,Secnds\n",
            "2:15 unknown unit 'Secnds'; did you mean 'Seconds'?"),
        Case(
            "behind quotes, the column is still the cell's", "csv", "timestamp,value,unit\n\"2026-03-01\",1,Secnds\n",
            "2:16 unknown unit 'Secnds'; did you mean 'Seconds'?"),
    ]

    @Test("is rejected with its place", arguments: metricStream + documents + lines)
    func rejected(_ row: Case) throws {
        let result = try ingest(row.input, format: SampleFormat.named(row.format), ValidFiles.naming)
        #expect(result.lines == [row.problem])
        #expect(result.rejected == row.rejected)
    }

    @Test("is rejected datum by datum, and the next is kept", arguments: puts)
    func put(_ row: Case) throws {
        let good = #"{"MetricName":"Z","Timestamp":1770000000,"Value":1}"#
        let result = try ingest("{\"Namespace\":\"N\",\"MetricData\":[\n\(row.format),\n\(good)]}", format: .putMetricData)
        #expect(result.lines == ["2 \(row.input)"])
        #expect(result.all.count == 1)
    }

    @Test("a bare array without a namespace")
    func bareArray() throws {
        let result = try ingest(#"[{"MetricName":"A","Timestamp":1770000000,"Value":1}]"#)
        #expect(result.lines == ["1 'A' has no namespace; give `--namespace NS`"])
    }

    @Test("text that is not UTF-8")
    func notUTF8() throws {
        let stream = Array(Self.stream("\"N\"", "\"N?\"").utf8).map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
        #expect(try ingest(stream).lines == ["1:15 string is not valid UTF-8"])
        let csv = Array("timestamp,value\n2026-03-01,?\n".utf8).map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
        #expect(try ingest(csv, ValidFiles.naming).lines == ["2 the line is not valid UTF-8"])
        let json = Array(#"{"Datapoints":[],"x":"?"}"#.utf8).map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
        #expect(try ingest(json, ValidFiles.naming).lines == ["1:25 string is not valid UTF-8"])
    }

    @Test("nothing says which series it is of")
    func nameless() throws {
        #expect(
            try ingest("timestamp,value\n2026-03-01,1\n").lines == [
                "2 no metric column; pass `--metric NAME --resource ID`"
            ])
        #expect(
            try ingest(#"{"Label":"x","Datapoints":[{"Timestamp":1770000000,"Average":1}]}"#).lines == [
                "1 unknown series; pass `--metric NAME --resource ID`"
            ])
        let data = #"{"MetricDataResults":[{"Id":"a","Label":"thing","Timestamps":[1770000000],"Values":[1]}]}"#
        #expect(
            try ingest(data).lines == [
                "1 unknown series for 'a' (label 'thing'); pass `--queries FILE`, "
                    + "the file given to get-metric-data"
            ])
    }

    @Test("an expression of get-metric-data is passed over")
    func expression() throws {
        let data = #"{"MetricDataResults":[{"Id":"e","Label":"x","Timestamps":[1770000000],"Values":[1]}]}"#
        let result = try ingest(data) { _ = QueriesFile.read(Array(#"[{"Id":"e","Expression":"a*2"}]"#.utf8), into: &$0) }
        #expect(result.lines == ["1 'e' is an expression over other metrics; give the metrics themselves"])
    }

    @Test("a period of a query beyond all measure does not crash")
    func hugePeriod() async {
        await #expect(processExitsWith: .success) {
            var context = IngestContext(now: Timestamp(seconds: 1), metrics: MetricCatalog(metrics: [], kindOfDimension: [:]))
            let text =
                #"[{"Id":"a","MetricStat":{"Metric":{"Namespace":"N","MetricName":"M"},"Period":1e300,"Stat":"Sum"}}]"#
            _ = QueriesFile.read(Array(text.utf8), into: &context)
        }
    }

    @Test("counts whose sum is infinite are rejected")
    func infiniteCounts() throws {
        let text =
            #"{"Namespace":"N","MetricData":[{"MetricName":"A","Timestamp":1770000000,"Values":[1,2],"Counts":[1e308,1e308]}]}"#
        #expect(try ingest(text).all.allSatisfy { ($0.count ?? 0).isFinite && ($0.sum ?? 0).isFinite })
    }
}

extension BadInputTests.Case {
    /// A datum of put-metric-data.
    fileprivate init(_ words: String, _ datum: String, _ problem: String) { self.init(words, datum, problem, "") }
}
