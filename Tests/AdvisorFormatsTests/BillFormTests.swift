import AdvisorCore
import AdvisorFormats
import Testing

@Suite("Forms of bills that people have")
struct BillFormTests {
    private typealias Bill = BillReading

    private static func line(_ cost: String, _ start: String = "2026-10-01", more: String = "") -> String {
        """
        {"BilledCost":\(cost),"BillingCurrency":"USD","ChargeCategory":"Usage","ChargePeriodStart":"\(start)T00:00:00Z",\
        "ChargePeriodEnd":"\(start)T12:00:00Z","ConsumedQuantity":1,"ConsumedUnit":"seat","EffectiveCost":20.0,"ServiceName":"Pro",\
        "ServiceProviderName":"Vercel","PricingCategory":"Standard","Tags":{"a":{"b":[1,2]}}\(more)}
        """
    }

    @Test(
        "FOCUS in JSON: a line each, without a last line break, in an array, over several lines",
        arguments: [
            line("20.0") + "\n" + line("0.000000000000000001", "2026-10-02") + "\n",
            line("20.0") + "\r\n\r\n" + line("\"0.000000000000000001\"", "2026-10-02"),
            "[" + line("20.0") + ",\n" + line("1E-18", "2026-10-02") + "]",
            line("20.0").replacing(",\"", with: ",\n  \"") + "\n" + line("0.000000000000000001", "2026-10-02"),
            "\u{FEFF}" + line("20.000000000000000001", more: ",\"SubAccountId\":null,\"x\":true"),
        ])
    func json(_ text: String) throws {
        let bill = try Bill(text)
        #expect(bill.problems.isEmpty)
        #expect(bill.total == "20.000000000000000001")
        #expect(Set(bill.lines.map(\.bill.provider)) == ["Vercel"])
        #expect(Set(bill.lines.map(\.service)) == ["Pro"])
        #expect(bill.lines.first?.unit == "seat")
    }

    @Test("a damaged line of JSON loses nothing but itself")
    func damagedJSON() throws {
        let bill = try Bill(
            Self.line("1") + "\n{\"BilledCost\": 2, \"Billing\n" + Self.line("\"x\"") + "\n" + Self.line("4", "2026-10-03")
                + "\n" + #"{"BilledCost":5,"ChargeCategory":"Usage","ChargePeriodStart":"2026-10-01"}"# + "\n")
        #expect(bill.total == "5")
        #expect(
            bill.problems == [
                "2:27: unterminated string", "3:-: invalid amount 'x'; write 1234.5, without thousands separators",
                "5:-: the currency is missing",
            ])
        #expect(bill.rejected == 3)
    }

