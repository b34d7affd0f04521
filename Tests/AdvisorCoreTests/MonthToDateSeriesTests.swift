import AdvisorCore
import Foundation
import Testing

@Suite("Charges as a monthly counter")
struct MonthToDateSeriesTests {
    private static let march = Timestamp(text: "2026-03-01T00:00:00Z") ?? Timestamp(seconds: 0)
    private static let april = Timestamp(text: "2026-04-01T00:00:00Z") ?? Timestamp(seconds: 0)

    private static func curve(_ figures: [(String, String)]) -> MonthToDateSeries {
        MonthToDateSeries(
            amounts: figures.map { (Timestamp(text: $0.0) ?? march, Money(text: $0.1)?.amount ?? -1) })
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var figures: [(String, String)]
        var march: String?
        var april: String?
    }

    @Test(
        "what a month has cost",
        arguments: [
            Row(
                testDescription: "the reset on the first begins a month",
                figures: [("2026-03-31T12:00:00Z", "40"), ("2026-03-31T18:00:00Z", "41.20"), ("2026-04-01T00:00:00Z", "0.30")],
                march: "41.20", april: "0.30"),
            Row(
                testDescription: "March's last figures that come on 1 April are March's",
                figures: [
                    ("2026-03-31T18:00:00Z", "41.20"), ("2026-04-01T00:00:00Z", "41.50"), ("2026-04-01T06:00:00Z", "41.55"),
                    ("2026-04-01T12:00:00Z", "0.40"),
                ], march: "41.55", april: "0.40"),
            Row(
                testDescription: "after the reset nothing is March's any longer",
                figures: [
                    ("2026-03-31T18:00:00Z", "10"), ("2026-04-01T00:00:00Z", "1"), ("2026-04-01T12:00:00Z", "12"),
                ], march: "10", april: "12"),
            Row(
                testDescription: "a month that never falls below the last one is taken for new after 36 hours",
                figures: [
                    ("2026-03-31T18:00:00Z", "10"), ("2026-04-01T06:00:00Z", "11"), ("2026-04-02T12:00:00Z", "12"),
                ], march: "11", april: "12"),
            Row(
                testDescription: "a credit in the midst of a month makes it fall, and it is the same month",
                figures: [("2026-03-10T00:00:00Z", "20"), ("2026-03-10T06:00:00Z", "5"), ("2026-03-10T12:00:00Z", "5.50")],
                march: "5.50", april: nil),
            Row(
                testDescription: "a bill below zero",
                figures: [("2026-03-10T00:00:00Z", "2"), ("2026-03-10T06:00:00Z", "-3.25")], march: "-3.25", april: nil),
            Row(
                testDescription: "days without figures",
                figures: [("2026-03-02T00:00:00Z", "1"), ("2026-03-20T00:00:00Z", "19")],
                march: "19", april: nil),
            Row(testDescription: "no figure at all", figures: [], march: nil, april: nil),
        ])
    func monthToDate(_ row: Row) {
        let curve = Self.curve(row.figures.shuffled())
        #expect(curve.monthToDate(Self.march)?.exact == row.march.map { Money(text: $0)?.exact ?? $0 })
        #expect(curve.monthToDate(Self.april)?.exact == row.april.map { Money(text: $0)?.exact ?? $0 })
    }

    @Test(
        "what was charged between two times",
        arguments: [
            ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "31.00"),
            ("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "1.00"),
            ("2026-03-02T12:00:00Z", "2026-03-03T00:00:00Z", "0.50"),
            // A month of Seoul's: from 15:00 of the last day on.
            ("2026-02-28T15:00:00Z", "2026-03-31T15:00:00Z", "30.625"),
            ("2026-03-31T00:00:00Z", "2026-04-02T00:00:00Z", "5.00"),
            ("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z", "8.00"),
        ])
    func charged(_ from: String, _ to: String, _ expected: String) throws {
        // A dollar a day in March, four in April, of which two days are known.
        var figures: [(at: Timestamp, amount: Decimal)] = (0...31).map { day in
            (Self.march + .seconds(Int64(day) * 86_400) - .milliseconds(day == 31 ? 1 : 0), Decimal(day))
        }
        figures += [(Self.april + .seconds(86_400), 4), (Self.april + .seconds(2 * 86_400), 8)]
        let curve = MonthToDateSeries(amounts: figures)
        let begin = try #require(Timestamp(text: from))
        let end = try #require(Timestamp(text: to))
        let charged = try #require(curve.charged(from: begin, to: end))
        #expect(charged.amount.rounded(scale: 3) == Money(text: expected)?.amount)
    }

