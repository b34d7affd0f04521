import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorFormats

@Suite("Forms of samples that people have")
struct SampleSpellingTests {
    private static let record = String(Fixture.stream.split(separator: "\n")[0])
    private static let datum =
        #"{"MetricName":"CPUUtilization","Dimensions":[{"Name":"DBInstanceIdentifier","Value":"db"}],"Timestamp":"2026-03-01T00:00:00Z","Value":50,"Unit":"Percent"}"#

    private static func pretty(_ json: String, indent: String = "  ") throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
        let text = String(decoding: try JSONSerialization.data(withJSONObject: object, options: .prettyPrinted), as: UTF8.self)
        return text.replacingOccurrences(of: "  ", with: indent)
    }

    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let format: String
        var sums: [Double]
        var change: @Sendable (inout IngestContext) -> Void = { _ in }
        var testDescription: String { name }
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
    private static func rds(_ context: inout IngestContext) { context.namespace = "AWS/RDS" }

    static func forms() throws -> [Form] {
        let later = record.replacingOccurrences(of: "1774828800000", with: "1774829400000")
        let emf =
            #"{"_aws":{"Timestamp":1774828800000,"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["DB"],["DB","Stage"]],"Metrics":[{"Name":"Users","Unit":"Count"},{"Name":"Time","Unit":"Milliseconds"}]}]},"DB":"db","Stage":"prod","Users":42,"Time":[1,2,3]}"#
        let events = #"{"events":[{"timestamp":1,"message":"START RequestId"},{"message":\#(JSONValue.text(emf).render())}]}"#
        return [
            Form(name: "a datum by itself", text: datum, format: "put-metric-data", sums: [50], change: rds),
            Form(name: "a pretty datum", text: try pretty(datum), format: "put-metric-data", sums: [50], change: rds),
            Form(
                name: "data, one a line", text: datum + "\n" + datum.replacingOccurrences(of: "T00:00", with: "T00:01"),
                format: "put-metric-data", sums: [50, 50], change: rds),
            Form(name: "a stream as an array", text: "[\(record),\n\(later)]", format: "metric-stream", sums: [20, 20]),
            Form(name: "a pretty stream", text: try pretty(record), format: "metric-stream", sums: [20]),
            Form(
                name: "a pretty array with tabs", text: "[\n\(try pretty(record, indent: "\t")),\n\(try pretty(later))\n]\n",
                format: "metric-stream", sums: [20, 20]),
            Form(
                name: "records without line breaks", text: record + later + record, format: "metric-stream", sums: [20, 20, 20]),
            Form(name: "EMF", text: emf, format: "emf", sums: [6, 6, 42, 42]),
            Form(
                name: "EMF between other lines", text: "START RequestId: 1\n2026-03-30T00:00:00Z \(emf)\nEND {}\n", format: "emf",
                sums: [6, 6, 42, 42]),
            Form(name: "pretty EMF", text: try pretty(emf), format: "emf", sums: [6, 6, 42, 42]),
            Form(
                name: "a Firehose delivery",
                text:
                    #"{"requestId":"a","timestamp":1,"records":[{"data":"\#(base64(record + "\n" + later))"},{"data":"\#(base64(emf))"}]}"#,
                format: "envelope", sums: [20, 20, 6, 6, 42, 42]),
            Form(
                name: "a Firehose transformation event",
                text: #"{"invocationId":"a","region":"x","records":[{"recordId":"1","data":"\#(base64(record))"}]}"#,
                format: "envelope", sums: [20]),
            Form(
                name: "a Kinesis event", text: #"{"Records":[{"kinesis":{"data":"\#(base64(later))"}}]}"#, format: "envelope",
                sums: [20]),
            Form(name: "log events", text: events, format: "envelope", sums: [6, 6, 42, 42]),
            Form(
                name: "log events in a Firehose record", text: #"{"records":[{"data":"\#(base64(events))"}]}"#,
                format: "envelope",
                sums: [6, 6, 42, 42]),
        ]
    }

    @Test("is read", arguments: try forms())
    func form(_ form: Form) throws {
        for chunk in [1, 1 << 20] {
            let reading = try Reading(form.text, chunk: chunk, change: form.change)
            #expect(reading.format == form.format)
            #expect(reading.problems.isEmpty)
            #expect(reading.all.compactMap(\.sum).sorted() == form.sums.sorted())
        }
    }

    struct Table: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var averages: [Double?] = []
        var maxima: [Double?] = []
        var start = "2026-03-30T00:00:00Z"
        var problems: [String] = []
        var zone: String?
        var testDescription: String { name }
    }

    private static let naive =
        "times without a zone are read as UTC; --zone (`zone:` under `ingest:`) sets another, e.g. Asia/Seoul"
    static let tables = [
        Table(name: "a time that ends in UTC", text: "timestamp,value\n2026-03-30 00:00:00.000 UTC,5\n", averages: [5]),
        Table(name: "a time that ends in GMT", text: "timestamp,value\n2026-03-30 00:00:00 GMT,5\n", averages: [5]),
        Table(name: "a time with an offset", text: "timestamp,value\n2026-03-30 09:00:00 +09:00,5\n", averages: [5]),
        Table(
            name: "a local time", text: "timestamp,value\n2026-03-30 00:00:00,5\n2026-03-30 00:01:00,6\n", averages: [5, 6],
            problems: ["2:-: \(naive)"]),
        Table(
            name: "a local time with --zone", text: "timestamp,value\n2026-03-30 09:00:00,5\n", averages: [5], zone: "Asia/Seoul"),
        Table(
            name: "a local day with --zone", text: "timestamp,value\n2026-03-31,5\n", averages: [5],
            start: "2026-03-30T15:00:00Z", zone: "Asia/Seoul"),
        Table(
            name: "a local time of summer", text: "timestamp,value\n2026-03-30 02:00:00,5\n", averages: [5],
            zone: "Europe/Berlin"),
        Table(
            name: "empty cells left out at the end", text: "timestamp,value,unit,period,count\n2026-03-30T00:00:00Z,5\n",
            averages: [5]
        ),
        Table(
            name: "a cut line", text: "timestamp,unit,value\n2026-03-30T00:00:00Z,Percent\n",
            problems: ["2:-: the line has 2 of 3 cells"]),
        Table(
            name: "columns minimum, maximum and average",
            text: "timestamp,minimum,Maximum,average\n2026-03-30T00:00:00Z,1,9,5\n", averages: [5], maxima: [9]),
        Table(
            name: "columns time, avg and samplecount", text: "Time;Avg;SampleCount\n2026-03-30T00:00:00Z;5;3\n", averages: [5]),
        Table(
            name: "a download of the console",
            text: "Full label,CPUUtilization\nLabel,CPUUtilization\n\"Timestamp\",\"CPUUtilization\"\n2026/03/30 00:00:00,5.0\n",
            averages: [5], problems: ["4:-: \(naive)"]),
        Table(
            name: "a download of the console with two columns",
            text:
                "\"Full label\",\"CPUUtilization Average\",\"CPUUtilization Maximum\"\nLabel,a,b\nTimestamp,a,b\n2026-03-30T00:00:00Z,5.0,\n2026-03-30T00:05:00Z,,7\n",
            averages: [5, nil], maxima: [nil, 7]),
        Table(name: "a header alone", text: "timestamp,value\n", problems: ["1:-: \(empty)"]),
    ]
    private static let empty = "no samples in it: the time range, name or dimensions may be wrong, or there is no data yet"

    @Test("CSV is read", arguments: tables)
    func table(_ table: Table) throws {
        let reading = try Reading(table.text) {
            Reading.cpu(&$0)
            $0.zone = table.zone.flatMap(TimeZone.init(identifier:))
        }
        #expect(reading.problems == table.problems)
        #expect(reading.all.map(\.average) == table.averages)
        if !table.maxima.isEmpty { #expect(reading.all.map(\.maximum) == table.maxima) }
        if let first = reading.all.first { #expect(first.start.description == table.start) }
    }

    @Test("what one option would solve is one problem")
    func shared() throws {
        let results = (0..<12).map { id in
            #"{"Id":"m\#(id)","Label":"x","Timestamps":[1774828800,1774829100],"Values":[1,2]}"#
        }
        let data = try Reading(#"{"MetricDataResults":[\#(results.joined(separator: ","))]}"#)
        #expect(
            data.problems == [
                "1:-: unknown series for 'm0' (label 'x'); pass `--queries FILE`, the file given to get-metric-data"
            ])
        #expect(data.rejected == 24)
        let csv = try Reading("timestamp,value\n" + (0..<500).map { "2026-03-30T00:00:00Z,\($0)\n" }.joined())
        #expect(csv.problems == ["2:-: no metric column; pass `--metric NAME --resource ID`"])
        #expect(csv.rejected == 500)
        let data2 = try Reading("[\((0..<200).map { _ in Self.datum }.joined(separator: ","))]")
        #expect(data2.problems == ["1:-: 'CPUUtilization' has no namespace; give `--namespace NS`"])
        #expect(data2.rejected == 200)
    }

    @Test(
        "nothing is ignored in silence",
        arguments: [
            "{\"MetricName\":\"x\"}", "{\"Metrics\":[{\"MetricName\":\"CPUUtilization\",\"Namespace\":\"AWS/RDS\"}]}",
            "{\"MetricAlarms\":[{\"MetricName\":\"x\"}]}", "{\"MetricDataResults\":[]}", "{\"Label\":\"x\",\"Datapoints\":[]}",
            "{\"records\":[{\"data\":\"aGVsbG8=\"}]}", "{\"events\":[{\"message\":\"hello\"}]}",
            "{\"_aws\":{\"CloudWatchMetrics\":[]}}",
        ])
    func nothing(_ text: String) throws {
        let reading = try Reading(text)
        #expect(reading.problems.count == 1, "\(reading.problems)")
    }

    struct Unsupported: Sendable, CustomTestStringConvertible {
        let text: String
        let advice: String
        var testDescription: String { advice }
    }

    @Test(
        "what is not read is refused with what to do instead",
        arguments: [
            Unsupported(text: "PAR1\u{0}\u{1}", advice: "Parquet"), Unsupported(text: "<!DOCTYPE html>", advice: "sign-in page"),
            Unsupported(text: "{\"DBInstances\":[]}", advice: "advisor init"),
            Unsupported(text: "\"Service\",\"Total costs($)\"\n", advice: "get-cost-and-usage"),
            Unsupported(text: "a,b\n1,2\n", advice: "timestamp"),
            Unsupported(text: "Unable to locate credentials\n", advice: "AWS CLI"),
            Unsupported(text: "\u{0}\u{1}\u{2}", advice: "JSON"),
            Unsupported(text: "[{\"Id\":\"m1\",\"MetricStat\":{}}]", advice: "--queries"),
        ])
    func unsupported(_ input: Unsupported) throws {
        let bytes = Array(input.text.utf8)
        #expect(try SampleFormat.detect(ByteSource(bytes)) == nil)
        #expect(UnsupportedInput.advice(for: bytes[...])?.contains(input.advice) == true)
    }

    @Test("a bad record between others is one problem, with its place")
    func places() throws {
        let bad = Self.record.replacingOccurrences(of: "\"Percent\"", with: "\"Percnt\"")
        let joined = try Reading(Self.record + bad + Self.record)
        #expect(joined.all.count == 2)
        #expect(joined.rejected == 1)
        let array = try Reading("[\n\(Self.record),\n\(bad),\n\(Self.record)\n]")
        #expect(array.all.count == 2)
        #expect(array.problems == ["3:277: unknown unit 'Percnt'; did you mean 'Percent'?"])
        let cut = try Reading("[\n\(Self.record),\n\(Self.record.prefix(50))")
        #expect(cut.problems == ["3:1: the object that begins here is incomplete"])
    }

    struct Impossible: Sendable, CustomTestStringConvertible {
        let row: String
        let problem: String?
        var testDescription: String { row }
    }

    static let impossibleRows = [
        Impossible(row: "cpu,100.3,Percent", problem: nil),
        Impossible(row: "cpu,101,Percent", problem: "impossible value of cpu: 101 % (at most 100 %)"),
        Impossible(row: "cpu,1e10,Percent", problem: "impossible value of cpu: 10,000,000,000 % (at most 100 %)"),
        Impossible(row: "cpu,-1,", problem: "impossible value of cpu: -1 % (at least 0 %)"),
        Impossible(row: "connections,-6,Count", problem: "impossible value of connections: -6 (at least 0)"),
        Impossible(row: "connections,1e19,Count", problem: nil),
        Impossible(row: "free_storage,-1,Gigabytes", problem: "impossible value of free_storage: -1 GB (at least 0 B)"),
        Impossible(row: "replica_lag,-1,Seconds", problem: nil),
        Impossible(row: "replica_lag,-2,Seconds", problem: "impossible value of replica_lag: -2 s (at least -1 s)"),
        Impossible(row: "acu_utilization,150,Percent", problem: "impossible value of acu_utilization: 150 % (at most 100 %)"),
        Impossible(row: "estimated_charges,-3,None", problem: nil), Impossible(row: "cpu,80,Bytes", problem: nil),
    ]

    @Test("a value that a metric cannot have is rejected with a reason", arguments: impossibleRows)
    func impossibleValue(_ value: Impossible) throws {
        let row = value.row.split(separator: ",", omittingEmptySubsequences: false)
        let reading = try Reading("timestamp,metric,resource,value,unit\n2026-03-30T00:00:00Z,\(row[0]),db,\(row[1]),\(row[2])\n")
        #expect(reading.problems == (value.problem.map { ["2:-: \($0)"] } ?? []))
        let stream = Self.record.replacingOccurrences(of: "\"max\":18.0", with: "\"max\":180")
        #expect(try Reading(stream).problems == ["1:-: impossible value of cpu: 180 % (at most 100 %)"])
    }

    @Test("every finite value has a text")
    func texts() {
        var generator = SplitMix(seed: 14)
        let kinds = QuantityKind.Base.allCases.flatMap { [QuantityKind($0), QuantityKind($0, isRate: true)] }
        let extremes = [0, .leastNonzeroMagnitude, 1e-300, 1e15, 1e19, 9.3e16, 1e300, Double.greatestFiniteMagnitude]
        let random = (0..<2000).map { _ in Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator)) }
        for value in (extremes + extremes.map(-) + random) where value.isFinite {
            for kind in kinds {
                #expect(!ExactText.text(value, kind).isEmpty)
                #expect(!ValueText.text(value, kind).isEmpty)
            }
        }
    }
}