    @Test("text with quotes, commas and line breaks is read as it is")
    func jsonText() throws {
        let bill = try Bill(Self.line("1").replacing("\"Pro\"", with: #""a \"b\", c\nd é""#))
        #expect(bill.lines.map(\.service) == ["a \"b\", c\nd é"])
    }

    @Test(
        "a download of the Cost Explorer console is refused with what to do instead",
        arguments: [
            "\"Service\",\"Relational Database Service($)\",\"EC2-Other($)\",\"Total costs($)\"\n\"Service total\",\"25.66\",\"33.48\",\"59.14\"\n",
            "Service,S3 ($),Total cost ($)\r\n2026-10-01,1,1\r\n", "\u{FEFF}\"Usage type\",\"x(USD)\",\"Total costs(USD)\"\n",
        ])
    func console(_ text: String) throws {
        let bill = try Bill(text)
        #expect(bill.lines.isEmpty && bill.rejected == 1 && bill.problems.count == 1)
        #expect(bill.problems.first?.contains("aws ce get-cost-and-usage --granularity DAILY") == true)
    }

    @Test(
        "times and months as Athena, BigQuery and spreadsheets write them",
        arguments: [
            ("2026-10-03 00:00:00.000 UTC", "2026-10-03 01:00:00.000 UTC", "2026-10-01 00:00:00.000 UTC"),
            ("2026-10-03 00:00:00 UTC", "2026-10-03 01:00:00 UTC", "202610"),
            ("2026-10-03T00:00:00UTC", "2026-10-04T00:00:00GMT", "20261001"),
            ("2026-10-03 00:00:00.000", "2026-10-04 00:00:00.000", "2026-10"),
            ("2026-10-03 00:00:00+00:00", "2026-10-03 01:00:00+00:00", "2026-10-01"),
        ])
    func times(_ start: String, _ end: String, _ month: String) throws {
        let line = Bill.cur("Usage", start, end, cost: "0.032").replacing("333,2026-10-01T00:00:00Z", with: "333,\(month)")
        let bill = try Bill(Bill.curHeader + line + line.replacing("0.032", with: "1.0E-9").replacing("744", with: "1.0E0"))
        #expect(bill.problems.isEmpty)
        #expect(bill.days == ["10-03 0.032000001"])
        #expect((bill.usage, bill.count) == ("745", 2))
    }

    @Test("amounts and quantities as programs write them are exact")
    func numbers() throws {
        let costs = ["0E-10", "1.0E-9", "1.23E+3", "+0.032", ".032"]
        let quantities = ["1.0E0", "+1", "1.", "1e0", "1"]
        let lines = zip(costs, quantities).map { cost, quantity in
            Bill.cur("Usage", "2026-10-03T00:00:00Z", "2026-10-03T01:00:00Z", cost: cost).replacing("744", with: quantity)
        }
        let bill = try Bill(Bill.curHeader + lines.joined())
        #expect(bill.problems.isEmpty)
        #expect((bill.total, bill.usage, bill.count) == ("1230.064000001", "5", 5))
    }

    /// The lines of a file that people have, each with another spelling of times, months and amounts.
    private static let spellings = [
        ("2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-10-01T01:00:00Z", "1", "0E-10"),
        ("2026-10-01T00:00:00Z", "2026-10-01T01:00:00Z", "2026-10-01T02:00:00Z", "1.0E0", "1.0E-9"),
        ("2026-10-01T00:00:00Z", "2026-10-01T02:00:00Z", "2026-10-01T03:00:00Z", "1", "1.23E+3"),
        ("2026-10-01 00:00:00.000", "2026-10-02 00:00:00.000", "2026-10-02 01:00:00.000", "1", "0.032"),
        ("2026-10-01 00:00:00.000 UTC", "2026-10-03 00:00:00.000 UTC", "2026-10-03 01:00:00.000 UTC", "1", "0.032"),
        ("2026-10-01 00:00:00+00:00", "2026-10-04 00:00:00+00:00", "2026-10-04 01:00:00+00:00", "1", "0.032"),
        ("2026-10-01", "2026-10-05", "2026-10-06", "24", "0.768"),
        ("2026-10-01T00:00:00.000Z", "2026-10-06T00:00:00.000Z", "2026-10-06T01:00:00.000Z", "1", "+0.032"),
        ("20261001", "2026-10-07T00:00:00Z", "2026-10-07T01:00:00Z", "1", ".032"),
    ]

    @Test("a file with every spelling has its exact total", arguments: [(9, "1230.928000001"), (8, "1230.896000001")])
    func spellings(_ count: Int, _ total: String) throws {
        let lines = Self.spellings.prefix(count).map { month, start, end, usage, cost in
            Bill.cur("Usage", start, end, cost: cost).replacing("333,2026-10-01T00:00:00Z", with: "333,\(month)")
                .replacing("744", with: usage)
        }
        let bill = try Bill(Bill.curHeader + lines.joined())
        #expect(bill.problems.isEmpty)
        #expect((bill.total, bill.count) == (total, count))
    }

    @Test("what is no month is refused", arguments: ["20261301", "2026100", "202613", "october"])
    func months(_ month: String) throws {
        let line = Bill.cur(cost: "1").replacing("333,2026-10-01T00:00:00Z", with: "333,\(month)")
        #expect(try Bill(Bill.curHeader + line).rejected == 1)
    }

    @Test("a line without a service is one of `unnamed`", arguments: ["", " ", "\"\""])
    func unnamed(_ service: String) throws {
        let header =
            "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ServiceName,ProviderName\n"
        let line = "USD,2026-10-01T00:00:00Z,Usage,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z"
        let bill = try BillReading(
            header + "12.50,\(line),Amazon RDS,AWS\n99,\(line),\(service),AWS\n-0.01,\(line),\(service),AWS\n")
        #expect(Set(bill.lines.map(\.service)).contains("unnamed"))
        #expect((bill.total, bill.count, bill.rejected) == ("111.49", 3, 0))
    }

    @Test("a row may lack trailing empty cells", arguments: ["\n", ""])
    func shortRows(_ end: String) throws {
        let whole = Bill.cur("Usage", "2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z", cost: "1")
        // A fee has no unit, and the program leaves out the cell.
        let short = String(Bill.cur("Fee", "2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z", cost: "2").dropLast(5)) + "\n"
        let bill = try Bill(Bill.curHeader + whole + short + whole + short.dropLast() + end)
        #expect(bill.problems.isEmpty)
        #expect((bill.total, bill.usage) == ("6", "1488"))
        #expect(bill.lines.first { $0.category == .purchase }?.cost == 4_000_000_000_000_000_000_000_000)
    }

    @Test("a row that lacks what it needs, or is cut off with the file, is refused")
    func cutRows() throws {
        let whole = Bill.cur("Usage", "2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z", cost: "1.25")
        let cut = try Bill(Bill.curHeader + whole + whole.dropLast(6))
        #expect((cut.total, cut.problems) == ("1.25", ["3:-: the line has 11 of 12 cells"]))
        let missing = try Bill(Bill.curHeader + whole.dropLast(12) + "\n" + whole)
        #expect((missing.total, missing.problems) == ("1.25", ["2:-: the line has 10 of 12 cells"]))
        let focus = Bill.focusHeader.dropLast() + ",Tags\n"
        let tagless = try Bill(focus + Bill.focus(start: "2026-10-05", end: "2026-10-06", cost: "3"))
        #expect((tagless.total, tagless.problems) == ("3", []))
    }
}
