import Foundation

/// Formats numbers for people.
public enum ValueText {
    /// Formats a value in its base unit: `84 %`, `11.2 GB`, `1,310`, `180 ms`, `$41.20`.
    public static func text(_ value: Double, _ measure: QuantityKind) -> String {
        guard value.isFinite else { return value > 0 && measure == .time ? "not foreseen" : "unknown" }
        let suffix = measure.isRate ? "/s" : ""
        switch measure.base {
        case .ratio: return number(value * 100) + " %" + suffix
        case .bytes:
            let (size, unit) = scaled(value, [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")]) ?? (value, "B")
            return "\(number(size)) \(unit)\(suffix)"
        case .time: return duration(value) + suffix
        case .money: return (Money(sample: value)?.description ?? "unknown") + suffix
        case .count, .text, .boolean, .list: return number(value) + suffix
        }
    }

    private static func scaled(_ value: Double, _ steps: [(Double, String)]) -> (Double, String)? {
        steps.first { abs(value) >= $0.0 }.map { (value / $0.0, $0.1) }
    }

    /// Formats seconds: `180 ms`, `5 min`, `2 h`.
    public static func duration(_ seconds: Double) -> String {
        if abs(seconds) < 1 { return number(seconds * 1000) + " ms" }
        for (length, unit) in [(86_400.0, "d"), (3600, "h"), (60, "min")]
        where abs(seconds) >= length && seconds.truncatingRemainder(dividingBy: length) == 0 || abs(seconds) >= length * 3 {
            return number(seconds / length) + " " + unit
        }
        return number(seconds) + " s"
    }

    /// Formats a number with three significant digits and thousands separators: `1,310`, `11.2`, `91`.
    public static func number(_ value: Double) -> String {
        let size = abs(value)
        let digits = size >= 100 || value == value.rounded() ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
        guard size < 1e15 else { return "\(value)" }
        var decimal = Decimal(value)
        var rounded = Decimal()
        NSDecimalRound(&rounded, &decimal, digits, .plain)
        return grouped(rounded.text(minimumFraction: 0))
    }

    /// Inserts thousands separators.
    public static func grouped(_ digits: String) -> String {
        let isNegative = digits.hasPrefix("-")
        let parts = digits.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        let whole = String(parts.first ?? "")
        var result = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        if parts.count > 1 { result += "." + parts[1] }
        return (isNegative ? "-" : "") + result
    }
}
