import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorFormats

@Suite("Sample formats on random input")
struct SampleFormatTests {
    @Test("detects only its own", arguments: Fixture.all)
    func detects(_ id: String, _ text: String) {
        #expect(SampleFormat.all.filter { $0.detects(Array(text.utf8)[...]) }.first?.id == id)
    }

    @Test("gives the same byte by byte, and inflated", arguments: Fixture.all)
    func chunks(_ id: String, _ text: String) throws {
        let whole = try Reading(text, change: Reading.cpu)
        #expect(!whole.all.isEmpty)
        #expect(whole.problems.isEmpty)
        #expect(try Reading(text, chunk: 1, change: Reading.cpu).all == whole.all)
        let zipped = try Self.gzip(text)
        #expect(try Reading(zipped, chunk: 7, change: Reading.cpu).all == whole.all)
        #expect(try Reading(zipped + zipped, change: Reading.cpu).all.count >= whole.all.count)
        let cut = try Reading(Array(zipped.dropLast(9)), change: Reading.cpu)
        #expect(cut.problems.last?.hasSuffix("truncated gzip file; the part before is kept") ?? (cut.format == nil))
    }

    private static func gzip(_ text: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-c"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }

    @Test("never crashes on noise, cuts and changed bytes", arguments: Fixture.all)
    func noise(_ id: String, _ text: String) throws {
        let bytes = Array(text.utf8)
        var generator = SplitMix(seed: 1)
        for end in bytes.indices { _ = try Reading(Array(bytes[..<end]), change: Reading.cpu) }
        for _ in SlowTests.seeds(1500, quick: 150) {
            var changed = bytes
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let reading = try Reading(changed, change: Reading.cpu)
            #expect(
                reading.all.allSatisfy { sample in [sample.count, sample.sum, sample.average].allSatisfy { $0?.isFinite ?? true }
                })
        }
        for _ in SlowTests.seeds(200, quick: 50) {
            _ = try Reading((0..<100).map { _ in UInt8.random(in: 0...255, using: &generator) }, change: Reading.cpu)
        }
    }

    @Test("metric streams: statistics, percentiles, units and keys in any order")
    func stream() throws {
        let samples = try Reading(Fixture.stream).all
        #expect(samples.map(\.sum) == [20, 3.5])
        #expect(samples.map(\.maximum) == [18, 2.5])
        #expect(samples.map(\.unit) == [.percent, .percent])
        #expect(samples.map(\.period) == [nil, nil])
        #expect(samples[0].extras == [ExtraStatistic(name: "p99", value: 17.56), ExtraStatistic(name: "p99.9", value: 17.8764)])
    }

    @Test("put-metric-data: values with counts are one observation of a minute")
    func put() throws {
        let samples = try Reading(Fixture.put).all
        #expect(samples.map(\.count) == [4, 3])
        #expect(samples.map { $0.sum.map { ($0 * 10).rounded() } } == [5, 60])
        #expect(samples.map(\.start.description) == ["2026-03-30T00:00:00Z", "2026-03-30T00:01:00Z"])
    }

