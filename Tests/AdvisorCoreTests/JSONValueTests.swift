import AdvisorCore
import Foundation
import Testing

@Suite("JSON values and their encoder")
struct JSONValueTests {
    private struct Result: Encodable {
        struct Part: Encodable {
            let name: String
            let share: Double
        }

        let firstSample: Timestamp?
        let monthlyCost: Money?
        let unknownCost: Money?
        let count: Int
        let isWhole: Bool
        let parts: [Part]
        let byName: [String: Int]
        let missing: String?
    }

    @Test("keys are in snake_case, times RFC 3339, money an object, and what is unknown is null")
    func encoding() throws {
        let result = Result(
            firstSample: Timestamp(text: "2026-03-01T00:00:00Z"), monthlyCost: Money(text: "25.66"), unknownCost: nil, count: 3,
            isWhole: true, parts: [Result.Part(name: "a", share: .infinity)], byName: ["camelCase": 1], missing: nil)
        #expect(
            JSONValue.encoding(result).line()
                == #"{"by_name":{"camelCase":1},"count":3,"first_sample":"2026-03-01T00:00:00Z","is_whole":true,"#
                + #""missing":null,"monthly_cost":{"amount":"25.66","currency":"USD"},"parts":[{"name":"a","share":null}],"#
                + #""unknown_cost":null}"#)
    }

    @Test("an optional result is null or the result")
    func optional() {
        #expect(JSONValue.encoding(Int?.none) == .null)
        #expect(JSONValue.encoding(["a", nil]) == .array([.text("a"), .null]))
    }

    @Test(
        "text as Foundation writes it",
        arguments: [
            (JSONValue.text("x/\u{1}\u{1f}\u{8}\u{c}\n\r\t\"\\한"), #""x/\u0001\u001f\b\f\n\r\t\"\\한""#), (.number(0.1), "0.1"),
            (.number(3), "3"), (.number(1e300), "1e+300"), (.number(.nan), "null"), (.object([:]), "{}"), (.array([]), "[]"),
            (.object(["b": .null, "B": .boolean(true), "a": .integer(-1)]), #"{"B":true,"a":-1,"b":null}"#),
        ])
    func line(_ value: JSONValue, _ text: String) { #expect(value.line() == text) }

    @Test("the indented form")
    func render() {
        let value = JSONValue.object(["a": .array([.integer(1), .object(["b": .null])]), "c": .array([])])
        #expect(
            value.render()
                == "{\n  \"a\" : [\n    1,\n    {\n      \"b\" : null\n    }\n  ],\n  \"c\" : [\n\n  ]\n}\n")
    }
}
