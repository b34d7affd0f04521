import AdvisorCore
import Foundation
import Testing

@Suite("Alert identity and order")
struct AlertTests {
    @Test("an id is made of what the alert is about, and of nothing else")
    func id() {
        let one = Fingerprint.of(["alarm", "cpu/db", "1774915200000"])
        #expect(one == Fingerprint.of(["alarm", "cpu/db", "1774915200000"]))
        #expect(one.count == 32 && one.allSatisfy { $0.isHexDigit })
        #expect(one != Fingerprint.of(["alarm", "cpu/d", "b1774915200000"]))
        #expect(one != Fingerprint.of(["resolved", "cpu/db", "1774915200000"]))
    }

    @Test("what is kept comes back to the millisecond and to the last digit")
    func codable() throws {
        var month = BudgetMonth(name: "monthly", month: "2026-03", limit: Money(50))
        (month.spent, month.source) = (Money(text: "41.200000000000000001"), .bill(form: "CUR"))
        month.passesOn = CivilDate(year: 2026, month: 3, day: 28)
        var alert = Alert(
            id: "a", kind: .budget, severity: .critical, key: "budget/monthly",
            content: .budgetSpent(budget: month, step: 800), at: Timestamp(milliseconds: 1_774_915_200_123),
            startsAt: Timestamp(seconds: 1_774_915_200))
        var measured = RuleMeasurement(resource: "db", since: alert.startsAt)
        (measured.value, measured.threshold) = (.ratio(0.5), .ratio(0.25))
        let reason = AlertReason.ruleInAlarm(rule: RuleName(id: "cpu", title: "CPU"), summary: nil, measured: measured)
        alert.value = .measured(quantity: .bytes(15e9))
        alert.monthlyBefore = Money(text: "13.980000000000000001")
        alert.reasons = [Alert.Reason(rule: "cpu", content: .ended(reason: reason, at: alert.at), cite: "7.2 (1)")]
        let data = try ReasonCoding.encoder.encode(alert)
        #expect(try ReasonCoding.decoder.decode(Alert.self, from: data) == alert)
    }

    @Test("an amount that is none is refused")
    func badAmount() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Money.self, from: Data(#"{"amount":"1e5","currency":"USD"}"#.utf8))
        }
    }
}
