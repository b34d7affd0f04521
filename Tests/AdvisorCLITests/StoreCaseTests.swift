import AdvisorTestSupport
import Foundation
import Testing

/// What happens to stores, facts and percentiles in small inputs that people have.
@Suite("Corner cases: facts, percentiles and what belongs to a store")
struct StoreCaseTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String..., now: String, input: String = "") throws -> Program.Run {
        try Program.run(arguments + ["--now", now], in: folder.url, input: input)
    }

    private static let database =
        "name: x\nstage: launch\nresources:\n  - { id: db, kind: database, tier: db.t4g.micro, engine: postgres 16, allocated_storage: 20GiB }\n"

    private func report(_ now: String, _ options: String...) throws -> [String: Any] {
        let run = try Program.run(["report", "--format", "json", "--now", now] + options, in: folder.url)
        let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let resources = try #require(report?["resources"] as? [[String: Any]], "\(run.errors)")
        return try #require(resources.first { $0["id"] as? String == "db" })
    }

    private func finding(_ rule: String, _ resource: [String: Any]) throws -> [String: Any] {
        let findings = resource["findings"] as? [[String: Any]] ?? []
        return try #require(findings.first { $0["rule"] as? String == rule })
    }

    // MARK: Facts that are out of date

    struct Growth: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// GB free on the first day, and less of them a day.
        let free: Double
        let fall: Double
        /// The number of hours after which the volume has 20 GiB more.
        let grown: Int
        var statistic = "minimum"
    }

    static let growths = [
        Growth(testDescription: "half a GB a day, grown after 12 days", free: 8, fall: 0.5, grown: 288),
        Growth(testDescription: "slowly, grown after 10 days", free: 4, fall: 0.2, grown: 240),
        Growth(testDescription: "averages, grown in the middle of a day", free: 6, fall: 0.4, grown: 252, statistic: "average"),
    ]

    @Test("while samples contradict a declared fact there is no forecast, and no advice to grow", arguments: growths)
    func growth(_ growth: Growth) throws {
        _ = try folder.write(Self.database, to: "advisor.yaml")
        let begin = 1_772_323_200  // 2026-03-01T00:00:00Z
        let rows = (0..<20 * 24).map { hour in
            let free = growth.free - growth.fall * Double(hour) / 24 + (hour >= growth.grown ? 21.47 : 0)
            return "\(begin + hour * 3600),\(Int(free * 1e9))\n"
        }
        _ = try folder.write("timestamp,\(growth.statistic)\n" + rows.joined(), to: "free.csv")
        let ingest = try run(
            "ingest", "free.csv", "--metric", "free_storage", "--resource", "db", now: "2026-03-21T00:00:00Z")
        #expect(ingest.status == 0, "\(ingest.errors)")
        // After the first whole day that contradicts the fact, and the three days of a daily rule's evaluation range, in which
        // CloudWatch keeps a state.
        let first = (growth.grown + 23) / 24 + 5
        for day in first...20 {
            let resource = try report("2026-03-\(day < 10 ? "0" : "")\(day)T00:00:00Z")
            let finding = try finding("storage-full-soon", resource)
            #expect(finding["state"] as? String == "INSUFFICIENT_DATA", "\(day)")
            #expect(finding["value"] is NSNull, "\(day)")
            #expect("\(finding["evidence"] ?? "")".contains("fact_out_of_date"), "\(day)")
            #expect(!"\(resource["recommendation"] ?? "")".contains("grow_storage"), "\(day)")
        }
        // The right size gives a forecast again.
        _ = try folder.write(Self.database.replacing("20GiB", with: "40GiB"), to: "advisor.yaml")
        let known = try finding("storage-full-soon", try report("2026-03-20T00:00:00Z"))
        #expect(known["state"] as? String == "OK")
    }

    // MARK: Percentiles

    struct Percentile: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let metric: String
        let when: String
        /// `value,unit,period,percentiles` of samples, the fine one first.
        let rows: [String]
        let value: Double
        var state = "ALARM"
    }

    static let percentiles = [
        Percentile(
            testDescription: "p95 of the fine sample", metric: "cpu", when: "p95(cpu) < 50%",
            rows: ["99,Percent,300,p95=20", "99,Percent,3600,"], value: 20),
        Percentile(
            testDescription: "p99, both stored", metric: "cpu", when: "p99(cpu) < 50%",
            rows: ["50,Percent,300,p99=30", "50,Percent,3600,p99=90"], value: 30),
        Percentile(
            testDescription: "p90 of a latency", metric: "read_latency", when: "p90(read_latency) > 10ms",
            rows: ["5,Milliseconds,300,p90=20", "900,Milliseconds,3600,p90=700"], value: 0.02),
        Percentile(
            testDescription: "a fine sample without a percentile", metric: "cpu", when: "p95(cpu) < 50%",
            rows: ["99,Percent,300,", "10,Percent,3600,p95=20"], value: 99, state: "OK"),
        Percentile(
            testDescription: "p99.9 beside p99", metric: "cpu", when: "p99.9(cpu) < 50%",
            rows: ["50,Percent,300,p99.9=20;p99=10", "50,Percent,600,p99.9=70"], value: 20),
    ]

    @Test(
        "of a coarse sample and the fine one that replaces it, the stored percentile of the fine one counts",
        arguments: percentiles)
    func percentile(_ row: Percentile) throws {
        _ = try folder.write(Self.database, to: "advisor.yaml")
        _ = try folder.write(
            "rules:\n  - { id: r, title: t, applies_to: database, when: \"\(row.when)\", period: 1h }\n", to: "only/r.yaml")
        for rows in [row.rows, row.rows.reversed()] {
            let lines = rows.map { "2026-03-01T00:00:00Z,\(row.metric),db,\($0)\n" }
            let text = "timestamp,metric,resource,average,unit,period,percentiles\n" + lines.joined()
            let name = "store-\(rows[0].hashValue).db"
            let ingest = try run("ingest", "-", "--db", name, now: "2026-03-01T01:00:00Z", input: text)
            #expect(ingest.status == 0, "\(ingest.errors)")
            let finding = try finding("r", try report("2026-03-01T01:00:00Z", "--rules", "only", "--db", name))
            #expect(finding["state"] as? String == row.state)
            #expect(finding["value"] as? Double == row.value, "\(finding["value"] ?? "")")
        }
    }

    // MARK: Averages in place of extremes

    struct Fallback: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// `average,minimum` in MB, every five minutes.
        let rows: [String]
        var period = "5m"
        let words: String
        let evidence: String
    }

    static let fallbacks = [
        Fallback(
            testDescription: "the newest has a minimum", rows: ["200,", "150,90"], words: "smallest of 5-minute minima",
            evidence: "as stored"),
        Fallback(
            testDescription: "the newest has none", rows: ["200,90", "95,"],
            words: "smallest of 5-minute averages, because no minimum is stored", evidence: "average in place of an extreme"),
        Fallback(
            testDescription: "both in one datapoint", rows: ["200,90", "95,"], period: "10m",
            words: "smallest of 5-minute minima, and of averages where none is stored",
            evidence: "average in place of an extreme"),
    ]

    @Test("an explanation says of the shown value how it was computed", arguments: fallbacks)
    func fallback(_ row: Fallback) throws {
        _ = try folder.write(Self.database, to: "advisor.yaml")
        _ = try folder.write(
            "rules:\n  - { id: r, title: t, applies_to: database, when: min(freeable_memory) < 107MB, period: \(row.period) }\n",
            to: "only/r.yaml")
        let lines = row.rows.enumerated().map { index, row in
            "2026-03-01T00:\(index == 0 ? "00" : "05"):00Z,freeable_memory,db,\(row),Megabytes,300\n"
        }
        let text = "timestamp,metric,resource,average,minimum,unit,period\n" + lines.joined()
        let ingest = try run("ingest", "-", now: "2026-03-01T00:10:00Z", input: text)
        #expect(ingest.status == 0, "\(ingest.errors)")
        let explained = try Program.run(
            ["rules", "explain", "r", "--rules", "only", "--now", "2026-03-01T00:10:00Z"], in: folder.url,
            environment: ["COLUMNS": "300"])
        #expect(explained.output.contains(row.words), "\(explained.output)")
        let finding = try finding("r", try report("2026-03-01T00:10:00Z", "--rules", "only"))
        #expect(finding["state"] as? String == "ALARM")
        #expect((finding["evidence"] as? [String: Any])?["statistic"] as? String == row.evidence)
    }

    // MARK: Typing errors

    @Test(
        "the command that removes a ghost names it as a shell reads it",
        arguments: [("prod-db ", "'prod-db '"), ("prod'db", #"'prod'\''db'"#), ("prod-bd", "prod-bd"), ("prod-$b", "'prod-$b'")])
    func command(_ ghost: String, _ word: String) throws {
        _ = try folder.write("resources: [{ id: prod-db, kind: database }]\n", to: "advisor.yaml")
        let now = "2026-03-01T02:00:00Z"
        let run = try run("ingest", "--metric", "active_users", "--resource", ghost, "--value", "7", now: now)
        #expect(run.errors.contains("`advisor store forget --resource \(word)` removes it"), "\(run.errors)")
        #expect(run.errors.hasPrefix("advisor: new resource "))
    }

    @Test("a run says it with the program's name once; forget takes several resources")
    func several() throws {
        _ = try folder.write(
            "resources: [{ id: prod-db, kind: database }]\ningest: [a.csv]\nalerts: { stale_after: never }\n", to: "advisor.yaml")
        _ = try folder.write(
            "timestamp,metric,resource,value\n2026-03-01T01:59:00Z,cpu,prod-bd,5\n2026-03-01T01:59:00Z,cpu,prd-db,5\n2026-03-01T01:59:00Z,cpu,prod-db,5\n",
            to: "a.csv")
        let now = "2026-03-01T02:00:00Z"
        let errors = try run("run", now: now).errors
        #expect(errors.contains("advisor: new resource 'prod-bd'") && !errors.contains("advisor: advisor:"), "\(errors)")
        let unknown = try run("store", "forget", "--resource", "prod-bd", "--resource", "nothing", "--yes", now: now)
        #expect(unknown.status == 66)
        let forget = try run("store", "forget", "--resource", "prod-bd", "--resource", "prd-db", "--yes", now: now)
        #expect(forget.output == "removed 2 samples of 2 series\n", "\(forget.errors)")
    }

    // MARK: Backups

    @Test(
        "a backup onto a file that belongs to the store is refused, whether it exists or not",
        arguments: ["advisor.db-journal", "advisor.db-shm", "advisor.db.lock", "./advisor.db-wal", "sub/../advisor.db.lock"])
    func backup(_ target: String) throws {
        let now = "2026-03-01T02:00:00Z"
        _ = try run("ingest", "--metric", "cpu", "--resource", "db", "--value", "7", now: now)
        try FileManager.default.createDirectory(atPath: folder.url.path + "/sub", withIntermediateDirectories: true)
        for options in [[], ["--force"]] {
            let backup = try Program.run(["store", "backup", target] + options, in: folder.url)
            #expect(backup.status == 64 && backup.errors.contains("belongs to it"), "\(backup.errors)")
        }
        #expect(try Program.run(["store", "backup", "advisor.db.copy"], in: folder.url).status == 0)
    }
}
