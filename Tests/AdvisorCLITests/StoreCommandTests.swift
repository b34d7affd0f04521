import AdvisorTestSupport
import Foundation
import Testing

@Suite("advisor store")
struct StoreCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: [String]) throws -> Program.Run {
        try Program.run(arguments, in: folder.url, environment: ["ADVISOR_NOW": "2026-03-31T00:00:00Z"])
    }

    private func fill() throws {
        // Twelve days of minutes until the 29th.
        let minutes = (0..<2000).map { number in
            let value = Double(number * 37 % 400) / 4
            return "\(1_773_792_000 + number * 517),cpu,prod-db,Percent,60,2,\(value * 2),\(max(0, value - 1)),\(value + 0.1)"
        }
        let cpu = ["timestamp,metric,resource,unit,period,count,sum,min,max"] + minutes
        let more = [
            "timestamp,namespace,name,dimensions,account,region,unit,period,count,sum,average,min,max,percentiles",
            #"2026-03-30T00:00:00.250Z,"A,B","x;y","{""D"":""a\""b, =;"",""E"":""ü""}",012,eu-west-1,Milliseconds,60,3,0.30000000000000004,0.1,-1e-9,1e300,p99=1.5;TM(25%:75%)=2"#,
            #"2026-03-30T00:01:00Z,App,Users,{},,,,,,,17.25,,,"#,
        ]
        for (name, lines) in [("cpu.csv", cpu), ("more.csv", more)] {
            _ = try folder.write(lines.joined(separator: "\n") + "\n", to: name)
            let run = try run(["ingest", name])
            #expect(run.status == 0, "\(run.errors)")
        }
    }

    private func sql(_ text: String, _ store: String = "advisor.db") throws -> String {
        try SQLiteShell.run(text, on: folder.url.appending(path: store).path)
    }

    private static let everything = """
        SELECT account, region, namespace, name, dimensions, start, period, unit, count, sum, average, minimum, maximum,
            (SELECT group_concat(e.name || e.value) FROM extraStatistic e
                WHERE e.seriesId = s.seriesId AND e.start = s.start AND e.period = s.period)
        FROM sample s JOIN series ON series.id = seriesId ORDER BY namespace, name, dimensions, start, period
        """

    @Test("what is exported as CSV goes in again as the same store")
    func roundTrip() throws {
        try fill()
        #expect(try run(["store", "export", "-o", "all.csv"]).status == 0)
        let again = try run(["ingest", "all.csv", "--db", "again.db"])
        #expect(again.status == 0, "\(again.errors)")
        let samples = try sql(Self.everything)
        #expect(samples.split(separator: "\n").count > 1000)
        #expect(try sql(Self.everything, "again.db") == samples)
        #expect(try run(["ingest", "all.csv"]).output.hasPrefix("0 new, "))
    }

    @Test("Prometheus's own reader takes what is exported as OpenMetrics")
    func openMetrics() throws {
        try fill()
        #expect(try run(["store", "export", "--format", "openmetrics", "-o", "all.txt"]).status == 0)
        let text = try String(contentsOf: folder.url.appending(path: "all.txt"), encoding: .utf8)
        #expect(text.hasSuffix("# EOF\n"))
        #expect(text.contains("# TYPE aws_rds_cpuutilization_average gauge\n"))
        #expect(
            text.contains(
                #"a_b_x_y_p99{d="a\"b, =;",e="ü",account_id="012",region="eu-west-1",period="60.0",unit="Milliseconds"} 1.5 "#))
        let script = """
            import sys
            try: from prometheus_client.openmetrics.parser import text_fd_to_metric_families
            except ImportError: sys.exit(77)
            print(sum(len(f.samples) for f in text_fd_to_metric_families(open(sys.argv[1]))))
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, folder.url.appending(path: "all.txt").path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if process.terminationStatus == 77 { return Console.skip("PyPI's prometheus-client is not there") }
        #expect(process.terminationStatus == 0)
        let lines = text.split(separator: "\n").count { !$0.hasPrefix("#") }
        #expect(String(decoding: data, as: UTF8.self) == "\(lines)\n")
    }

    @Test("a backup is a sound store with the same samples, and replaces nothing unasked")
    func backup() throws {
        try fill()
        let made = try run(["store", "backup", "copy.db"])
        #expect((made.status, made.output) == (0, ""))
        #expect(made.errors == "advisor: wrote copy.db; open it with --db, or replace the store with it\n")
        #expect(try sql(Self.everything, "copy.db") == sql(Self.everything))
        #expect(try run(["store", "check", "--db", "copy.db"]).output.hasPrefix("copy.db: no problems; "))
        let refused = try run(["store", "backup", "copy.db"])
        #expect((refused.status, refused.errors) == (64, "copy.db: exists; --force replaces it\n"))
        #expect(try run(["store", "backup", "copy.db", "--force"]).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!names.contains { $0.contains(".part-") })
    }

    @Test("what must not be in a store is found")
    func check() throws {
        try fill()
        _ = try sql(
            """
            UPDATE sample SET minimum = 2, maximum = 1 WHERE rowid IN (SELECT 1) OR start = (SELECT min(start) FROM sample);
            INSERT INTO extraStatistic(seriesId, start, period, name, value) VALUES (1, 1, 1, 'p99', 1);
            UPDATE series SET dimensions = '[]' WHERE id = 1;
            """.replacingOccurrences(of: "rowid IN (SELECT 1) OR ", with: ""))
        let run = try run(["store", "check"])
        #expect(run.status == 74)
        #expect(run.output.contains("table sample: 1 rows have a minimum above their maximum\n"))
        #expect(run.output.contains("advisor.db: table extraStatistic: 1 rows belong to no sample\n"))
        #expect(
            run.output.contains(
                "advisor.db: table series, row id=1: dimensions: cannot be decoded as Dictionary<String, String>\n"))
        #expect(run.errors == "advisor: 3 problems; `advisor store restore` goes back to the newest backup\n")
    }

    @Test("compacting says what it did, gives the room back, and the second time does nothing")
    func compact() throws {
        try fill()
        _ = try folder.write("retention: { 1m: 1d, 5m: 2d, 1h: 10d }\n", to: "advisor.yaml")
        let first = try run(["store", "compact", "--format", "json"])
        #expect(first.status == 0, "\(first.errors)")
        let answer = try #require(
            try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [String: Int])
        #expect(answer["created", default: 0] > 0 && answer["dropped", default: 0] > 0)
        #expect(answer["bytes_after", default: 0] < answer["bytes_before", default: 0])
        let second = try run(["store", "compact"])
        #expect(second.output.split(separator: "\n").filter { !$0.contains("intervals kept") }.count == 1, "\(second.output)")
        #expect(try run(["store", "check"]).status == 0)
        #expect(try run(["report"]).status == 0)
    }
}

/// Says why a test did not run.
private enum Console {
    static func skip(_ reason: String) { print("skipped: \(reason)") }
}
