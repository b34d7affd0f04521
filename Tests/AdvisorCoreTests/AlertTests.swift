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
        var alert = Alert(
            id: "a", kind: .budget, severity: .critical, key: "budget/monthly", title: "t", summary: "s",
            at: Timestamp(milliseconds: 1_774_915_200_123), startsAt: Timestamp(seconds: 1_774_915_200))
        alert.monthlyBefore = Money(text: "13.980000000000000001")
        alert.reasons = [Alert.Reason(rule: "cpu", text: "CPU 91 %", cite: "7.2 (1)")]
        let data = try JSONEncoder().encode(alert)
        #expect(try JSONDecoder().decode(Alert.self, from: data) == alert)
    }

    @Test("an amount that is none is refused")
    func badAmount() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Money.self, from: Data(#"{"amount":"1e5","currency":"USD"}"#.utf8))
        }
    }
}
