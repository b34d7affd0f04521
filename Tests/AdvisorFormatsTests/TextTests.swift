import AdvisorCore
import Foundation
import Testing

@testable import AdvisorFormats

@Suite("Numbers, durations and dates as text")
struct TextTests {
    struct Values: Sendable, CustomTestStringConvertible {
        let text: String
        let expected: [Double?]?
        init(_ text: String, _ expected: [Double?]?) { (self.text, self.expected) = (text, expected) }
        var testDescription: String { "'\(text)'" }
    }

    @Test(
        "a scenario's values",
        arguments: [
            Values("50", [50]), Values("50 60", [50, 60]), Values("85x2", [85, 85, 85]), Values("0+10x3", [0, 10, 20, 30]),
            Values("10-5x2", [10, 5, 0]), Values("-1", [-1]), Values("-1-1x1", [-1, -2]), Values("_", [nil]),
            Values("_x2", [nil, nil]), Values("1 _x2 2x0", [1, nil, nil, 2]), Values("1e3+1x1", [1000, 1001]),
            Values("1.5+0.25x2", [1.5, 1.75, 2]), Values("1e-3", [0.001]), Values(" 1\n2\t", [1, 2]),
            Values("", nil), Values("a", nil), Values("1x", nil), Values("1x-1", nil), Values("1x2x3", nil), Values("_2", nil),
            Values("nan", nil), Values("inf", nil), Values("1+x2", nil), Values("x3", nil), Values("1x9999999", nil),
            Values("1+infx2", nil), Values("1+nanx1", nil),
        ])
    func values(_ row: Values) { #expect(ScenarioFile.values(row.text) == row.expected) }

    @Test("a count of missing values below zero is none, and does not crash")
    func negativeMissing() async {
        await #expect(processExitsWith: .success) { _ = ScenarioFile.values("_x-1") }
    }

    struct Quantity: Sendable, CustomTestStringConvertible {
        let text: String
        let read: @Sendable (String) -> Double?
        let expected: Double?
        init(_ read: @escaping @Sendable (String) -> Double?, _ text: String, _ expected: Double?) {
            (self.text, self.read, self.expected) = (text, read, expected)
        }
        var testDescription: String { "'\(text)'" }
    }

    private static let duration: @Sendable (String) -> Double? = { QuantityText.duration($0).map { Double($0.milliseconds) } }
    private static let bytes: @Sendable (String) -> Double? = { QuantityText.bytes($0) }
    private static let percent: @Sendable (String) -> Double? = { QuantityText.percent($0) }
    private static let money: @Sendable (String) -> Double? = {
        QuantityText.money($0).map { NSDecimalNumber(decimal: $0).doubleValue }
    }

    static let durations = [
        Quantity(duration, "5m", 300_000), Quantity(duration, "90s", 90_000), Quantity(duration, "1h", 3_600_000),
        Quantity(duration, "30d", 2_592_000_000), Quantity(duration, "1.5h", 5_400_000), Quantity(duration, "10 m", 600_000),
        Quantity(duration, "20ms", 20), Quantity(duration, "0m", nil), Quantity(duration, "-5m", nil),
        Quantity(duration, "5", nil), Quantity(duration, "m", nil), Quantity(duration, "5 minutes", nil),
        Quantity(duration, "1.2.3m", nil), Quantity(duration, "1e3s", nil), Quantity(duration, "0.1ms", nil),
        Quantity(duration, "9999999999s", nil),
    ]
    static let sizes = [
        Quantity(bytes, "20GiB", 21_474_836_480), Quantity(bytes, "400MB", 4e8), Quantity(bytes, "10 GB", 1e10),
        Quantity(bytes, "1kB", 1000), Quantity(bytes, "1KiB", 1024), Quantity(bytes, "0B", 0), Quantity(bytes, "1_000B", 1000),
        Quantity(bytes, "20", nil), Quantity(bytes, "20gb", nil), Quantity(bytes, "-1GB", nil), Quantity(bytes, "GB", nil),
        Quantity(percent, "80%", 0.8), Quantity(percent, "0%", 0), Quantity(percent, "12.5%", 0.125),
        Quantity(percent, "80", nil), Quantity(percent, "-1%", nil), Quantity(percent, "nan%", nil),
        Quantity(percent, "1e999%", nil), Quantity(percent, "%", nil), Quantity(percent, "0x10%", nil),
    ]
    static let amounts = [
        Quantity(money, "$50", 50), Quantity(money, "50 USD", 50), Quantity(money, "$60K", 60_000),
        Quantity(money, "$1.5M", 1_500_000), Quantity(money, "$1,234.50", 1234.5), Quantity(money, "$0", 0),
        Quantity(money, "50", nil), Quantity(money, "€50", nil), Quantity(money, "$", nil), Quantity(money, "$-5", nil),
        Quantity(money, "$1.2.3", nil), Quantity(money, "USD", nil), Quantity(money, "$K", nil), Quantity(money, "$.", nil),
    ]

    @Test("a quantity", arguments: durations + sizes + amounts)
    func quantity(_ row: Quantity) { #expect(row.read(row.text) == row.expected) }

    @Test("money is exact")
    func exact() { #expect(QuantityText.money("$0.1") == Decimal(1) / 10) }

    @Test(
        "text for a terminal",
        arguments: [
            ["plain é 한", "plain é 한"], ["a\u{1B}[31mb", "a\u{FFFD}[31mb"], ["a\nb\tc\rd", "a b c d"],
            ["\u{7F}\u{9B}", "\u{FFFD}\u{FFFD}"],
            ["\u{202E}x\u{2066}", "\u{FFFD}x\u{FFFD}"], ["\u{0}", "\u{FFFD}"], ["a\u{2028}b", "a b"], ["", ""],
            ["\u{061C}x", "\u{FFFD}x"], ["a\u{200B}b\u{FEFF}c\u{200D}d", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d"],
            ["pay\u{00AD}pal\u{E0041}\u{3164}", "pay\u{FFFD}pal\u{FFFD}\u{FFFD}"],
            ["👩\u{200D}💻 ⚠\u{FE0F} e\u{301} ｆ", "👩\u{200D}💻 ⚠\u{FE0F} e\u{301} ｆ"],
        ])
    func terminal(_ row: [String]) { #expect(row.count == 2 && SafeText.terminal(row[0]) == row[1]) }

    @Test("the lines and colors of an output stay, other sequences do not")
    func screen() {
        let text = "\u{1B}[1;33m▲ a\u{1B}[0m\tb\r\n\u{1B}[2J\u{1B}]0;t\u{7}\u{1B}[8m\u{1B}"
        let rest = "[2J\u{FFFD}]0;t\u{FFFD}\u{FFFD}[8m\u{FFFD}"
        #expect(SafeText.screen(text, colors: .allowed) == "\u{1B}[1;33m▲ a\u{1B}[0m\tb \n\u{FFFD}" + rest)
        #expect(SafeText.screen("\u{1B}[1mx", colors: .none) == "\u{FFFD}[1mx")
    }

    @Test("JSON escapes what a terminal obeys or does not show, and means the same")
    func json() throws {
        let text = "a\u{9B}b\u{202E}c\u{200B}d\u{E0041}é한"
        let line = JSONValue.text(text).terminalLine()
        #expect(line == "\"a\\u009bb\\u202ec\\u200bd\\udb40\\udc41é한\"")
        #expect(try JSONSerialization.jsonObject(with: Data(line.utf8), options: .fragmentsAllowed) as? String == text)
    }

    @Test(
        "text for Markdown",
        arguments: [
            ["<b>&", "&lt;b&gt;&amp;"], ["a|b*c_d`e", "a\\|b\\*c\\_d\\`e"], ["[x](y)", "\\[x\\](y)"], ["#1", "\\#1"],
            ["a\nb", "a b"],
            ["\u{1B}", "\u{FFFD}"], ["\\", "\\\\"], ["*\u{301}", "\\*\u{301}"],
        ])
    func markdown(_ row: [String]) { #expect(row.count == 2 && SafeText.markdown(row[0]) == row[1]) }
}