    @Test("what came before the first figure is not dated, and belongs to the month all the same")
    func beginsLate() throws {
        let curve = Self.curve([("2026-03-10T00:00:00Z", "20"), ("2026-03-11T00:00:00Z", "22")])
        #expect(curve.monthToDate(Self.march)?.exact == "22.00")
        let days = DailySpend(curve)?.days ?? []
        #expect(days.map(\.amount) == [2])
        let end = Self.march + .seconds(11 * 86_400)
        #expect(curve.charged(from: Self.march, to: end)?.exact == "22.00")
        #expect(curve.charged(from: Self.march + .seconds(8 * 86_400), to: end)?.exact == "2.00")
    }

    @Test("samples in another unit, or stamped later than now, do not count")
    func samples() {
        func sample(_ hours: Int64, _ value: Double, _ unit: MetricUnit?) -> Sample {
            var sample = Sample(start: Self.march + .seconds(hours * 3600), period: .seconds(21_600), unit: unit)
            sample.maximum = value
            return sample
        }
        let curve = MonthToDateSeries(
            samples: [sample(0, 0.1, .usDollars), sample(6, 0.3, nil), sample(12, 9, .percent), sample(18, 7, .usDollars)],
            asOf: Self.march + .seconds(18 * 3600))
        #expect(curve.monthToDate(Self.march)?.exact == "0.30")
    }
}

@Suite("Charge ledger")
struct ChargesBookTests {
    private static let march = Timestamp(text: "2026-03-01T00:00:00Z") ?? Timestamp(seconds: 0)
    private static let services = ServiceCatalog(services: [
        ServiceCatalog.Service(id: "rds", title: "RDS", aliases: ["AmazonRDS"]),
        ServiceCatalog.Service(id: "ec2", title: "EC2", aliases: ["AmazonEC2", "EC2 - Other"]),
    ])

    private static func series(_ amount: Double, account: String? = nil, region: String? = nil, _ dimensions: [String: String])
        -> (key: SeriesKey, samples: [Sample])
    {
        var sample = Sample(start: march + .seconds(6 * 3600), period: .seconds(21_600), unit: .usDollars)
        sample.maximum = amount
        let key = SeriesKey(
            account: account, region: region, namespace: "AWS/Billing", name: "EstimatedCharges",
            dimensions: dimensions.map { SeriesKey.Dimension($0.key, $0.value) })
        return (key, [sample])
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var series: [(amount: Double, account: String?, dimensions: [String: String])]
        var expected: [ChargeLedger.Scope: String]
        var others: [String] = []
    }

    @Test(
        "nothing is counted twice",
        arguments: [
            Row(
                testDescription: "services and accounts are parts of the whole",
                series: [
                    (10, "1", ["Currency": "USD"]), (7, "1", ["Currency": "USD", "ServiceName": "AmazonRDS"]),
                    (4, "1", ["Currency": "USD", "LinkedAccount": "2"]),
                    (3, "1", ["Currency": "USD", "LinkedAccount": "2", "ServiceName": "AmazonRDS"]),
                ], expected: [.total: "10.00", .service("rds"): "7.00", .account("2"): "4.00", .account("1"): "10.00"]),
            Row(
                testDescription: "an account that a payer names is not added to the payer's bill",
                series: [
                    (10, "1", ["Currency": "USD"]), (4, "1", ["Currency": "USD", "LinkedAccount": "2"]),
                    (4, "2", ["Currency": "USD"]), (3, "2", ["Currency": "USD", "ServiceName": "AmazonRDS"]),
                ], expected: [.total: "10.00", .account("1"): "10.00", .account("2"): "4.00"]),
            Row(
                testDescription: "two accounts with bills of their own are added",
                series: [(10, "1", ["Currency": "USD"]), (4, "2", ["Currency": "USD"])],
                expected: [.total: "14.00", .account("1"): "10.00", .account("2"): "4.00"]),
            Row(
                testDescription: "one bill in two forms, of which one names no account",
                series: [(10, "1", ["Currency": "USD"]), (10, nil, ["Currency": "USD"])],
                expected: [.total: "10.00", .account("1"): "10.00"]),
            Row(
                testDescription: "two names of one service are added",
                series: [
                    (10, nil, ["Currency": "USD"]), (2, nil, ["Currency": "USD", "ServiceName": "AmazonEC2"]),
                    (3, nil, ["Currency": "USD", "ServiceName": "EC2 - Other"]),
                ], expected: [.total: "10.00", .service("ec2"): "5.00"]),
            Row(
                testDescription: "another currency has no sum with dollars",
                series: [(10, nil, ["Currency": "USD"]), (900, nil, ["Currency": "CNY"])], expected: [.total: "10.00"],
                others: ["CNY"]),
        ])
    func scopes(_ row: Row) {
        let series = row.series.map { Self.series($0.amount, account: $0.account, $0.dimensions) }
        let book = ChargeLedger(series.shuffled(), services: Self.services, asOf: Self.march + .seconds(86_400))
        #expect(book.curves.mapValues { $0.monthToDate(Self.march)?.exact ?? "none" } == row.expected)
        #expect(book.otherCurrencies == row.others)
    }
}
