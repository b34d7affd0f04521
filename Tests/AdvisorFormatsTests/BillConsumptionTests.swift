import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

@Suite("Usage on bills that is not consumption")
struct BillConsumptionTests {
    private typealias Bill = BillReading
    private static let day = ("2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z")
    private static let type = "Lambda-GB-Second"

    /// The billed usage of October, and its cost.
    private static func lambda(_ bill: BillReading) throws -> (usage: Decimal?, cost: String?) {
        let key = try #require(bill.lines.first?.bill)
        let (first, last) = (CivilDate(daysSinceEpoch: key.month.firstDay), CivilDate(daysSinceEpoch: key.month.lastDay))
        let statement = BillStatement(
            key: key, days: first...last, granularity: .daily, lines: bill.count, readAt: Timestamp(last), isWhole: true)
        let services = try BundledFiles.services()
        let charges = bill.lines.map { line in
            var charge = Charge(
                day: CivilDate(daysSinceEpoch: line.day), service: services.id(of: line.service) ?? line.service,
                usageType: line.usageType.isEmpty ? nil : line.usageType, category: line.category,
                cost: Money(text: FixedPoint.text(line.cost, digits: FixedPoint.moneyDigits)) ?? Money(0))
            charge.usage = line.usage.flatMap { Decimal(string: FixedPoint.text($0, digits: FixedPoint.usageDigits)) }
            return charge
        }
        let data = BillingData([statement]) { _ in charges }
        let month = BilledMonth(try #require(data.bill(of: key.month)), services: services)
        let id = BilledUsageID(rawValue: "lambda_gb_seconds")
        return (month.quantity(of: id), month.cost(of: id)?.exact)
    }

    @Test(
        "in CUR and legacy CUR",
        arguments: [
            "SavingsPlanNegation", "SavingsPlanRecurringFee", "SavingsPlanUpfrontFee", "RIFee", "Fee", "Refund", "Credit", "Tax",
            "BundledDiscount", "EdpDiscount", "PrivateRateDiscount", "FlatRateSubscription", "Rounding adjustment",
        ], [Bill.curHeader, Bill.legacyHeader])
    func cur(_ kind: String, _ header: String) throws {
        let bill = try Bill(
            header + Bill.cur("Usage", Self.day.0, Self.day.1, usage: "8000", cost: "0.10", type: Self.type)
                + Bill.cur(kind, Self.day.0, Self.day.1, usage: "8000", cost: "-0.04", type: Self.type))
        #expect(try Self.lambda(bill).usage == 8000)
        #expect(bill.total == "0.06")
    }

    @Test("what a savings plan covers is consumption, and costs nothing more")
    func savingsPlan() throws {
        let lines = (1...9).map { day in
            let (start, end) = ("2026-10-0\(day)T00:00:00Z", day == 9 ? "2026-10-10T00:00:00Z" : "2026-10-0\(day + 1)T00:00:00Z")
            return Bill.cur("SavingsPlanCoveredUsage", start, end, usage: "8000", cost: "0.1333336", type: Self.type)
                + Bill.cur("SavingsPlanNegation", start, end, usage: "8000", cost: "-0.1333336", type: Self.type)
                + Bill.cur("SavingsPlanRecurringFee", start, end, usage: "24", cost: "0.24", type: "ComputeSP:1yrNoUpfront")
        }
        for header in [Bill.curHeader, Bill.legacyHeader] {
            let bill = try Bill(header + lines.joined())
            #expect(bill.total == "2.16")
            #expect(try Self.lambda(bill) == (72_000, "0.00"))
        }
    }

    @Test(
        "in FOCUS",
        arguments: [
            ("Usage", "Correction", ""), ("Usage", "", "Unused"), ("Purchase", "", ""), ("Tax", "", ""), ("Credit", "", ""),
            ("Adjustment", "", ""), ("Purchase", "Correction", ""),
        ])
    func focus(_ kind: String, _ chargeClass: String, _ commitment: String) throws {
        let used = Bill.focus(
            "Usage", "", "Used", start: Self.day.0, end: Self.day.1, usage: "8000", cost: "0.10", type: Self.type)
        let other = Bill.focus(
            kind, chargeClass, commitment, start: Self.day.0, end: Self.day.1, usage: "8000", cost: "-0.04", type: Self.type)
        let bill = try Bill(Bill.focusHeader + used + other)
        #expect(try Self.lambda(bill).usage == 8000)
        #expect(bill.total == "0.06")
    }

    @Test(
        "a rounding line without a quantity leaves the quantity known; an invalid one does not", arguments: ["", "NULL", "null"])
    func rounding(_ quantity: String) throws {
        func bill(_ quantity: String) throws -> BillReading {
            try Bill(
                Bill.focusHeader + Bill.focus(start: Self.day.0, end: Self.day.1, usage: "8000", cost: "0.10", type: Self.type)
                    + Bill.focus(start: Self.day.0, end: Self.day.1, usage: quantity, cost: "-0.000001", type: Self.type))
        }
        #expect(try Self.lambda(bill(quantity)) == (8000, "0.099999"))
        #expect(try Self.lambda(bill("12;5")).usage == nil)
    }

    @Test(
        "a usage line of a CUR without a quantity counts with its cost, and leaves the quantity of the others known",
        arguments: ["", "NULL"])
    func withoutQuantity(_ quantity: String) throws {
        for header in [Bill.curHeader, Bill.legacyHeader] {
            let used = Bill.cur("Usage", Self.day.0, Self.day.1, usage: "8000", cost: "0.10", type: Self.type)
            let without = Bill.cur("Usage", Self.day.0, Self.day.1, usage: quantity, cost: "0.02", type: Self.type)
            let bill = try Bill(header + used + without)
            #expect(try Self.lambda(bill) == (8000, "0.12"))
            #expect((bill.rejected, bill.count) == (0, 2))
            #expect(try Self.lambda(Bill(header + without)).usage == nil)
            let damaged = try Bill(
                header + used + Bill.cur("Usage", Self.day.0, Self.day.1, usage: "eight", cost: "0.02", type: Self.type))
            #expect(try Self.lambda(damaged).usage == nil)
            #expect(damaged.total == "0.12")
        }
    }

    @Test(
        "in Cost Explorer",
        arguments: [
            ("Usage", "8000"), ("DiscountedUsage", "8000"), ("Savings Plan Covered Usage", "8000"), ("SavingsPlanNegation", nil),
            ("Savings Plan Negation", nil), ("Recurring", nil), ("Upfront", nil), ("SavingsPlanRecurringFee", nil),
            ("Credit", nil),
            ("Refund", nil), ("Tax", nil), ("Support fee", nil), ("Enterprise Discount Program Discount", nil),
        ] as [(String, String?)])
    func costExplorer(_ record: String, _ usage: String?) throws {
        let bill = try Bill(
            Bill.costExplorer(record, from: "2026-10-05", to: "2026-10-06", usage: "8000", cost: "0.10", type: Self.type))
        #expect(bill.usage == usage)
        #expect(bill.total == "0.1")
    }
}