    @Test("get-metric-data with its queries")
    func queries() throws {
        let queries = """
            [{"Id":"m1","MetricStat":{"Metric":{"Namespace":"AWS/RDS","MetricName":"FreeStorageSpace","Dimensions":[{"Name":"DBInstanceIdentifier","Value":"x"}]},\
            "Period":300,"Stat":"Minimum"}},{"Id":"e1","Expression":"m1 * 2"}]
            """
        let reading = try Reading(Fixture.data) { #expect(QueriesFile.read(Array(queries.utf8), into: &$0).isEmpty) }
        #expect(reading.samples.keys.map(\.name) == ["FreeStorageSpace"])
        #expect(reading.all.map(\.minimum) == [0.004, 7])
        #expect(reading.all.map(\.period) == [.seconds(300), .seconds(300)])
    }

    @Test("CSV fills the metric's own statistic")
    func csv() throws {
        let reading = try Reading(Fixture.csv)
        #expect(reading.samples.first { $0.key.name == "ActiveUsers" }?.value.map(\.maximum) == [1310])
        #expect(reading.samples.first { $0.key.name == "CPUUtilization" }?.value.map(\.average) == [50])
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let text: String
        let problem: String
        var testDescription: String { problem }
    }

    private static func record(_ change: String, _ by: String) -> String {
        String(Fixture.stream.split(separator: "\n")[0]).replacingOccurrences(of: change, with: by)
    }

    static let bad = [
        Bad(text: record("\"Percent\"", "\"Percnt\""), problem: "1:277: unknown unit 'Percnt'; did you mean 'Percent'?"),
        Bad(text: record("3.0", "NaN"), problem: "1:204: 'count' must be a finite number"),
        Bad(text: record("20.0", "1e999"), problem: "1:214: 'sum' must be a finite number"),
        Bad(text: record("\"sum\":20.0,", ""), problem: "1:1: 'value' must have max, min, sum and count"),
        Bad(text: Fixture.stream + record("\"namespace\":\"AWS/RDS\",", ""), problem: "3:1: 'namespace' is missing"),
        Bad(text: record("1774828800000", "\"now\""), problem: "1:173: 'timestamp' must be a number of milliseconds since 1970"),
        Bad(
            text: record("1774828800000", "1774828800"),
            problem: "1:1: impossible time 1970-01-21T13:00:28.800Z: before 2000; is it in seconds where milliseconds are meant?"),
        Bad(text: record("}", "}} "), problem: "1:162: unexpected text after the record; write one record a line"),
        Bad(
            text: "timestamp,metric,resource,value\n2026-03-30,cpu,db,1.2.3\n",
            problem: "2:19: '1.2.3' is not a finite number"),
        Bad(
            text: "timestamp,metric,resource,value\n2026-03-30,cpu,db,inf\n",
            problem: "2:19: 'inf' is not a finite number"),
        Bad(
            text: "timestamp,metric,resource,value\nsoon,cpu,db,1\n",
            problem: "2:1: invalid time 'soon'; use 2026-03-01T00:00:00Z or seconds since 1970"),
        Bad(
            text: "timestamp,metric,resource,value\n2026-03-30,cpuu,db,1\n",
            problem: "2:12: unknown metric 'cpuu'; did you mean 'cpu'?"),
        Bad(
            text: "timestamp,metric,resource,value\n2026-03-30,cpu\n", problem: "2:-: the line has 2 of 4 cells"),
        Bad(
            text: "timestamp,value\n2026-03-30,1\n",
            problem: "2:-: no metric column; pass `--metric NAME --resource ID`"),
        Bad(
            text: "timestamp,metric,resource,value\n2026-05-30,cpu,db,1\n",
            problem:
                "2:1: impossible time 2026-05-30T00:00:00Z: later than a day after 2026-03-31T00:00:00Z; give `--now` if that is meant"
        ),
        Bad(
            text: "[{\"MetricName\":\"x\",\"Value\":1,\"Timestamp\":1774828800}]",
            problem: "1:-: 'x' has no namespace; give `--namespace NS`"),
        Bad(
            text: "{\"Namespace\":\"n\",\"MetricData\":[{\"MetricName\":\"x\",\"Value\":1}]}",
            problem: "1:-: 'x' has no 'Timestamp'; give it one"),
        Bad(
            text:
                "{\"Namespace\":\"n\",\"MetricData\":[{\"MetricName\":\"x\",\"Timestamp\":1774828800,\"Value\":1,\"Values\":[1]}]}",
            problem: "1:-: 'x' must have exactly one of Value, Values and StatisticValues"),
        Bad(
            text: Fixture.data.replacingOccurrences(of: "CPUUtilization Average", with: "mine"),
            problem:
                "1:-: unknown series for 'm1' (label 'mine'); pass `--queries FILE`, the file given to get-metric-data"
        ),
        Bad(
            text: Fixture.statistics,
            problem: "1:-: unknown series; pass `--metric NAME --resource ID`"),
    ]

    @Test("a bad record is named with its place", arguments: bad)
    func problem(_ bad: Bad) throws {
        let reading = try Reading(bad.text)
        #expect(reading.problems.first == bad.problem)
        #expect(reading.rejected > 0)
    }

    @Test("a bad line loses only itself; bytes that are not UTF-8 are named")
    func onlyItself() throws {
        var bytes = Array(Fixture.csv.utf8)
        bytes += Array("2026-03-30,cpu,d".utf8) + [0xFF, 0xFE] + Array(",1\n2026-03-30T00:10:00Z,cpu,db,51\n".utf8)
        let reading = try Reading(bytes)
        #expect(reading.problems == ["4:-: the line is not valid UTF-8"])
        #expect(reading.all.count == 3)
    }

    @Test("numbers are read as Swift reads them")
    func numbers() {
        var generator = SplitMix(seed: 2)
        for _ in SlowTests.seeds(20_000, quick: 2000) {
            let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
            guard value.isFinite else { continue }
            for text in ["\(value)", "\(Int64(truncatingIfNeeded: value.bitPattern) % 1_000_000)"] {
                var position = 0
                let read = Array((text + ",").utf8).withUnsafeBufferPointer { NumberScanner.double($0, &position) }
                #expect(read == Double(text) && position == text.utf8.count, "\(text)")
            }
        }
        for text in ["", "-", ".5", "1.", "01", "1e", "+1", "0x10", "nan"] {
            var position = 0
            let read = Array((text + ",").utf8).withUnsafeBufferPointer { NumberScanner.double($0, &position) }
            #expect(read == nil || position < text.utf8.count, "\(text)")
        }
    }
}
