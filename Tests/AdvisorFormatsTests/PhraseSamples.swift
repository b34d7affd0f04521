@testable import AdvisorCore
@testable import AdvisorFormats
import Foundation

/// Every title, and one sample of every case of every phrase, in words.
struct PhraseSamples {
    typealias Group = (name: String, file: String, sentences: [(code: String, text: String)])

    private static let folder = "AdvisorFormats/Presentation/Language"
    private static let now = Timestamp(text: "2026-03-31T00:00:00Z") ?? Timestamp(seconds: 0)
    private static func money(_ text: String) -> Money { Money(text: text) ?? Money(0) }

    private let language: any Language

    init(_ language: any Language) { self.language = language }

    var groups: [Group] { titles + words + phrases }

    private func titles<T: CaseIterable & RawRepresentable<String>>(
        _ type: T.Type, _ file: String, _ words: (T) -> String
    ) -> Group {
        ("\(T.self)", file, T.allCases.map { (Self.snake("\($0)"), words($0)) })
    }

    private func phrases<P>(_ samples: [P], _ file: String, _ words: (P) -> String) -> Group {
        ("\(P.self)", file, samples.map { (Self.snake("\($0)"), words($0)) })
    }

    /// The name of a case, in snake case.
    private static func snake(_ text: String) -> String {
        text.prefix { $0.isLetter || $0.isNumber }.reduce(into: "") { result, character in
            if character.isUppercase { result += "_" }
            result += character.lowercased()
        }
    }

    private var titles: [Group] {
        [
            titles(ReportTitle.self, "\(Self.folder)/ReportTitle.swift", language.title),
            titles(BillTitle.self, "\(Self.folder)/BillTitle.swift", language.title),
            titles(BacktestTitle.self, "\(Self.folder)/BacktestTitle.swift", language.title),
            titles(ExplanationTitle.self, "\(Self.folder)/ExplanationTitle.swift", language.title),
            titles(RecommendationTitle.self, "\(Self.folder)/RecommendationTitle.swift", language.title),
            titles(StatusTitle.self, "\(Self.folder)/StatusTitle.swift", language.title),
        ]
    }

    private var words: [Group] {
        [
            titles(AlarmState.self, "", language.title), titles(Severity.self, "", language.title),
            titles(ResourceKind.self, "", language.title), titles(Stage.self, "", language.title),
            titles(RecommendationChange.Kind.self, "", language.title), titles(RuleTip.Effort.self, "", language.title),
            titles(RuleTip.Risk.self, "", language.title),
            phrases([.given, .measured, .assumed] as [WhatIf.Source], "", language.title),
            phrases([.estimatedCharges, .bill(form: "CUR")] as [ChargesSource], "", language.title),
            phrases(
                [.exact, .meanOfAverages, .percentileOfValues, .percentileOfAverages] as [Provenance], "", language.title),
        ]
    }

    private var phrases: [Group] { [report, bill, savings, plan, backtest, explanation, recommendation, status] }

    private var report: Group {
        phrases(
            [
                .spentOfBudget(spent: Self.money("41.20"), limit: Self.money("50")),
                .spentOfBudget(spent: nil, limit: Self.money("50")), .limit("80 %"), .since("30 Mar 18:05"),
                .okSince("30 Mar 18:05"), .noDataSince("30 Mar 18:05"),
                .rulesWithoutData(gap: "no data for query_time", titles: ["Queries over 500 ms", "p99", "p95"]),
                .rulesWithoutData(gap: "no data for query_time", titles: ["Queries over 500 ms", "p99"]),
                .ignoredResources(count: 1, limit: 500), .ignoredResources(count: 99_500, limit: 500),
                .servicesAsExpected(8), .servicesUnknown(["lambda", "s3"]), .rulesSatisfied(12),
                .score(hits: 3, misses: 1, unknown: 2), .notNotified(.alarm, why: "snoozed"),
                .state(.alarm, value: "91 %", comparison: "> 80 %", since: "30 Mar 18:05"),
                .state(.insufficientData, value: nil, comparison: nil, since: nil),
            ] as [ReportPhrase], "\(Self.folder)/ReportTitle.swift", language.text)
    }

