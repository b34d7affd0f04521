import AdvisorTestSupport
import Foundation
import Testing

@Suite("Reasons without an alert")
struct NoAlertReasonTests {
    struct Case: Sendable {
        let name: String
        /// The resource of the case, and what the stack file says of it.
        let resource: String
        var facts = "tier: db.t4g.micro, engine: postgres 15, allocated_storage: 20GiB"
        var rule = "when: avg(cpu) > 80%"
        /// Metric, dimension and age of the one sample.
        var series = ("CPUUtilization", "DBInstanceIdentifier=")
        var stored: String?
        var at = "2026-03-01T23:55:00Z"
        let reason: String
        /// What the values of the reason must have, in JSON with sorted keys.
        let values: String
    }

    static let cases = [
        Case(
            name: "wrong tier", resource: "alpha", rule: "where: tier == \"db.t4g.small\"\n    when: avg(cpu) > 80%",
            reason: "does_not_apply",
            values: #"{"facts":[{"asked":"tier == \"db.t4g.small\"","fact":"tier","value":"db.t4g.micro"}]}"#),
        Case(
            name: "one of several facts", resource: "bravo",
            rule: "where: engine == \"postgres\" and multi_az and tier == \"db.t4g.small\"\n    when: avg(cpu) > 80%",
            reason: "does_not_apply",
            values: #"{"facts":[{"asked":"tier == \"db.t4g.small\"","fact":"tier","value":"db.t4g.micro"}]}"#),
        Case(
            name: "unknown fact of where", resource: "charlie", facts: "engine: postgres 15",
            rule: "where: tier == \"db.t4g.small\"\n    when: avg(cpu) > 80%", reason: "unknown_fact", values: #"{"fact":"tier"}"#
        ),
        Case(
            name: "unknown fact of a threshold", resource: "delta", rule: "when: connections > 10 * replicas",
            series: ("DatabaseConnections", "DBInstanceIdentifier="), reason: "unknown_fact", values: #"{"fact":"replicas"}"#),
        Case(
            name: "metric misspelt", resource: "foxtrot", series: ("CPUUtilisation", "DBInstanceIdentifier="),
            reason: "no_such_series",
            values:
                #""alike":[{"account":null,"dimensions":[{"name":"DBInstanceIdentifier","value":"foxtrot"}],"name":"CPUUtilisation","namespace":"AWS/RDS","region":null}]"#
        ),
        Case(
            name: "resource misspelt", resource: "november", stored: "novembre", reason: "no_such_series",
            values:
                #""alike":[{"account":null,"dimensions":[{"name":"DBInstanceIdentifier","value":"novembre"}],"name":"CPUUtilization","namespace":"AWS/RDS","region":null}]"#
        ),
        Case(
            name: "resource in capitals", resource: "kilo", stored: "KILO", reason: "no_such_series",
            values:
                #""alike":[{"account":null,"dimensions":[{"name":"DBInstanceIdentifier","value":"KILO"}],"name":"CPUUtilization","namespace":"AWS/RDS","region":null}]"#
        ),
        Case(
            name: "another dimension", resource: "lima", series: ("CPUUtilization", "DbClusterIdentifier="),
            reason: "no_such_series",
            values:
                #""alike":[{"account":null,"dimensions":[{"name":"DbClusterIdentifier","value":"lima"}],"name":"CPUUtilization","namespace":"AWS/RDS","region":null}]"#
        ),
        Case(
            name: "stale data", resource: "oscar", at: "2026-03-01T00:05:00Z", reason: "no_data_since",
            values: #"{"metric":"cpu","since":"2026-03-01T00:05:00Z"}"#),
        Case(
            name: "never had data", resource: "quebec", series: ("FreeableMemory", "DBInstanceIdentifier="),
            reason: "never_had_data",
            values:
                #""wanted":{"account":null,"dimensions":[{"name":"DBInstanceIdentifier","value":"quebec"}],"name":"CPUUtilization""#
        ),
        Case(
            name: "statistic not held", resource: "sierra", rule: "when: sum(cpu) > 80%", reason: "statistic_unavailable",
            values: #"{"metric":"cpu","statistic":"sum"}"#),
        Case(
            name: "statistic not held, of a course", resource: "tango",
            rule: "when: time_until(storage_used > 15GB) < 30d\n    fallback: none",
            series: ("FreeStorageSpace", "DBInstanceIdentifier="), reason: "statistic_unavailable",
            values: #"{"metric":"free_storage","statistic":"min"}"#),
        Case(
            name: "too few datapoints", resource: "uniform", rule: "when: avg(cpu, 24h) > 80%", reason: "too_few_datapoints",
            values: #"{"metric":"cpu"}"#),
    ]

    @Test("each case says its reason, in a line and at length")
    func reasons() throws {
        let folder = try TemporaryFolder()
        let (rows, now) = (Self.cases, ["--now", "2026-03-02T00:00:00Z"])
        let resources = rows.map { "  - { id: \($0.resource), kind: database, \($0.facts) }\n" }
        _ = try folder.write("resources:\n" + resources.joined(), to: "advisor.yaml")
        let rules = rows.map { "  - id: for-\($0.resource)\n    title: Mine\n    applies_to: database\n    \($0.rule)\n" }
        _ = try folder.write("rules:\n" + rules.joined(), to: "mine/mine.yaml")
        let samples = rows.map { "\($0.at),AWS/RDS,\($0.series.0),\($0.series.1)\($0.stored ?? $0.resource),40\n" }
        _ = try folder.write("timestamp,namespace,name,dimensions,average\n" + samples.joined(), to: "samples.csv")
        let ingest = try Program.run(["ingest", "samples.csv"] + now, in: folder.url)
        try #require(ingest.status == 0, "\(ingest.errors)\(ingest.output)")
        let run = try Program.run(["rules", "explain", "--format", "json", "--rules", "mine"] + now, in: folder.url)
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        var words: [String: String] = [:]
        let verdicts = object?["verdicts"] as? [[String: Any]] ?? []
        for row in rows {
            let verdict = verdicts.first {
                $0["rule"] as? String == "for-\(row.resource)" && $0["resource"] as? String == row.resource
            }
            let silence = verdict?["silence"] as? [String: Any]
            #expect(silence?["reason"] as? String == row.reason, "\(row.name): \(silence ?? [:])")
            let values = try JSONSerialization.data(
                withJSONObject: silence?["values"] as? [String: Any] ?? [:], options: [.sortedKeys, .withoutEscapingSlashes])
            #expect(String(decoding: values, as: UTF8.self).contains(row.values), "\(row.name): \(silence ?? [:])")
            words[row.name] = silence?["words"] as? String
        }
        #expect(words.count == rows.count && words.values.allSatisfy { !$0.isEmpty })
        for row in [rows[0], rows[4]] {
            let arguments = ["rules", "explain", "for-\(row.resource)", "--resource", row.resource, "--rules", "mine"]
            let run = try Program.run(arguments + now, in: folder.url, environment: ["COLUMNS": "400"])
            #expect(run.output.contains("No alert     \(words[row.name] ?? "?")"), "\(run.output)")
        }
    }

    @Test("disabled, muted, and giving way to another rule")
    func held() throws {
        let folder = try TemporaryFolder()
        let stack = """
            resources:
              - { id: db, kind: database, tier: db.t4g.micro }
            disable: [unused]
            mute:
              - { from: 2026-03-01T23:00:00Z, until: 2026-03-02T06:00:00Z, rules: [quiet], reason: backups }
            """
        _ = try folder.write(stack, to: "advisor.yaml")
        let rule = { (id: String, more: String) in
            "  - { id: \(id), title: A, applies_to: database, when: avg(cpu) > 80%\(more) }\n"
        }
        let rules = rule("unused", "") + rule("quiet", "") + rule("loud", "") + rule("giving-way", ", unless_alarm: loud")
        _ = try folder.write("rules:\n" + rules, to: "mine/mine.yaml")
        let now = ["--now", "2026-03-02T00:00:00Z"]
        _ = try folder.write("timestamp,value\n2026-03-01T23:55:00Z,91\n", to: "cpu.csv")
        let ingest = ["ingest", "cpu.csv", "--metric", "cpu", "--resource", "db", "--rules", "mine"]
        try #require(try Program.run(ingest + now, in: folder.url).status == 0)
        let run = try Program.run(["rules", "explain", "--rules", "mine"] + now, in: folder.url, environment: ["COLUMNS": "200"])
        for line in [
            "▲ quiet                         ALARM, not notified: muted until 2 Mar 06:00: backups",
            "▲ loud                          ALARM: 91 %, the rule is > 80 %; since 2 Mar 00:00",
            "▲ giving-way                    ALARM, not notified: inhibited by loud, which is in ALARM",
            "· unused                        disabled in advisor.yaml:3",
        ] { #expect(run.output.contains(line), "\(run.output)\(run.errors)") }
        for (id, says) in [
            ("unused", "No alert     disabled in advisor.yaml:3"), ("giving-way", "Not notified inhibited by loud"),
        ] {
            let run = try Program.run(["rules", "explain", id, "--rules", "mine"] + now, in: folder.url)
            #expect(run.output.contains(says), "\(run.output)\(run.errors)")
        }
    }
}
