import AdvisorCore
import AdvisorFormats
import Testing

@Suite("Lines of bills for longer than a day")
struct BillSpreadTests {
    private typealias Bill = BillReading

    @Test(
        "a month's line is spread over its days in every form",
        arguments: [
            Bill.curHeader + Bill.cur(cost: "33.48"), Bill.legacyHeader + Bill.cur(cost: "33.48"),
            Bill.focusHeader + Bill.focus(cost: "33.48"), Bill.costExplorer(cost: "33.48"),
        ])
    func month(_ text: String) throws {
        let bill = try Bill(text)
        #expect(bill.problems.isEmpty)
        #expect(bill.days == (1...31).map { "10-\($0 < 10 ? "0" : "")\($0) 1.08~" })
        #expect(Set(bill.lines.map(\.usage)) == [24_000_000_000])
        #expect((bill.total, bill.usage, bill.count) == ("33.48", "744", 1))
    }

    @Test(
        "the sum is exact to the last digit, the remainder on the last day",
        arguments: [
            ("100", "100"), ("0.000000000000000001", "1"), ("-0.1", "0.000000007"),
            ("12345678.123456789012345678", "1000000.000000001"),
            ("0", "150000"), ("-7.77", "-31"),
        ])
    func exact(_ cost: String, _ usage: String) throws {
        for text in [
            Bill.curHeader + Bill.cur(usage: usage, cost: cost), Bill.focusHeader + Bill.focus(usage: usage, cost: cost),
        ] {
            let bill = try Bill(text)
            #expect((bill.total, bill.usage, bill.lines.count) == (cost, usage, 31))
            #expect(Set(bill.lines.sorted { $0.day < $1.day }.dropLast().map(\.cost)).count == 1)
        }
    }

    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var start: String
        var end: String
        var now = "2026-11-10T00:00:00Z"
        var days: [String]
    }

    static let rows = [
        Row(
            testDescription: "across midnight", start: "2026-10-05T22:00:00Z", end: "2026-10-06T01:00:00Z",
            days: ["10-05 4", "10-06 2"]),
        Row(
            testDescription: "the last hour of a day", start: "2026-10-05T23:00:00Z", end: "2026-10-06T00:00:00Z",
            days: ["10-05 6"]),
        Row(testDescription: "a day", start: "2026-10-05T00:00:00Z", end: "2026-10-06T00:00:00Z", days: ["10-05 6"]),
        Row(
            testDescription: "a day of another zone", start: "2026-10-05T00:00:00-08:00", end: "2026-10-06T00:00:00-08:00",
            days: ["10-05 4", "10-06 2"]),
        Row(
            testDescription: "three days", start: "2026-10-05", end: "2026-10-08",
            days: ["10-05 2~", "10-06 2~", "10-07 2~"]),
        Row(
            testDescription: "begun in the month before", start: "2026-09-20T00:00:00Z", end: "2026-10-03T00:00:00Z",
            days: ["10-01 3~", "10-02 3~"]),
        Row(
            testDescription: "ending in the month after", start: "2026-10-30T00:00:00Z", end: "2026-12-01T00:00:00Z",
            days: ["10-30 3~", "10-31 3~"]),
        Row(
            testDescription: "wholly before the month", start: "2026-08-01T00:00:00Z", end: "2026-09-01T00:00:00Z",
            days: ["10-01 6"]),
        Row(
            testDescription: "a month that is not over", start: "2026-10-01T00:00:00Z", end: "2026-11-01T00:00:00Z",
            now: "2026-10-02T12:00:00Z", days: ["10-01 4~", "10-02 2~"]),
        Row(
            testDescription: "a month that has just begun", start: "2026-10-01T00:00:00Z", end: "2026-11-01T00:00:00Z",
            now: "2026-10-01T00:00:00Z", days: ["10-01 6"]),
        Row(testDescription: "without an end", start: "2026-10-05T00:00:00Z", end: "", days: ["10-05 6"]),
        Row(
            testDescription: "an end before the start", start: "2026-10-05T00:00:00Z", end: "2026-10-04T00:00:00Z",
            days: ["10-05 6"]),
    ]

    @Test("a line is spread over its own time, within its month, up to now", arguments: rows)
    func interval(_ row: Row) throws {
        for text in [
            Bill.curHeader + Bill.cur("Usage", row.start, row.end, cost: "6"),
            Bill.focusHeader + Bill.focus(start: row.start, end: row.end, cost: "6"),
        ] {
            let bill = try Bill(text, now: row.now)
            #expect(bill.days == row.days)
            #expect((bill.usage, bill.count) == ("744", 1))
        }
    }

    @Test("lines of one day with other times have days of their own")
    func keys() throws {
        let bill = try Bill(
            Bill.curHeader + Bill.cur("Usage", "2026-10-05T22:00:00Z", "2026-10-06T01:00:00Z", cost: "3")
                + Bill.cur("Usage", "2026-10-05T23:00:00Z", "2026-10-06T01:00:00Z", cost: "4")
                + Bill.cur("Usage", "2026-10-05T03:00:00Z", "2026-10-05T04:00:00Z", cost: "5"))
        #expect(bill.total == "12")
        let first = bill.lines.filter { CivilDate(daysSinceEpoch: $0.day).day == 5 }.reduce(Int128(0)) { $0 + $1.cost }
        #expect(FixedPoint.text(first, digits: FixedPoint.moneyDigits) == "9")
    }

    @Test(
        "what is billed at a moment stays on its day; what accrues is spread",
        arguments: [
            ("Usage", 31), ("SavingsPlanCoveredUsage", 31), ("DiscountedUsage", 31), ("SavingsPlanNegation", 31), ("Credit", 31),
            ("EdpDiscount", 31), ("RIFee", 1), ("Fee", 1), ("SavingsPlanRecurringFee", 1), ("SavingsPlanUpfrontFee", 1),
            ("Tax", 1),
            ("Refund", 1),
        ])
    func kinds(_ kind: String, _ days: Int) throws {
        #expect(try Bill(Bill.curHeader + Bill.cur(kind, cost: "31")).lines.count == days)
        #expect(try Bill(Bill.legacyHeader + Bill.cur(kind, cost: "31")).lines.count == days)
    }

    @Test("Cost Explorer's month that is not over is known up to now")
    func openMonth() throws {
        let bill = try Bill(Bill.costExplorer(to: "2026-10-31", cost: "9"), now: "2026-10-04T00:00:00Z")
        #expect(bill.days == ["10-01 3~", "10-02 3~", "10-03 3~"])
        #expect(bill.covered.values.map { CivilDate(daysSinceEpoch: $0.upperBound).text } == ["2026-10-03"])
    }
}
