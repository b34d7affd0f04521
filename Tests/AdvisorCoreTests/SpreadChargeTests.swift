import AdvisorCore
import Foundation
import Testing

@Suite("Charges spread over days")
struct SpreadChargeTests {
    private static let start = CivilDate(year: 2026, month: 9, day: 1) ?? CivilDate(daysSinceEpoch: 0)
    private static func day(_ number: Int) -> CivilDate { CivilDate(daysSinceEpoch: start.daysSinceEpoch + number) }

    /// September and October: so many dollars a day measured, and so many spread.
    private static func summary(
        _ granularity: BillStatement.Granularity = .daily, measured: (Int) -> Decimal, spread: (Int) -> Decimal
    ) -> SpendSummary {
        let asOf = Timestamp(day(61))
        let statements = [0...29, 30...60].map { days in
            BillStatement(
                key: BillKey(source: .focus, provider: "AWS", payer: nil, month: BillingMonth(day(days.lowerBound))),
                days: day(days.lowerBound)...day(days.upperBound), granularity: granularity, lines: 9, readAt: asOf, isWhole: true
            )
        }
        let charges = (0..<61).flatMap { number -> [Charge] in
            var even = Charge(day: day(number), service: "ec2", usageType: "Spread", cost: Money(spread(number)))
            even.isSpread = true
            return [even, Charge(day: day(number), service: "ec2", usageType: "Measured", cost: Money(measured(number)))]
        }
        let data = BillingData(statements) { statement in charges.filter { statement.days.contains($0.day) } }
        return SpendSummary(
            book: ChargeLedger([], services: ServiceCatalog(), asOf: asOf), charges: data, asOf: asOf)
    }

    private static let october = (Timestamp(day(30)), Timestamp(day(61)))

    @Test("a bill by month has an exact total, and neither forecast nor anomalies")
    func monthly() throws {
        let summary = Self.summary(.monthly, measured: { _ in 0 }, spread: { $0 < 30 ? 1 : 50 })
        let ledger = try #require(summary.ledger(.total))
        #expect(ledger.charged(Self.october.0, Self.october.1)?.exact == "1550.00")
        #expect(ledger.spend.days.isEmpty)
        #expect(AnomalyDetector().anomaly(of: "ec2", ledger, charges: summary.charges) == nil)
        let budget = Budget(name: "monthly", scope: .total, limit: Money(50))
        let status = BudgetStatus(budget, ledger, month: Self.october.0, asOf: Timestamp(Self.day(61)))
        #expect(status.actual?.exact == "1550.00" && status.gap == .notDaily && status.state == .alarm)
        #expect(summary.charges.daily().isEmpty)
    }

    @Test("in a bill by day, a month's line that grows is no anomaly of a day")
    func noAnomaly() throws {
        let summary = Self.summary(measured: { _ in 30 }, spread: { $0 < 30 ? 1 : 20 })
        let ledger = try #require(summary.ledger(.service("ec2")))
        #expect(ledger.spend.days.count == 61)
        #expect(AnomalyDetector().anomaly(of: "ec2", ledger, charges: summary.charges) == nil)
        #expect(ledger.charged(Self.october.0, Self.october.1)?.exact == "1550.00")
    }

    @Test("an anomaly of what was measured has the whole cost of its days, and its own usage type")
    func anomaly() throws {
        let summary = Self.summary(measured: { $0 >= 58 ? 90 : 30 }, spread: { $0 < 30 ? 1 : 20 })
        let ledger = try #require(summary.ledger(.service("ec2")))
        let found = try #require(AnomalyDetector().anomaly(of: "ec2", ledger, charges: summary.charges))
        #expect((found.days, found.spent.exact, found.usual.exact) == (3, "330.00", "150.00"))
        #expect(found.usageType == CostAnomaly.UsageType(name: "Measured", excess: Money(180)))
    }

    @Test("a service of which most is spread has no measured days, beside others that have")
    func mixed() throws {
        let summary = Self.summary(measured: { _ in 1 }, spread: { _ in 2 })
        #expect(try #require(summary.ledger(.service("ec2"))).spend.days.isEmpty)
        #expect(summary.charges.dailyCosts(service: "ec2").allSatisfy { $0.cost == Money(3) && $0.spread == Money(2) })
    }
}
