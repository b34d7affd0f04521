import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Testing

/// What a report says after an alarm is over, and beside advice in hand.
@Suite("Recovery, and advice in hand")
struct RecoveryTests {
    private static func page(_ situation: String, life: RecommendationRecord.State? = nil) throws -> String {
        var report = try #require(Situation.all.first { $0.name == situation }).report()
        let entry = try #require(report.entries.first)
        if let life {
            let steps = [
                RecommendationSummary.Step(action: .move, from: .tier(id: "db.t4g.micro"), to: .tier(id: "db.t4g.small"))
            ]
            let summary = RecommendationSummary(steps: steps, rules: ["database-cpu-sustained"], severity: .warning)
            var record = RecommendationRecord(kind: .database, resource: entry.resource.id, summary: summary, at: report.asOf)
            (record.id, record.state) = (3, life)
            report.entries[0].life = record
        }
        let options = ReportFormat.Options(width: 110, language: TestLanguage.current)
        return try #require(ReportFormat.all.first { $0.id == "text" }).render(report, options)
    }

    @Test(
        "claimed, done, dismissed and snoozed advice hides no alarm",
        arguments: [RecommendationRecord.State.claimed, .done, .dismissed, .snoozed])
    func alarmStays(_ state: RecommendationRecord.State) throws {
        let page = try Self.page("CPU at 81 % all the time", life: state)
        #expect(page.contains("  · Move to db.t4g.small (#3): \(state.rawValue)"))
        #expect(page.contains("  ▲ CPU above 80 % for 5 minutes"))
        #expect(page.contains("81 %  limit 80 %"))
    }

    @Test("a rule that left ALARM is said to be OK since then, and its metric is shown once")
    func recovered() throws {
        let page = try Self.page("CPU at 95 % two hours a night, seen at noon")
        #expect(page.contains("4 %  limit 80 %    OK since 16 Mar 02:00"))
        #expect(!page.contains("CPU 4 % of 80 %"))
    }

    @Test("open advice whose rules have no data is kept, and that is said")
    func withoutData() throws {
        let page = try Self.page("CPU at 91 %, of which there is no sample for 30 hours", life: .open)
        #expect(page.contains("Move to db.t4g.small (#3): open since 16 Mar 00:00; kept until its rules have data again"))
        #expect(page.contains("? Insufficient data"))
        #expect(page.contains("no data for cpu since 14 Mar 17:00"))
    }
}
