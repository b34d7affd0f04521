import AdvisorCore
import Foundation
import Testing

@Suite("Cost anomalies")
struct CostAnomalyTests {
    /// A Monday.
    private static let start = CivilDate(year: 2026, month: 2, day: 2) ?? CivilDate(daysSinceEpoch: 0)

    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// A cost a day from 2 February on.
        var costs: [Decimal]
        var planned: [Stack.Planned] = []
        var expected: String?
    }

    private static func day(_ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: 2026, month: month, day: day) ?? CivilDate(daysSinceEpoch: 0)
    }

    private static func flat(_ cost: Decimal, _ count: Int) -> [Decimal] { .init(repeating: cost, count: count) }
    private static let month = flat(2, 27)

    static let rows = [
        Row(testDescription: "nothing changes", costs: flat(2, 40), expected: nil),
        Row(
            testDescription: "three days at three times as much", costs: flat(2, 35) + flat(6, 3),
            expected: "rds since 2026-03-09, 3 days, $18.00 for $6.00, 200 %, ongoing"),
        Row(
            testDescription: "it ended two days ago", costs: flat(2, 33) + flat(6, 3) + flat(2, 2),
            expected: "rds since 2026-03-07, 3 days, $18.00 for $6.00, 200 %"),
        Row(testDescription: "eight days ago is no news", costs: flat(2, 30) + flat(6, 1) + flat(2, 8), expected: nil),
        Row(testDescription: "less than a dollar a day", costs: flat(0.2, 35) + flat(1.1, 3), expected: nil),
        Row(testDescription: "less than half as much again", costs: flat(10, 35) + flat(14.9, 3), expected: nil),
        Row(testDescription: "the first of the month", costs: flat(2, 27) + [40] + flat(2, 3), expected: nil),
        Row(testDescription: "as every month on the 5th", costs: flat(2, 3) + [30] + flat(2, 27) + [30, 2], expected: nil),
        Row(
            testDescription: "weekends are cheaper, Mondays no anomaly", costs: week(6) + [5, 5, 5, 5, 5, 0.5, 0.5, 5],
            expected: nil),
        Row(
            testDescription: "a weekend as dear as a weekday", costs: week(5) + [5, 5, 5, 5, 5, 5],
            expected: "rds since 2026-03-14, 1 days, $5.00 for $0.50, 900 %, ongoing"),
        Row(testDescription: "too little is known", costs: flat(2, 8) + [20], expected: nil),
        Row(testDescription: "a new level is the usual one after two weeks", costs: flat(2, 20) + flat(6, 20), expected: nil),
        Row(
            testDescription: "planned", costs: flat(2, 35) + flat(6, 3),
            planned: [Stack.Planned(service: "rds", from: day(3, 9), to: day(3, 12))], expected: nil),
        Row(
            testDescription: "planned for every service, without an end", costs: flat(2, 35) + flat(6, 3),
            planned: [Stack.Planned(from: day(3, 1))], expected: nil),
        Row(
            testDescription: "planned for another service", costs: flat(2, 35) + flat(6, 1),
            planned: [Stack.Planned(service: "s3", from: day(3, 1))],
            expected: "rds since 2026-03-09, 1 days, $6.00 for $2.00, 200 %, ongoing"),
        Row(
            testDescription: "the plan ends before the spending does", costs: flat(2, 35) + flat(6, 3),
            planned: [Stack.Planned(from: day(3, 9), to: day(3, 10))],
            expected: "rds since 2026-03-11, 1 days, $6.00 for $2.00, 200 %, ongoing"),
        Row(
            testDescription: "from nothing", costs: flat(0, 35) + [7],
            expected: "rds since 2026-03-09, 1 days, $7.00 for $0.00, ongoing"),
        Row(testDescription: "less than usual is no anomaly of cost", costs: flat(8, 35) + flat(0, 3), expected: nil),
    ]

    /// Weeks of $5 a weekday and 50 cents on Saturday and Sunday.
    private static func week(_ count: Int) -> [Decimal] { (0..<count).flatMap { _ in flat(5, 5) + flat(0.5, 2) } }

    @Test("a service that leaves its band", arguments: rows)
    func finds(_ row: Row) throws {
        let days = row.costs.enumerated().map { (CivilDate(daysSinceEpoch: Self.start.daysSinceEpoch + $0), Money($1)) }
        let until = Timestamp(CivilDate(daysSinceEpoch: Self.start.daysSinceEpoch + row.costs.count))
        let ledger = try #require(SpendSeries(days: days, until: until, source: .bill(form: "CUR")))
        let found = AnomalyDetector(planned: row.planned).anomaly(of: "rds", ledger)
        let words = found.map { anomaly in
            "\(anomaly.service) since \(anomaly.since.text), \(anomaly.days) days, \(anomaly.spent) for \(anomaly.usual)"
                + (anomaly.percent.map { ", \($0) %" } ?? "") + (anomaly.isOngoing ? ", ongoing" : "")
        }
        #expect(words == row.expected)
    }

    @Test("the usage type that explains it, and exact amounts, from an imported bill")
    func usageType() throws {
        let first = Self.day(2, 1)
        let key = BillKey(source: .cur, provider: "AWS", payer: "1", month: BillingMonth(first))
        let statement = BillStatement(
            key: key, days: first...Self.day(2, 28), granularity: .daily, lines: 84,
            readAt: Timestamp(Self.day(3, 2)), isWhole: true)
        let charges = BillingData([statement]) { _ in
            (0..<28).flatMap { number -> [Charge] in
                let day = CivilDate(daysSinceEpoch: first.daysSinceEpoch + number)
                let nat = Money(text: number >= 25 ? "9.000000001" : "0.50") ?? Money(0)
                return [
                    Charge(day: day, service: "ec2", usageType: "NatGateway-Bytes", cost: nat),
                    Charge(day: day, service: "ec2", usageType: "NatGateway-Hours", cost: Money(text: "1.08") ?? Money(0)),
                    Charge(day: day, service: "tax", category: .tax, cost: Money(text: "0.10") ?? Money(0)),
                ]
            }
        }
        let statementOfAll = SpendSummary(
            book: ChargeLedger([], services: ServiceCatalog(), asOf: Timestamp(Self.day(3, 1))), charges: charges,
            asOf: Timestamp(Self.day(3, 1)))
        let ledger = try #require(statementOfAll.ledger(.service("ec2")))
        let anomaly = try #require(AnomalyDetector().anomaly(of: "ec2", ledger, charges: charges))
        #expect(anomaly.since == Self.day(2, 26) && anomaly.days == 3)
        #expect(anomaly.spent.exact == "30.240000003")
        #expect(anomaly.usageType == CostAnomaly.UsageType(name: "NatGateway-Bytes", excess: Money(25.5)))
    }
}
