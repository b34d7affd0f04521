import AdvisorCore
import Foundation
import Testing

@Suite("Two sources of one bill")
struct SpendSummaryTests {
    private static let march = CivilDate(year: 2026, month: 3, day: 1) ?? CivilDate(daysSinceEpoch: 0)
    private static func time(_ text: String) -> Timestamp { Timestamp(text: text) ?? Timestamp(seconds: 0) }

    /// $2 a day by the bill up to a day, $1 a day by estimated charges up to a time.
    private static func statement(billed days: Int, estimated until: String, asOf: String) -> SpendSummary {
        let last = CivilDate(daysSinceEpoch: march.daysSinceEpoch + days - 1)
        let key = BillKey(source: .focus, provider: "AWS", payer: nil, month: BillingMonth(march))
        let bills =
            days == 0
            ? []
            : [
                BillStatement(
                    key: key, days: march...last, granularity: .daily, lines: days, readAt: time(asOf), isWhole: true)
            ]
        let charges = BillingData(bills) { _ in
            (0..<days).map { number in
                Charge(day: CivilDate(daysSinceEpoch: march.daysSinceEpoch + number), service: "rds", cost: Money(2))
            }
        }
        var samples: [Sample] = []
        var stamp = Timestamp(march)
        while stamp <= time(until) {
            var sample = Sample(start: stamp, period: .seconds(21_600), unit: .usDollars)
            sample.maximum = (stamp - Timestamp(march)).seconds / 86_400
            samples.append(sample)
            stamp = stamp + .seconds(21_600)
        }
        let key2 = SeriesKey(
            namespace: "AWS/Billing", name: "EstimatedCharges", dimensions: [SeriesKey.Dimension("Currency", "USD")])
        let book = ChargeLedger(
            until.isEmpty ? [] : [(key2, samples)], services: ServiceCatalog(), asOf: time(asOf))
        return SpendSummary(book: book, charges: charges, asOf: time(asOf))
    }

    @Test(
        "the newest counts, and never both",
        arguments: [
            (10, "2026-03-11T18:00:00Z", ChargesSource.estimatedCharges, "10.75"),
            (12, "2026-03-11T18:00:00Z", .bill(form: "FOCUS"), "24.00"),
            (0, "2026-03-11T18:00:00Z", .estimatedCharges, "10.75"), (10, "", .bill(form: "FOCUS"), "20.00"),
        ])
    func newest(_ billed: Int, _ estimated: String, _ source: ChargesSource, _ spent: String) throws {
        let asOf = "2026-03-13T12:00:00Z"
        let ledger = try #require(Self.statement(billed: billed, estimated: estimated, asOf: asOf).ledger(.total))
        #expect(ledger.source == source)
        #expect(ledger.charged(Timestamp(Self.march), Self.time("2026-04-01T00:00:00Z"))?.exact == spent)
    }

    @Test("the last day of a bill is not taken for a whole day")
    func partialDay() throws {
        let ledger = try #require(
            Self.statement(billed: 10, estimated: "", asOf: "2026-03-10T06:00:00Z").ledger(.total))
        #expect(ledger.spend.until == Self.time("2026-03-10T06:00:00Z"))
        #expect(ledger.spend.days.last?.share == 0.25)
    }

    @Test("nothing known gives no ledger")
    func nothing() { #expect(Self.statement(billed: 0, estimated: "", asOf: "2026-03-10T06:00:00Z").ledger(.total) == nil) }
}