    private static func reconciliation(_ charged: String, tax: String) -> BillReconciliation {
        BillReconciliation(
            begin: now, until: now, charged: money(charged), explained: money("39.90"),
            parts: [.init(service: "tax", title: "Tax", charged: money(tax), explained: money("0"))])
    }

    private var bill: Group {
        phrases(
            [
                .atLeast(Self.money("34.28")),
                .totals(
                    before: Self.money("34.28"), after: Self.money("45.96"),
                    range: (Self.money("40"), Self.money("50")), isWhole: true),
                .totals(before: Self.money("34.28"), after: Self.money("45.96"), range: nil, isWhole: false),
                .listed("$34.28 → $45.96"), .models(fixed: Self.money("14.08"), usage: Self.money("0"), declared: nil),
                .priced("backup beyond the 20 GiB allocated", price: "$0.095", unit: "GB-month"),
                .wholeStack("$34.28 → $45.96"), .pricedFrom("AWS Price List", asOf: "2026-03-01"),
                .soFar(Self.money("41.20")), .budget("monthly"), .ofLimit(Self.money("50")), .more(3),
                .reconciled(Self.reconciliation("40.58", tax: "0.60")), .reconciled(Self.reconciliation("39.30", tax: "-0.60")),
                .otherCurrencies(["EUR", "KRW"]),
            ] as [BillPhrase], "\(Self.folder)/BillTitle.swift", language.text)
    }

    private var savings: Group {
        let allowance = Allowance(
            id: "lambda-requests", title: "Lambda requests", offer: .always, span: .month, amount: 1_000_000, measure: .count,
            beyond: "$0.20 per 1M requests", source: "", asOf: "2026-03-01")
        let usage = FreeTierUsage(allowance: allowance, used: 900_000, expected: 1_100_000, source: .metrics, ends: nil)
        let unknown = FreeTierUsage(allowance: allowance, used: nil, expected: nil, source: nil, ends: nil)
        let account = CloudAccount(credits: [
            CloudAccount.Credit(amount: Money(100), expires: Self.now.date, used: Money(20), usedOn: Self.now.date)
        ])
        let credits = PromotionalCredits(account, charges: BillingData(), at: Self.now).map { [SavingsPhrase.credits($0)] } ?? []
        return phrases(
            credits + [
                .upTo("$12.00"), .saved("$12.00"), .tips(total: "$12.00"), .tips(total: nil), .risk(.low),
                .counted("net of what the larger class costs extra"), .allowance(usage), .allowance(unknown),
                .freePlan(end: Self.now.date, isOver: false), .freePlan(end: Self.now.date, isOver: true),
                .stalePrices(count: 1, oldest: "db.t4g.micro", asOf: "2025-01-01"),
                .stalePrices(count: 3, oldest: "db.t4g.micro", asOf: "2025-01-01"),
                .usageUnknown(["Lambda requests", "S3 storage"]),
            ] as [SavingsPhrase], "\(Self.folder)/BillTitle.swift", language.text)
    }

    private var plan: Group {
        phrases(
            [
                .prices(region: "us-east-1"), .priceCount(all: 180, stale: 2, unknown: 1),
                .price("$0.016", unit: "h", region: "us-east-1"), .hours(730), .age(days: 12, isStale: false),
                .age(days: 400, isStale: true), .age(days: -1, isStale: false), .ownPrice(id: "db.t4g.micro", isSet: true),
                .ownPrice(id: "db.t4g.micro", isSet: false), .users(1310, .measured), .growth(12.5, .assumed),
                .moves(.guide), .oldSample(at: Self.now, age: Quantity(172_800, .time)),
                .firstLimit("CPU above 80 %", month: "2026-05"), .planned("Active users above 1,000", tier: "db.t4g.small"),
                .planned("Active users above 1,000", tier: nil),
            ] as [PlanPhrase], "\(Self.folder)/BillTitle.swift", language.text)
    }

