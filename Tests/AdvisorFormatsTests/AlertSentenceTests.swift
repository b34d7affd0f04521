import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

/// The sentences of alerts, one table for each language: tests elsewhere assert codes and values.
@Suite("Sentences of alerts")
struct AlertSentenceTests {
    private static let now = Timestamp(text: "2026-03-31T00:00:00Z") ?? Timestamp(seconds: 0)
    private static let start = now - .seconds(900)

    private static func money(_ text: String) -> Money { Money(text: text) ?? Money(0) }

    private static var cpu: AlertReason {
        var measured = RuleMeasurement(resource: "prod-db", since: start)
        (measured.value, measured.threshold, measured.length) = (.ratio(0.91), .ratio(0.8), Quantity(.seconds(300)))
        return .ruleInAlarm(
            rule: RuleName(id: "cpu", title: "CPU above 80 % for 5 minutes"),
            summary: "CPU {value} for {for} on {resource}, limit {threshold}",
            measured: measured)
    }

    private static let reasons: [AlertReason] = [
        cpu, .ruleInAlarm(rule: RuleName(id: "cpu", title: "CPU above 80 %"), summary: nil, measured: nil),
        .noData(since: start, age: Quantity(.seconds(8100)), resource: nil),
        .noData(since: start, age: Quantity(.seconds(8100)), resource: "prod-db"),
        .runFailed(problem: "exports/: no such file", others: 0), .runFailed(problem: "exports/: no such file", others: 1),
        .runFailed(problem: "exports/: no such file", others: 2),
        .active(reason: cpu, since: start), .ended(reason: cpu, at: now), .recommended(rule: "cpu"),
    ]

