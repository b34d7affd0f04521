import AdvisorTestSupport
import Foundation
import Testing

@Suite("Report sections: bill and steps")
struct SectionTests {
    @Test("the bill and the steps, at two widths", arguments: SlowTests.cases([60, 100], quick: 1))
    func text(_ columns: Int) throws {
        let folder = try DemoStore.makeEvaluated()
        let run = try Program.run(
            ["report", "--bill", "--steps"] + DemoStore.now, in: folder.url,
            environment: ["COLUMNS": "\(columns)"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output.contains(
                "--db-instance-identifier qp-dualtetrax-prod --db-instance-class db.t4g.small --apply-immediately"))
        let bill = run.output.components(separatedBy: "\nBill, a month\n").last ?? ""
        #expect(bill.split(separator: "\n").allSatisfy { $0.count <= columns })
        let steps = run.output.components(separatedBy: "       # for a rollback").first?.components(separatedBy: "    1. ").last
        #expect(steps?.isEmpty == false)
        try Golden.expect("Bill, a month\n" + bill, is: "bill-\(columns).txt")
    }

    @Test("for programs: before, after, what is unknown, and the steps")
    func json() throws {
        let folder = try DemoStore.makeEvaluated()
        let run = try Program.run(["report", "--steps", "--format", "json"] + DemoStore.now, in: folder.url)
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let (before, after) = (document?["bill_before"] as? [String: Any], document?["bill_after"] as? [String: Any])
        func amount(_ bill: [String: Any]?, _ key: String) -> String? { (bill?[key] as? [String: String])?["amount"] }
        for (bill, fixed) in [(before, "13.98"), (after, "25.66")] {
            #expect(amount(bill, "fixed") == fixed && amount(bill, "declared") == "21.80")
            let parts = ["fixed", "usage", "declared"].compactMap { amount(bill, $0) }.compactMap { Decimal(string: $0) }
            #expect(parts.count == 3)
            #expect(amount(bill, "at_least").flatMap { Decimal(string: $0) } == parts.reduce(0, +))
        }
        #expect(before?["total"] is NSNull)
        #expect((before?["unknown"] as? [Any])?.isEmpty == false)
        let lines = before?["lines"] as? [[String: Any]] ?? []
        #expect(
            lines.allSatisfy { line in
                ["item", "quantity", "unit", "unit_price", "source", "as_of"].allSatisfy { line[$0] != nil }
            })
        let procedures = (document?["procedures"] as? [String: [[String: Any]]])?["qp-dualtetrax-prod"]
        #expect(procedures?.count == 1)
        #expect((procedures?.first?["commands"] as? [Any])?.count == 4)
        #expect((procedures?.first?["window"] as? String)?.contains("its quietest hour") == true)
    }
}
