import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorFormats

/// Samples of files in which little things are wrong: what is read of them, and what is said.
@Suite("Corner cases: forms of samples")
struct SampleCaseTests {
    // MARK: EMF

    private static func emf(_ names: String, _ members: String, dimensions: String = "[[\"App\"]]") -> String {
        let metrics = names.split(separator: ",").map { "{\"Name\":\"\($0)\",\"Unit\":\"Count\"}" }.joined(separator: ",")
        return
            #"{"_aws":{"Timestamp":1774828800000,"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":\#(dimensions),"Metrics":[\#(metrics)]}]},"App":"web",\#(members)}"#
            + "\n"
    }

    struct Message: Sendable, CustomTestStringConvertible {
        let text: String
        let sums: [Double]
        var rejected = 0
        var testDescription: String { text }
    }

    static let messages: [Message] = [
        Message(text: emf("Absent,Users", #""Users":42"#), sums: [42]),
        Message(text: emf("Users,Absent", #""Users":42"#), sums: [42]),
        Message(text: emf("A,B,Users,C", #""Users":42,"B":null,"C":[]"#), sums: [42]),
        Message(text: emf("A,Users", #""A":"x","Users":42"#), sums: [42], rejected: 1),
        Message(text: emf("Users,A", #""A":"x","Users":42"#), sums: [42], rejected: 1),
        Message(
            text: emf("Users", #""Users":42"#).replacing("\"CloudWatchMetrics\":[", with: "\"CloudWatchMetrics\":[{},"),
            sums: [42],
            rejected: 1),
        Message(text: emf("Absent", #""Users":42"#) + emf("Users", #""Users":7"#), sums: [7]),
    ]

    @Test(
        "EMF: a metric without a value is left out, one with a wrong value is named, and the others have theirs",
        arguments: messages)
    func absent(_ message: Message) throws {
        let reading = try Reading(message.text)
        #expect(reading.all.compactMap(\.sum) == message.sums, "\(reading.problems)")
        #expect(reading.rejected == message.rejected, "\(reading.problems)")
        #expect(reading.problems.count == message.rejected, "\(reading.problems)")
    }

    @Test("the event of a subscription of CloudWatch Logs is read")
    func subscription() throws {
        let message = JSONValue.text(String(Self.emf("Users", #""Users":42"#).dropLast())).render()
        let events = #"{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","timestamp":1,"message":\#(message)}]}"#
        let data = Data(try Self.gzip(events)).base64EncodedString()
        let reading = try Reading("{\"awslogs\":{\"data\":\"\(data)\"}}")
        #expect(reading.all.compactMap(\.sum) == [42] && reading.problems.isEmpty, "\(reading.problems)")
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
        return Array(output.fileHandleForReading.readDataToEndOfFile())
    }

    // MARK: Clocks that are changed

    struct Clock: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var zone = "America/New_York"
        /// Local times of a day, each with the number of its line as the value.
        let times: [String]
        /// The UTC times that are stored, each with its value.
        let stored: [String]
        var rejected = 0
        /// What the problem says, beside its place.
        var words = ""
    }

    static let clocks = [
        Clock(
            testDescription: "the hour that New York repeats, in rising order",
            times: [
                "2026-11-01 00:30", "2026-11-01 01:00", "2026-11-01 01:30", "2026-11-01 01:00", "2026-11-01 01:30",
                "2026-11-01 02:00",
            ],
            stored: ["04:30 1", "05:00 2", "05:30 3", "06:00 4", "06:30 5", "07:00 6"],
            words: "is read in the order of the input"),
        Clock(
            testDescription: "the same in falling order",
            times: [
                "2026-11-01 02:00", "2026-11-01 01:30", "2026-11-01 01:00", "2026-11-01 01:30", "2026-11-01 01:00",
                "2026-11-01 00:30",
            ],
            stored: ["04:30 6", "05:00 5", "05:30 4", "06:00 3", "06:30 2", "07:00 1"],
            words: "is read in the order of the input"),
        Clock(
            testDescription: "hours of Berlin", zone: "Europe/Berlin",
            times: ["2026-10-25T01:00", "2026-10-25T02:00", "2026-10-25T02:00", "2026-10-25T03:00"],
            stored: ["23:00 1", "00:00 2", "01:00 3", "02:00 4"], words: "is read in the order of the input"),
        Clock(
            testDescription: "the repeated hour alone, twice",
            times: ["2026-11-01 01:00", "2026-11-01 01:30", "2026-11-01 01:00", "2026-11-01 01:30"],
            stored: ["05:00 1", "05:30 2", "06:00 3", "06:30 4"], words: "is read in the order of the input"),
        Clock(
            testDescription: "only one of the two hours",
            times: ["2026-11-01 00:30", "2026-11-01 01:00", "2026-11-01 01:30", "2026-11-01 02:00"],
            stored: ["04:30 1", "07:00 4"], rejected: 2,
            words: "2026-11-01 01:00 occurs twice in America/New_York, and the order of the input does not show which is meant"),
        Clock(
            testDescription: "an order that shows nothing",
            times: ["2026-11-01 00:30", "2026-11-01 01:30", "2026-11-01 01:00", "2026-11-01 01:30", "2026-11-01 01:00"],
            stored: ["04:30 1"], rejected: 4, words: "occurs twice in America/New_York"),
        Clock(
            testDescription: "the hour that New York skips",
            times: ["2026-03-08 01:30", "2026-03-08 02:10", "2026-03-08 02:40", "2026-03-08 03:00"],
            stored: ["06:30 1", "07:00 4"], rejected: 2,
            words: "clocks in America/New_York skip 2026-03-08 02:10; write times with their zone"),
        Clock(
            testDescription: "the half hour that Lord Howe repeats", zone: "Australia/Lord_Howe",
            times: ["2026-04-05 01:15", "2026-04-05 01:45", "2026-04-05 01:45", "2026-04-05 02:00"],
            stored: ["14:15 1", "14:45 2", "15:15 3", "15:30 4"], words: "is read in the order of the input"),
        Clock(
            testDescription: "a zone that is written", times: ["2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"],
            stored: ["05:30 1", "06:30 2"]),
        Clock(testDescription: "a zone without changes", zone: "Asia/Seoul", times: ["2026-11-01 01:30"], stored: ["16:30 1"]),
    ]

    @Test("local times: no sample is lost or replaced without a word", arguments: clocks)
    func clock(_ clock: Clock) throws {
        let rows = clock.times.enumerated().map { "\($0.element),\($0.offset + 1)\n" }
        let reading = try Reading("timestamp,value\n" + rows.joined()) {
            Reading.cpu(&$0)
            $0.now = Timestamp(seconds: 1_798_761_600)
            $0.zone = TimeZone(identifier: clock.zone)
        }
        let stored = reading.all.sorted { $0.start < $1.start }.map {
            "\($0.start.description.dropFirst(11).prefix(5)) \(Int($0.average ?? 0))"
        }
        #expect(stored == clock.stored)
        #expect(reading.rejected == clock.rejected)
        let isSaid = reading.problems.contains { $0.contains(clock.words) }
        #expect(clock.words.isEmpty ? reading.problems.isEmpty : isSaid, "\(reading.problems)")
    }

    @Test("the repeated hour of two series in one file, and of both hours in JSON")
    func interleaved() throws {
        let times = ["00:30", "01:00", "01:00", "02:00"]
        let rows = times.enumerated().flatMap { index, time in
            ["a", "b"].map { "2026-11-01 \(time),cpu,\($0),\(index + 1)\n" }
        }
        let change: (inout IngestContext) -> Void = {
            $0.now = Timestamp(seconds: 1_798_761_600)
            $0.zone = TimeZone(identifier: "America/New_York")
        }
        let csv = try Reading("timestamp,metric,resource,value\n" + rows.joined(), change: change)
        #expect(csv.samples.count == 2 && csv.all.count == 8 && csv.rejected == 0)
        for samples in csv.samples.values { #expect(Set(samples.map(\.start)).count == 4) }
        let stamps = times.map { "\"2026-11-01 \($0)\"" }.joined(separator: ",")
        let json = try Reading(
            #"{"MetricDataResults":[{"Id":"m","Label":"cpu db","Timestamps":[\#(stamps)],"Values":[1,2,3,4]}]}"#, change: change)
        #expect(Set(json.all.map(\.start)).count == 4 && json.rejected == 0, "\(json.problems)")
    }

    // MARK: Impossible values

    @Test(
        "balances are at most 100 %",
        arguments: [
            ("burst_balance", "130", true), ("burst_balance", "1e10", true), ("burst_balance", "100", false),
            ("ebs_io_balance", "101", true), ("ebs_io_balance", "99.5", false), ("ebs_io_balance", "-1", true),
        ])
    func balance(_ metric: String, _ value: String, _ isRejected: Bool) throws {
        let row = "2026-03-30T00:00:00Z,\(metric),db,\(value),Percent\n"
        let reading = try Reading("timestamp,metric,resource,value,unit\n" + row)
        #expect(reading.rejected == (isRejected ? 1 : 0))
        if isRejected { #expect(reading.problems.first?.hasPrefix("2:-: impossible value of \(metric): ") == true) }
    }

    @Test("every metric that is a share of something has a limit")
    func shares() {
        for metric in Reading.metrics.metrics.values where metric.unit == .percent {
            #expect(metric.limits.maximum != nil, "\(metric.id)")
        }
    }

    // MARK: What is refused

    struct Refusal: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let words: String
        var testDescription: String { "\(words), \(bytes.count) bytes" }

        init(_ start: [UInt8], _ words: String, text: String = "") {
            bytes = start + Array(text.utf8)
            self.words = words
        }
    }

    static let refusals: [Refusal] = [
        Refusal([0xFF, 0xFE, 0x74, 0, 0x69, 0], "UTF-16"), Refusal([0xFE, 0xFF, 0, 0x74, 0, 0x69], "UTF-16"),
        Refusal([0x74, 0, 0x69, 0, 0x6D, 0, 0x65, 0], "UTF-16"), Refusal([], "bzip2 -dc FILE", text: "BZh91AY"),
        Refusal([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0], "xz -dc FILE"),
        Refusal([0x28, 0xB5, 0x2F, 0xFD, 0], "zstd -dc FILE"),
        Refusal([UInt8](repeating: 0x61, count: 257), "a tar archive", text: "ustar"),
        Refusal([0x50, 0x4B, 5, 6, 0, 0, 0, 0], "the zip archive is empty"),
        Refusal([], "notification of SNS", text: #"{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"x"}}]}"#),
        Refusal([], "notification of SNS", text: #"{"Type":"Notification","TopicArn":"a","Message":"x"}"#),
        Refusal([], "aws s3 cp", text: #"{"Records":[{"eventSource":"aws:s3","s3":{"object":{"key":"a"}}}]}"#),
        Refusal([0, 1, 2, 0xFF, 0xFF, 0xFF], "binary data"),
    ]

    @Test("a refusal says what the input is, and what to do", arguments: refusals)
    func refused(_ refusal: Refusal) throws {
        #expect(try SampleFormat.detect(ByteSource(refusal.bytes)) == nil)
        let advice = UnsupportedInput.advice(for: refusal.bytes[...]) ?? ""
        #expect(advice.contains(refusal.words), "\(advice)")
    }

    @Test(
        "a download of the console without a resource is refused with what to pass",
        arguments: [
            "Full label,CPUUtilization\nLabel,CPUUtilization\nTimestamp,CPUUtilization\n2026/03/30 00:00:00,12.5\n",
            "\"Full label\",\"CPUUtilization\"\r\n\"Label\",\"CPUUtilization\"\r\n\"Timestamp\",\"CPUUtilization\"\r\n\"2026/03/30 00:00:00\",\"12.5\"\r\n",
        ])
    func console(_ text: String) throws {
        let reading = try Reading(text)
        #expect(
            reading.problems == [
                "4:-: a download of the console does not say which resource it is of; pass `--resource ID`, and `--metric NAME` unless the label is a metric's name"
            ])
        #expect(reading.rejected == 1)
        let named = try Reading(text.replacing("CPUUtilization", with: "db FreeStorageSpace")) { $0.resource = "db" }
        #expect(named.all.count == 1 && named.rejected == 0)
        #expect(named.samples.keys.first?.name == "FreeStorageSpace")
    }

    @Test(
        "one datum without a namespace is refused with what to pass",
        arguments: [
            #"{"MetricName":"CPUUtilization","Timestamp":"2026-03-01T00:00:00Z","Value":50,"Unit":"Percent"}"#,
            #"{"Unit":"Percent","Values":[50],"Timestamp":1772323200,"MetricName":"CPUUtilization"}"#,
        ])
    func datum(_ text: String) throws {
        let reading = try Reading(text)
        #expect(reading.problems == ["1:-: 'CPUUtilization' has no namespace; give `--namespace NS`"])
        #expect(reading.rejected == 1)
    }
}
