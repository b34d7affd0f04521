public import Foundation

/// Reads the quantities that files are written in.
public enum QuantityText {
    /// `5m`, `90s`, `1h`, `30d`; more than zero.
    public static func duration(_ text: String) -> Duration? {
        guard let (number, unit) = split(text),
            let factor = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000][unit],
            number > 0, number < 1e9
        else { return nil }
        let milliseconds = (number * Double(factor)).rounded()
        guard milliseconds >= 1, milliseconds < 1e15 else { return nil }
        return .milliseconds(Int64(milliseconds))
    }

    /// `20GiB`, `400MB`, `10 GB`, in bytes.
    public static func bytes(_ text: String) -> Double? {
        let factors: [String: Double] = [
            "B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824,
            "TiB": 1_099_511_627_776,
        ]
        guard let (number, unit) = split(text), let factor = factors[unit], number >= 0 else { return nil }
        return number * factor
    }

    /// `$50`, `50 USD`, `$60K`, exact.
    public static func money(_ text: String) -> Decimal? {
        var digits = text.filter { $0 != "_" && $0 != "," }
        if digits.hasPrefix("$") {
            digits.removeFirst()
        } else if digits.hasSuffix("USD") {
            digits.removeLast(3)
        } else {
            return nil
        }
        digits = digits.trimmingSpace
        var factor = Decimal(1)
        if digits.hasSuffix("K") || digits.hasSuffix("k") { factor = 1000 } else if digits.hasSuffix("M") { factor = 1_000_000 }
        if factor != 1 { digits.removeLast() }
        guard let amount = decimal(digits), amount >= 0 else { return nil }
        return amount * factor
    }

    /// `0.016`.
    public static func decimal(_ text: String) -> Decimal? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }), text.count(where: { $0 == "." }) <= 1,
            text != "."
        else { return nil }
        return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    }

    /// `80%`, as a share of 1.
    public static func percent(_ text: String) -> Double? {
        guard text.hasSuffix("%"), text.dropLast().allSatisfy({ ($0.isASCII && $0.isNumber) || $0 == "." }),
            let number = Double(text.dropLast()), number.isFinite
        else { return nil }
        return number / 100
    }

    private static func split(_ text: String) -> (Double, String)? {
        let text = text.trimmingSpace
        let digits = text.prefix { ($0.isASCII && $0.isNumber) || $0 == "." || $0 == "_" }
        guard let number = Double(digits.filter { $0 != "_" }), number.isFinite else { return nil }
        return (number, String(text.dropFirst(digits.count)).trimmingSpace)
    }
}