    private var backtest: Group {
        var alerts = Backtest.Alerts()
        (alerts.alarms, alerts.resolved, alerts.held) = ([.critical: 2, .warning: 1], 3, 1)
        let counts: [(kind: EpisodeChange.Kind, count: Int)] = EpisodeChange.Kind.allCases.map { ($0, 1) }
        return phrases(
            [
                .header(from: Self.now - .seconds(30 * 86_400), to: Self.now, rules: 24, episodes: 1), .neverFired(2),
                .didNotApply(1), .advice(resource: "prod-db"), .lastChanges(40, of: 55),
                .cost(following: Self.money("30"), staying: Self.money("28"), days: 30),
                .cost(following: Self.money("28"), staying: Self.money("30"), days: 30),
                .cost(following: Self.money("30"), staying: Self.money("30"), days: 30),
                .costs(there: Self.money("30"), here: Self.money("28")), .alerts(alerts, asOf: Self.now),
                .alerts(Backtest.Alerts(), asOf: Self.now), .longest(40, of: 1200), .peak("94 %"), .compared(counts), .more(3),
            ] as [BacktestPhrase], "\(Self.folder)/BacktestTitle.swift", language.text)
    }

    private var recommendation: Group {
        phrases(
            [
                .changed(resource: "prod-db", headline: language.headline([]), state: "snoozed"),
                .toDeclare(tier: "db.t4g.small"),
                .toDeclare(tier: nil), .whyFrozen(at: "2026-03-31T00:00:00Z"),
                .versions(region: "us-east-1", asOf: "2026-03-01", prices: "8c1f", datapoints: 5, samples: "77ab"),
                .ruleVersion(
                    id: "cpu", version: "8c1f", when: "avg(cpu) > 80%", condition: "tier == \"db.t4g.micro\"",
                    variables: ["cpu_limit = 80 %"]),
                .notEvaluated(rule: "cpu"), .neverPays(present: "db.t4g.micro"),
                .paysAbove(load: "40 %", tier: "db.m7g.large", present: "db.t4g.large"),
                .costs(tier: "db.t4g.small", cost: "$25.66", withLoad: "$37.67"), .range("$2.00", "$8.00"),
                .creditsUnknown(until: "16 Mar 19:00"),
                .creditsUnknown(until: nil), .together(["30 GiB", "Multi-AZ"]),
            ] as [RecommendationPhrase], "\(Self.folder)/RecommendationTitle.swift", language.text)
    }

    private var status: Group {
        let hours = Quantity(7200, .time)
        let next = StatusStep.allCases.map { StatusPhrase.next($0, command: "advisor run") }
        return phrases(
            [
                .at(Self.now, ago: hours), .inFuture(Self.now), .run("2026-03-31T00:00:00Z, 2 h ago", exitCode: 0),
                .run("2026-03-31T00:00:00Z, 2 h ago", exitCode: 65), .run("2026-03-31T00:00:00Z, 2 h ago", exitCode: nil),
                .stale(resource: "db", newest: "2026-03-31T00:00:00Z, 2 h ago"),
                .entries(pending: 1, paused: 0, failed: 2, delivered: 14), .oldest(hours), .disabled("410 Gone"),
                .alert(key: "database/db", since: Self.now, notified: hours),
                .alert(key: "database/db", since: nil, notified: nil), .suppressedBy(["snoozed"]),
                .until(Self.now, reason: "backups"), .suppressedCount(3),
            ] + next, "\(Self.folder)/StatusTitle.swift", language.text)
    }

    private var explanation: Group {
        phrases(
            [
                .value(of: "avg(cpu)", is: "91.2 %", isOfNewest: true), .value(of: "tier", is: "db.t4g.micro", isOfNewest: false),
                .unknown(why: "the expression divides by zero"), .unknownOfNewest(why: "the expression divides by zero"),
                .asOf("rules/cpu.yaml:3", "2026-03-31T00:00:00Z"),
                .coverage(5, of: 12, start: "2026-03-30T23:00:00Z", end: "2026-03-31T00:00:00Z"),
                .newestSamples(2, values: ["91 %", "92 %"]), .sampleCount(60),
                .evaluated(at: "2026-03-31T00:00:00Z", datapoints: 3, hasOlder: true),
                .evaluated(at: "2026-03-31T00:00:00Z", datapoints: 1, hasOlder: false), .factsDecide("true"),
            ] as [ExplanationPhrase], "\(Self.folder)/ExplanationTitle.swift", language.text)
    }
}
