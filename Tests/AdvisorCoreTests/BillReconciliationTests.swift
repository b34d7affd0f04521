import Foundation
import Testing

@testable import AdvisorCore

@Suite("AWS's charges and what the bill explains of them")
struct BillReconciliationTests {
    private static let begin = Timestamp(text: "2026-03-01T00:00:00Z") ?? Timestamp(seconds: 0)

    private static func line(_ service: String, _ amount: String) -> StackBill.Line {
        let price = Price(usd: Decimal(string: amount), source: .declared, asOf: "")
        return StackBill.Line(
            group: .id(service), service: service, nature: .fixed,
            cost: CostLine(.declared, quantity: 1, unit: "month", price: price))
    }

    private static func charges(_ service: String, _ title: String, _ amount: String) -> SpendReport.Service {
        SpendReport.Service(id: service, title: title, spent: Money(text: amount), before: nil, forecast: nil, limit: nil)
    }

    /// $25.66 and $14.24 a month, charged $25.66, $14.32 and $0.60 of tax in 730 hours.
    private static let bill = StackBill(lines: [line("rds", "25.66"), line("cloudwatch", "14.24")])
    private static let services = [
        charges("rds", "RDS", "25.66"), charges("cloudwatch", "CloudWatch", "14.32"), charges("tax", "Tax", "0.60"),
    ]

    private static func reconciliation(_ charged: String, hours: Int64) -> BillReconciliation? {
        BillReconciliation(
            bill, charged: Money(text: charged) ?? Money(0), services: services, from: begin, to: begin + .seconds(hours * 3600))
    }

    @Test("a month of 730 hours: what is explained and what is not, by service, the largest difference first")
    func wholeMonth() throws {
        let result = try #require(Self.reconciliation("40.58", hours: 730))
        #expect(result.explained.cents == "39.90")
        #expect(result.unexplained.cents == "0.68")
        #expect(result.parts.map { "\($0.title) \($0.unexplained.cents)" } == ["Tax 0.60", "CloudWatch 0.08", "RDS 0.00"])
    }

    @Test("a part of a month explains its share; AWS may charge less")
    func tenDays() throws {
        // 240 of 730 hours: $13.12 of $39.90.
        let result = try #require(Self.reconciliation("13.00", hours: 240))
        #expect(result.explained.cents == "13.12")
        #expect(result.unexplained.cents == "-0.12")
    }

    @Test("the first days of a month are not compared")
    func tooEarly() {
        #expect(Self.reconciliation("5", hours: 71) == nil)
        #expect(Self.reconciliation("5", hours: 72) != nil)
    }

    @Test("a service of the bill without charges is a difference")
    func notCharged() throws {
        let result = try #require(
            BillReconciliation(
                Self.bill, charged: Money(20), services: [Self.charges("rds", "RDS", "20")], from: Self.begin,
                to: Self.begin + .seconds(730 * 3600)))
        #expect(result.parts.map { "\($0.service) \($0.unexplained.cents)" } == ["cloudwatch -14.24", "rds -5.66"])
    }
}