    private static func anomaly(days: Int, usual: String, mostly usageType: String = "null") -> CostAnomaly? {
        func money(_ amount: String) -> String { #"{"amount":"\#(amount)","currency":"USD"}"# }
        let json =
            #"{"service":"ec2","since":"2026-03-30","days":\#(days),"is_ongoing":true,"spent":\#(money("14.20")),"#
            + #""usual":\#(money(usual)),"usage_type":\#(usageType)}"#
        return try? ReasonCoding.decoder.decode(CostAnomaly.self, from: Data(json.utf8))
    }

    private static var budget: BudgetMonth {
        var budget = BudgetMonth(name: "monthly", month: "2026-03", limit: money("50"))
        (budget.spent, budget.passesOn, budget.source) = (money("41.20"), now.date, .estimatedCharges)
        budget.dataUntil = start
        return budget
    }

    private static var anomalies: [AlertReason] {
        [
            anomaly(days: 1, usual: "0.00").map { .costsMore(service: "NAT gateway", anomaly: $0) },
            anomaly(
                days: 3, usual: "4.40",
                mostly: #"{"name":"NatGateway-Bytes","excess":{"amount":"9.80","currency":"USD"}}"#
            ).map { .costsMore(service: "EC2", anomaly: $0) },
        ].compactMap { $0 }
    }

    private static let move = RecommendationSummary.Step(action: .move, to: .tier(id: "db.t4g.small"))

    private static let contents: [AlertContent] = [
        .firing(target: "prod-db", reason: cpu, others: 0, repeatedSince: nil),
        .firing(target: "prod-db", reason: cpu, others: 1, repeatedSince: start),
        .firing(target: "shop", reason: reasons[2], others: 0, repeatedSince: nil),
        .single(target: "prod-db", reason: cpu),
        .resolved(target: "prod-db", reason: cpu, others: 0, began: start, ended: now),
        .resolved(target: "prod-db", reason: cpu, others: 2, began: start, ended: now),
        .resolved(target: "shop", reason: reasons[2], others: 0, began: start, ended: now),
        .resolved(target: "shop", reason: reasons[4], others: 0, began: start, ended: now),
        .resolved(target: "ec2", reason: anomalies.first, others: 0, began: start, ended: now),
        .resolved(target: "prod-db", reason: nil, others: 0, began: start, ended: now),
        .newMonth(target: "account", reason: cpu, others: 0, began: start, ended: now),
        .recommendation(resource: "prod-db", steps: [move], reason: .recommended(rules: ["cpu", "users"])),
        .recommendation(resource: "prod-db", steps: [move], reason: .checked(outcome: outcome)),
        .recommendation(resource: "prod-db", steps: [move], reason: .rulesOk),
        .budgetSpent(budget: budget, step: 800),
        .budgetSpent(budget: BudgetMonth(name: "rds", month: "2026-03", limit: money("10")), step: 1005),
        .budgetForecast(budget: budget), .receiverDisabled(receiver: "team", problem: "410 Gone"), .test(receiver: "team"),
    ]

    /// What came of a change of which the bill before and after is known.
    private static var outcome: RecommendationOutcome {
        var outcome = RecommendationOutcome(
            rules: .cleared, open: [], bill: .different, expected: money("25.66"), actual: money("30.10"))
        let daily = (0..<20).map { (day: CivilDate(daysSinceEpoch: $0), cost: money($0 < 10 ? "0.46" : "0.84")) }
        outcome.measured = MeasuredCostChange(
            service: "rds", daily: daily, done: Timestamp(CivilDate(daysSinceEpoch: 10)),
            now: Timestamp(CivilDate(daysSinceEpoch: 20)))
        return outcome
    }

    private static let suppressions: [Suppression] = [
        .muted(until: now, reason: nil), .muted(until: now, reason: "backups"), .inhibited(by: "cpu-high"),
        .snoozed(until: now), .snoozed(until: nil), .quietHours(until: now),
    ]

    @Test("of every content, reason and suppression", arguments: Languages.all.map(\.id))
    func sentences(_ id: String) throws {
        let language = try #require(Languages.all.first { $0.id == id })
        var lines: [String] = []
        for content in Self.contents {
            lines += ["\(content.code)", "  \(language.title(content))", "  \(language.summary(content, asOf: Self.now))"]
        }
        #expect(Self.anomalies.count == 2)
        for reason in Self.reasons + Self.anomalies {
            lines += ["\(reason.code)", "  \(language.title(reason))", "  \(language.clause(reason))"]
        }
        for suppression in Self.suppressions {
            lines += [
                "\(suppression.code)", "  \(language.title(suppression))", "  \(language.clause(suppression, asOf: Self.now))",
            ]
        }
        try Golden.expect(lines.joined(separator: "\n") + "\n", is: "alerts-\(id).txt")
    }

    @Test(
        "advice, its change and its withdrawal differ",
        arguments: [
            (RecommendationChangeReason.recommended(rules: ["cpu"]), "ADVICE", "권장"),
            (.moreRules(rules: ["users"], instead: nil), "ADVICE CHANGED", "권장 변경"), (.rulesOk, "WITHDRAWN", "권장 철회"),
        ])
    func advice(_ reason: RecommendationChangeReason, _ english: String, _ korean: String) {
        let content = AlertContent.recommendation(resource: "prod-db", steps: [Self.move], reason: reason)
        let alert = Alert(
            id: "a", kind: .recommendation, severity: .info, key: "recommendation/prod-db", content: content, at: Self.now,
            startsAt: Self.start)
        #expect(Languages.english.label(alert) == english)
        #expect(Languages.korean.label(alert) == korean)
    }

    @Test("a message has a field for each fact and a text for each reason")
    func message() {
        var alert = Alert(
            id: "a", kind: .alarm, severity: .critical, key: "database/prod-db", content: Self.contents[1], at: Self.now,
            startsAt: Self.start)
        (alert.value, alert.threshold) = (.measured(quantity: .ratio(0.91)), .measured(quantity: .ratio(0.8)))
        (alert.monthlyBefore, alert.project) = (Self.money("13.98"), "shop")
        alert.reasons = ["cpu", "storage"].map { rule in
            var reason = Alert.Reason(rule: rule, content: Self.cpu, cite: "guide 3.2")
            reason.startsAt = Self.start
            return reason
        }
        let message = AlertMessage(alert, in: Languages.english)
        #expect(message.fields.map(\.kind) == [.value, .since, .cost, .project])
        #expect(message.fields.map(\.text) == ["91 % (limit 80 %)", "2026-03-30T23:45:00Z", "$13.98 a month", "shop"])
        #expect(message.reasons.count == 2)
        #expect(message.byRule.map(\.alert.rule) == ["cpu", "storage"])
        #expect(message.byRule.map(\.alert.content.code) == ["single", "single"])
        #expect(message.byRule.allSatisfy { $0.value == nil && $0.byRule.isEmpty })
    }
}
