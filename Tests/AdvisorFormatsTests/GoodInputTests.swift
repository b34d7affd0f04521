import AdvisorCore
import Testing

@testable import AdvisorFormats

@Suite("Accepted sample input")
struct GoodInputTests {
    struct DidYouMean: Sendable, CustomTestStringConvertible {
        let json: String
        let milliseconds: Int64
        init(_ json: String, _ milliseconds: Int64) { (self.json, self.milliseconds) = (json, milliseconds) }
        var testDescription: String { json }
    }

    static let spellings = [
        DidYouMean("1770000000", 1_770_000_000_000),
        DidYouMean("1770000000.0", 1_770_000_000_000),
        DidYouMean("1770000000.124", 1_770_000_000_124),
        DidYouMean("1.77e9", 1_770_000_000_000),
        DidYouMean("1770000000000", 1_770_000_000_000),
        DidYouMean("\"2026-02-02T02:40:00Z\"", 1_770_000_000_000),
        DidYouMean("\"2026-02-02T02:40:00.164000+00:00\"", 1_770_000_000_164),
        DidYouMean("\"2026-02-02 02:40:00+00:00\"", 1_770_000_000_000),
        DidYouMean("\"2026-02-02 02:40:00\"", 1_770_000_000_000),
        DidYouMean("\"2026-02-02T11:40:00+09:00\"", 1_770_000_000_000),
        DidYouMean("\"2026-02-01T21:40:00-0500\"", 1_770_000_000_000),
        DidYouMean("\"2026-02-02\"", 1_769_990_400_000),
    ]

    /// Of a time without a zone it is noted that it is read as UTC.
    private static func notes(_ row: DidYouMean, line: Int) -> [String] {
        guard ["\"2026-02-02 02:40:00\"", "\"2026-02-02\""].contains(row.json) else { return [] }
        return [
            "\(line) times without a zone are read as UTC; --zone (`zone:` under `ingest:`) sets another, e.g. Asia/Seoul"
        ]
    }

    @Test("every spelling of a timestamp, in get-metric-statistics", arguments: spellings)
    func statisticsTime(_ row: DidYouMean) throws {
        let text = #"{"Label":"CPUUtilization","Datapoints":[{"Timestamp":\#(row.json),"Average":1}]}"#
        let result = try ingest(text, ValidFiles.naming)
        #expect(result.lines == Self.notes(row, line: 1))
        #expect(result.all.map(\.start.milliseconds) == [row.milliseconds])
    }

    @Test("every spelling of a timestamp, in get-metric-data", arguments: spellings)
    func dataTime(_ row: DidYouMean) throws {
        let text = #"{"MetricDataResults":[{"Id":"a","Timestamps":[\#(row.json)],"Values":[1]}]}"#
        let result = try ingest(text, ValidFiles.naming)
        #expect(result.lines == Self.notes(row, line: 1))
        #expect(result.all.map(\.start.milliseconds) == [row.milliseconds])
    }

    @Test("every spelling of a timestamp, in put-metric-data, by the minute", arguments: spellings)
    func putTime(_ row: DidYouMean) throws {
        let text = #"{"Namespace":"N","MetricData":[{"MetricName":"M","Timestamp":\#(row.json),"Value":1}]}"#
        let result = try ingest(text)
        #expect(result.lines == Self.notes(row, line: 1))
        #expect(result.all.map(\.start.milliseconds) == [row.milliseconds / 60_000 * 60_000])
    }

    @Test("every spelling of a timestamp, in CSV", arguments: spellings)
    func csvTime(_ row: DidYouMean) throws {
        let result = try ingest("timestamp,value\n\(row.json),1\n", ValidFiles.naming)
        #expect(result.lines == Self.notes(row, line: 2))
        #expect(result.all.map(\.start.milliseconds) == [row.milliseconds])
    }

    @Test("a metric stream: key, values, unit, extras")
    func metricStream() throws {
        let line =
            #" {"x":{"y":[1,"}",null]},"metric_stream_name":"s","account_id":"123","region":"us-east-1","namespace":"AWS\/RDS","#
            + #""metric_name":"CPUUtilization","dimensions":{"B":"\u00e9\"","A":"x"},"timestamp":1770000000000,"value":"#
            + #"{"count":3.0,"sum":20.0,"max":18.0,"min":-1e1,"p99":17.56,"p99.9":17.8764,"TM(25%:75%)":16.43},"unit":"Seconds"} "#
        let result = try ingest(line + "\r\n\r\n")
        #expect(result.lines == [])
        let key = SeriesKey(
            account: "123", region: "us-east-1", namespace: "AWS/RDS", name: "CPUUtilization",
            dimensions: [.init("A", "x"), .init("B", "é\"")])
        var sample = Sample(start: Timestamp(seconds: 1_770_000_000), unit: .seconds)
        (sample.count, sample.sum, sample.maximum, sample.minimum) = (3, 20, 18, -10)
        sample.extras = [
            ExtraStatistic(name: "p99", value: 17.56), ExtraStatistic(name: "p99.9", value: 17.8764),
            ExtraStatistic(name: "TM(25%:75%)", value: 16.43),
        ]
        #expect(result.samples == [key: [sample]])
    }

