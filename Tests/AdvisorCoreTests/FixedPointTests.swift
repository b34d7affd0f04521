import AdvisorCore
import Testing

@Suite("Exact money amounts")
struct FixedPointTests {
    @Test(
        "a number's text and back",
        arguments: [
            ("0.0000012", "0.0000012"), ("-5", "-5"), ("1.2E-7", "0.00000012"), ("+1e3", "1000"), ("0", "0"), ("-0.50", "-0.5"),
            ("123456789012.123456789012345678", "123456789012.123456789012345678"), (".5", "0.5"), ("5.", "5"),
            ("0.0000000000000000005", "0"), ("0.0000000000000000015", "0.000000000000000002"),
            ("0.00000000000000000051", "0.000000000000000001"),
            ("8.5800000000", "8.58"), ("0.1234567890123456789", "0.123456789012345679"),
        ])
    func text(_ text: String, _ wanted: String) {
        let units = Array(text.utf8).withUnsafeBufferPointer { FixedPoint.units($0, digits: 18) }
        #expect(units.map { FixedPoint.text($0, digits: 18) } == wanted)
    }

    @Test(
        "a bill's amount keeps every digit that a program may write",
        arguments: [
            "0.0000007129600756097104", "71383.3955783751877611204543", "123456789012.123456789012345678901234",
            "-123456789012345678", "999999999999.000000000000000001", "1E-24",
        ])
    func money(_ text: String) {
        let units = Array(text.utf8).withUnsafeBufferPointer { FixedPoint.units($0, digits: FixedPoint.moneyDigits) }
        let isTooLarge = text.hasPrefix("-123456789012345678")
        let written = text == "1E-24" ? "0.000000000000000000000001" : text
        #expect(units.map { FixedPoint.text($0, digits: FixedPoint.moneyDigits) } == (isTooLarge ? nil : written))
    }

    @Test(
        "what is no number",
        arguments: [
            "", "-", ".", "1,000", "1e", "e5", "NaN", "0x10", "1.2.3", "1e99", "1e-9223372036854775808",
            "12345678901234567890123456789",
        ])
    func none(_ text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { FixedPoint.units($0, digits: 18) } == nil)
    }
}
