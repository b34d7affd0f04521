import AdvisorFormats
import Foundation
import Testing

@Suite("Quantities in files")
struct QuantityTextTests {
    @Test(
        "durations",
        arguments: [
            ("5m", 300_000), ("90s", 90_000), ("1h", 3_600_000), ("30d", 2_592_000_000), ("500ms", 500), ("1.5h", 5_400_000),
            ("5 m", 300_000), ("1_000s", 1_000_000), ("0s", nil), ("0.1ms", nil), ("-5m", nil), ("5", nil), ("m", nil), ("", nil),
            ("5min", 300_000), ("15 min", 900_000), ("5M", nil), ("1h30m", nil), ("99999d", nil), ("1e3s", nil), ("0x10s", nil),
            ("infs", nil),
            ("٥m", nil),
        ] as [(String, Int?)])
    func duration(_ text: String, _ milliseconds: Int?) {
        #expect(QuantityText.duration(text) == milliseconds.map { .milliseconds($0) })
    }

    @Test(
        "sizes",
        arguments: [
            ("20GiB", 21_474_836_480), ("400MB", 4e8), ("10 GB", 1e10), ("1kB", 1e3), ("1KB", 1e3), ("1KiB", 1024),
            ("0.5TiB", 549_755_813_888),
            ("0GB", 0), ("7B", 7), ("20", nil), ("GB", nil), ("20gb", nil), ("-1GB", nil), ("1.2.3GB", nil), ("1e9GB", nil),
            (".GB", nil),
        ] as [(String, Double?)])
    func bytes(_ text: String, _ expected: Double?) {
        #expect(QuantityText.bytes(text) == expected)
    }

    @Test(
        "money",
        arguments: [
            ("$50", "50"), ("50 USD", "50"), ("50USD", "50"), ("$60K", "60000"), ("$5M", "5000000"), ("$0.016", "0.016"),
            ("$1,000", "1000"),
            ("$1,234,567.89", "1234567.89"), ("$5_000", "5000"), ("$ 5", "5"), ("$0", "0"), ("50", nil), ("$", nil), ("$K", nil),
            ("$-5", nil),
            ("-$5", nil), ("$1,50", nil), ("$1,5000", nil), ("$,100", nil), ("$1.5,000", nil), ("$1.2.3", nil), ("$5 EUR", nil),
            ("€5", nil),
            ("$1.", nil), ("$.5", nil), ("$1e3", nil), ("$99999999999999999999999", nil),
        ] as [(String, String?)])
    func money(_ text: String, _ expected: String?) {
        #expect(QuantityText.money(text).map { "\($0)" } == expected)
    }

    @Test(
        "shares",
        arguments: [
            ("80%", 0.8), ("0%", 0), ("150%", 1.5), ("12.5 %", 0.125), ("80", nil), ("%", nil), ("-5%", nil), ("0x10%", nil),
        ]
            as [(String, Double?)])
    func percent(_ text: String, _ expected: Double?) {
        #expect(QuantityText.percent(text) == expected)
    }

    @Test(
        "whole numbers",
        arguments: [
            ("20", 20), ("5_000", 5000), ("0", 0), ("1.0", nil), ("-1", nil), ("+1", nil), ("1e3", nil), ("0x10", nil),
            ("_1", nil),
        ]
            as [(String, Int?)])
    func integer(_ text: String, _ expected: Int?) {
        #expect(QuantityText.integer(text) == expected)
    }
}
