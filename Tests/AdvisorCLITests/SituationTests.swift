import AdvisorTestSupport
import Foundation
import Testing

/// Situations that a founder knows, as users would meet them: from files to the report.
@Suite("Situations from files to report")
struct SituationTests {
    private static let now = "2026-03-16T00:00:00Z"

    /// 15 days of quarter-hourly samples that end at `now`, each by its number and its hour of the day.
    private static func series(_ metric: String, _ value: (Int, Double) -> Double) -> String {
        (0..<1440).map { number in
            let day = number / 96 + 1
            let minute = number % 96 * 15
            let stamp = String(format: "2026-03-%02dT%02d:%02d:00Z", day, minute / 60, minute % 60)
            let value = value(number, Double(minute) / 60)
            return "\(stamp),\(metric),db,\(value),\(value),\(value)\n"
        }.joined()
    }

    private static func stack(_ tier: String, _ more: String = "") -> String {
        "name: Situation\nstage: launch\nfunding: { round: pre-seed }\nstack: []\n\(more)resources:\n  - { id: db, kind: database, tier: \(tier), engine: postgres 15, allocated_storage: 20GiB, multi_az: false, replicas: 0 }\n"
    }

    private static func report(_ samples: [String], stack: String, _ arguments: [String] = [], columns: Int = 100) throws
        -> Program.Run
    {
        let folder = try TemporaryFolder()
        _ = try folder.write("timestamp,metric,resource,value,min,max\n" + samples.joined(), to: "samples.csv")
        _ = try folder.write(stack, to: "advisor.yaml")
        let ingested = try Program.run(["ingest", "samples.csv", "--now", now, "--quiet"], in: folder.url)
        #expect(ingested.status == 0, "\(ingested.errors)")
        return try Program.run(
            ["report", "--now", now] + arguments, in: folder.url, environment: ["COLUMNS": "\(columns)"])
    }

    private static let steady = [
        series("cpu") { number, _ in number.isMultiple(of: 2) ? 80.5 : 81.5 },
        series("freeable_memory") { _, _ in 300e6 }, series("connections") { _, _ in 30 }, series("active_users") { _, _ in 700 },
        series("free_storage") { _, _ in 15e9 }, series("query_latency") { _, _ in 120 },
    ]

    @Test("steady 80 % on micro: the guide's target, that CPU stays, what surplus costs, and what would clear it")
    func steadyLoad() throws {
        let run = try Self.report(Self.steady, stack: Self.stack("db.t4g.micro"), ["--candidates"])
        #expect(run.output.contains("▲ Move to db.t4g.small"))
        #expect(run.output.contains("CPU stays at 81"))
        #expect(run.output.contains("db.t4g.xlarge is the cheapest that ends every alarm: $191.74 a month."))
        try Golden.expect(run.output, is: "situation-steady.txt")
    }

    @Test("steady 80 % on micro, policy projected: the cheapest tier that clears")
    func steadyProjected() throws {
        let run = try Self.report(Self.steady, stack: Self.stack("db.t4g.micro", "policy: { moves: projected }\n"))
        #expect(run.output.contains("▲ Move to db.t4g.xlarge"))
        try Golden.expect(run.output, is: "situation-steady-projected.txt")
    }

    private static let nightly = [
        series("cpu") { _, hour in hour >= 23 ? 85 : 4 }, series("freeable_memory") { _, _ in 300e6 },
        series("connections") { _, _ in 12 }, series("active_users") { _, _ in 700 }, series("free_storage") { _, _ in 15e9 },
        series("query_latency") { _, _ in 120 },
    ]

    @Test("an hour of load each night: credits suffice, and it says so")
    func nightlyBurst() throws {
        let run = try Self.report(Self.nightly, stack: Self.stack("db.t4g.micro"))
        #expect(run.output.contains("CPU credits suffice"))
        #expect(run.output.contains("staying costs nothing extra"))
        try Golden.expect(run.output, is: "situation-nightly.txt")
        let projected = try Self.report(Self.nightly, stack: Self.stack("db.t4g.micro", "policy: { moves: projected }\n"))
        #expect(projected.output.contains("✓ Stay"))
        #expect(projected.output.contains("CPU credits suffice"))
    }

    private static let quiet = [
        series("cpu") { _, hour in 4 + 6 * (hour / 24) }, series("freeable_memory") { _, _ in 1700e6 },
        series("connections") { _, _ in 8 }, series("active_users") { _, _ in 300 },
        series("free_storage") { _, _ in 15e9 }, series("query_latency") { _, _ in 90 },
    ]

    @Test("quiet for 14 days on small: micro would have held with a fifth to spare")
    func downward() throws {
        let run = try Self.report(Self.quiet, stack: Self.stack("db.t4g.small"))
        #expect(run.output.contains("▼ Move to db.t4g.micro"))
        #expect(run.output.contains("$13.98"))
        try Golden.expect(run.output, is: "situation-quiet.txt")
    }

    @Test("quiet, but only on small since two days: nothing goes down yet")
    func justMoved() throws {
        let stack = Self.stack("db.t4g.small").replacingOccurrences(of: "tier:", with: "since: 2026-03-14, tier:")
        let run = try Self.report(Self.quiet, stack: stack)
        #expect(!run.output.contains("Move to"))
    }

    @Test("a move an hour ago: nothing further is recommended for a day")
    func coolDown() throws {
        let stack = Self.stack("db.t4g.micro").replacingOccurrences(of: "tier:", with: "since: 2026-03-15T23:00:00Z, tier:")
        let run = try Self.report(Self.steady, stack: stack, columns: 200)
        #expect(!run.output.contains("▲ Move"))
        #expect(run.output.contains("no further move is recommended before 16 Mar 23:00"))
    }
}
