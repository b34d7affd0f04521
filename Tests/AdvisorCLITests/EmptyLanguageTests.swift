import AdvisorCore
@testable import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Words decide nothing")
struct EmptyLanguageTests {
    /// What commands left behind: exit codes, the store without the words of alerts, and the report.
    private struct Outcome {
        var statuses: [Int32]
        var records: [String]
        var report: JSONValue
    }

    private static let now = ["--now", "2026-03-31T00:00:00Z"]
    private static let commands: [[String]] = [
        ["evaluate"], ["evaluate", "--fail-on", "warning"], ["recommendations", "claim", "1", "--by", "kim"],
        ["recommendations", "claim", "1"], ["run"], ["deliver"], ["alerts", "list"], ["store", "check"],
        ["rules", "explain", "database-cpu-sustained"], ["report", "--format", "html"], ["whatif", "--growth", "10%"],
    ]

    /// Every table but those of samples; of an alert what is not words.
    private static let records = """
        SELECT * FROM alarm ORDER BY 1, 2, 3;
        SELECT * FROM transition ORDER BY 1, 2, 3, 4;
        SELECT * FROM recommendation ORDER BY 1;
        SELECT * FROM recommendationChange ORDER BY 1;
        SELECT * FROM recommendationEvidence ORDER BY 1;
        SELECT * FROM budgetNotification ORDER BY 1, 2, 3;
        SELECT key, kind, resource, isOpen, notifiedAt FROM alertGroup ORDER BY 1;
        SELECT alertId, receiver, groupKey, isFiring, state, attempts, json_extract(alert, '$.kind'),
            json_extract(alert, '$.severity'), json_extract(alert, '$.key') FROM outboxEntry ORDER BY id;
        """

    private static func outcome(in language: any Language) throws -> Outcome {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            stage: launch
            budget: { monthly: $50 }
            resources: [{ id: db, kind: database, tier: db.t4g.micro, engine: postgres 15, allocated_storage: 20GiB }]
            webhooks: [{ name: log, format: file, path: alerts.jsonl }]

            """, to: "advisor.yaml")
        // Two days of five minutes, the last half of it at full load.
        let start = Timestamp(seconds: 1_774_742_400)  // 2026-03-29T00:00:00Z
        let rows = (0..<576).map { "\(start + .seconds(Int64($0) * 300)),\($0 < 288 ? 30 : 97)" }
        _ = try folder.write("timestamp,value\n" + rows.joined(separator: "\n") + "\n", to: "cpu.csv")
        _ = try Program.run(["ingest", "cpu.csv", "--metric", "cpu", "--resource", "db"] + now, in: folder.url)
        let statuses = try commands.map { try Program.run($0 + now($0), in: folder.url, language: language).status }
        let report = try Program.run(["report", "--format", "json"] + now, in: folder.url, language: language)
        return Outcome(
            statuses: statuses, records: try sql(records, in: folder.url.appending(path: "advisor.db").path),
            report: try #require(JSONValue(json: report.output)))
    }

    private static func now(_ command: [String]) -> [String] {
        ["deliver", "alerts", "store"].contains(command[0]) ? [] : now
    }

    private static func sql(_ text: String, in path: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = [path, text]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The paths at which two documents differ, except where the second has no words.
    private static func differences(_ first: JSONValue, _ second: JSONValue, _ path: String = "$") -> [String] {
        switch (first, second) {
        case (.object(let left), .object(let right)):
            Set(left.keys).union(right.keys).sorted().flatMap { key in
                differences(left[key] ?? .null, right[key] ?? .null, "\(path).\(key)")
            }
        case (.array(let left), .array(let right)) where left.count == right.count:
            zip(left, right).flatMap { differences($0, $1, path) }
        case (.text, .text("")): []
        default: first == second ? [] : ["\(path): \(first) and \(second)"]
        }
    }

    @Test("with every sentence empty: the same exit codes, the same records, and the same report but for its words")
    func same() throws {
        let (english, silent) = (try Self.outcome(in: Languages.english), try Self.outcome(in: SilentLanguage()))
        #expect(english.statuses == silent.statuses)
        #expect(english.statuses.contains(0))
        #expect(english.records == silent.records)
        #expect(english.records.count > 10)
        #expect(Self.differences(english.report, silent.report) == [])
    }
}