    @Test("get-metric-statistics: five statistics, extended ones, unit")
    func statistics() throws {
        let text =
            #"{"Datapoints":[{"Timestamp":1770000000,"SampleCount":2,"Average":1.5,"Sum":3,"Minimum":1,"Maximum":2,"#
            + #""Unit":"Percent","ExtendedStatistics":{"p99":2.5,"p50":1.5}}],"Label":"CPUUtilization"}"#
        let result = try ingest(text, ValidFiles.naming)
        #expect(result.lines == [])
        var sample = Sample(start: Timestamp(seconds: 1_770_000_000), unit: .percent)
        (sample.count, sample.average, sample.sum, sample.minimum, sample.maximum) = (2, 1.5, 3, 1, 2)
        sample.extras = [ExtraStatistic(name: "p50", value: 1.5), ExtraStatistic(name: "p99", value: 2.5)]
        let key = SeriesKey(namespace: "AWS/RDS", name: "CPUUtilization", dimensions: [.init("DBInstanceIdentifier", "db-1")])
        #expect(result.samples == [key: [sample]])
    }

    @Test("get-metric-data with queries: series, statistic, period, unit; an id in two results is one series")
    func dataWithQueries() throws {
        let queries =
            #"[{"Id":"a","AccountId":"9","MetricStat":{"Metric":{"Namespace":"AWS/RDS","MetricName":"ReadLatency","#
            + #""Dimensions":[{"Name":"DBInstanceIdentifier","Value":"x"}]},"Period":300,"Stat":"p99","Unit":"Seconds"}}]"#
        let text =
            #"{"MetricDataResults":[{"Values":[2],"Timestamps":[1770000300],"Id":"a"},"#
            + #"{"Id":"a","Label":"l","Timestamps":[1770000000],"Values":[1]}]}"#
        var problems: [IngestProblem] = []
        let result = try ingest(text) { problems = QueriesFile.read(Array(queries.utf8), into: &$0) }
        #expect(problems == [] && result.lines == [])
        let key = SeriesKey(
            account: "9", namespace: "AWS/RDS", name: "ReadLatency", dimensions: [.init("DBInstanceIdentifier", "x")])
        #expect(result.samples.keys.map { $0 } == [key])
        #expect(result.all.map(\.start.milliseconds) == [1_770_000_300_000, 1_770_000_000_000])
        #expect(result.all.map(\.extras) == [[.init(name: "p99", value: 2)], [.init(name: "p99", value: 1)]])
        #expect(result.all.allSatisfy { $0.period == .seconds(300) && $0.unit == .seconds && $0.known.isEmpty })
    }

    @Test("get-metric-data by its label: metric, resource and statistic")
    func dataByLabel() throws {
        let text =
            #"{"MetricDataResults":[{"Id":"a","Label":"CPUUtilization db-7 Maximum","Timestamps":[1770000000],"Values":[0.5]}]}"#
        let result = try ingest(text)
        #expect(result.lines == [])
        #expect(result.samples.keys.map { $0.value(ofDimension: "DBInstanceIdentifier") } == ["db-7"])
        #expect(result.all.map(\.maximum) == [0.5])
    }

    @Test("put-metric-data: a value, values with counts, statistic values, the namespace last")
    func put() throws {
        let text = """
            {"MetricData":[{"MetricName":"A","Timestamp":1770000007,"Value":-2,"Unit":"Bytes/Second"},
            {"MetricName":"B","Timestamp":1770000000,"Values":[0.5,2],"Counts":[3,1],"StorageResolution":60},
            {"MetricName":"C","Timestamp":1770000000,"StatisticValues":{"SampleCount":3,"Sum":6,"Minimum":1,"Maximum":3}},
            {"MetricName":"D","Timestamp":1770000000,"Values":[1,2]}],"Namespace":"N"}
            """
        let result = try ingest(text)
        #expect(result.lines == [])
        #expect(result.samples.keys.sorted().map(\.name) == ["A", "B", "C", "D"])
        #expect(result.all.map(\.count) == [1, 4, 3, 2])
        #expect(result.all.map(\.sum) == [-2, 3.5, 6, 3])
        #expect(result.all.map(\.minimum) == [-2, 0.5, 1, 1])
        #expect(result.all.map(\.maximum) == [-2, 2, 3, 2])
        #expect(result.all.map(\.unit) == [.bytesPerSecond, nil, nil, nil])
        #expect(result.all.allSatisfy { $0.start.milliseconds == 1_770_000_000_000 && $0.period == nil })
    }

    @Test("put-metric-data: a bare array with a namespace")
    func bareArray() throws {
        let result = try ingest(#"[{"MetricName":"A","Timestamp":1770000000,"Value":1}]"#) { $0.namespace = "Mine" }
        #expect(result.lines == [])
        #expect(result.samples.keys.map(\.namespace) == ["Mine"])
    }

    @Test("CSV: the long form with everything, quoted, by semicolons")
    func csv() throws {
        let text =
            "timestamp;namespace;name;dimensions;account;region;unit;period;count;sum;min;max;average\r\n"
            + "2026-03-01T00:00:00Z;AWS/RDS;CPU;\"A=1;B=\"\"2\"\"\";9;eu-west-1;Percent;5m;2;3;1;2;1.5\r\n"
        let result = try ingest(text)
        #expect(result.lines == [])
        var sample = Sample(start: Timestamp(milliseconds: 1_772_323_200_000), period: .seconds(300), unit: .percent)
        (sample.count, sample.sum, sample.minimum, sample.maximum, sample.average) = (2, 3, 1, 2, 1.5)
        let key = SeriesKey(
            account: "9", region: "eu-west-1", namespace: "AWS/RDS", name: "CPU",
            dimensions: [.init("A", "1"), .init("B", "\"2\"")])
        #expect(result.samples == [key: [sample]])
    }

    @Test("CSV: an unknown column is passed over with a note that rejects nothing")
    func unknownColumn() throws {
        let result = try ingest("timestamp,valeu,value\n2026-03-01T00:00:00Z,9,1\n", ValidFiles.naming)
        #expect(result.lines == ["1 unknown column 'valeu'; did you mean 'value'?; ignored"])
        #expect(result.rejected == 0 && result.all.map(\.average) == [1])
    }
}
