internal import AdvisorCore
public import Foundation

/// Parses the quantities in files.
public enum QuantityText {
    /// Parses `5m`, `15 min`, `90s`, `1h`, `30d`; from a millisecond to ten years.
    public static func duration(_ text: String) -> Duration? {
        guard let (number, unit) = split(text),
            let factor = ["ms": 1, "s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000][unit]
        else { return nil }
        let milliseconds = (number * Double(factor)).rounded()
        return (1...315_360_000_000).contains(milliseconds) ? .milliseconds(Int64(milliseconds)) : nil
    }

    /// Parses `20GiB`, `400MB`, `10 GB`, in bytes.
    public static func bytes(_ text: String) -> Double? {
        let factors: [String: Double] = [
            "B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824,
            "TiB": 1_099_511_627_776,
        ]
        guard let (_, unit) = split(text), let factor = factors[unit] else { return nil }
        return DecimalText.double(digits(text), times: factor)
    }

    /// Parses `$50`, `50 USD`, `$60K`, `$1,000`, exactly.
    public static func money(_ text: String) -> Decimal? {
        var digits = text
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
        guard let amount = withoutThousands(digits).flatMap(decimal) else { return nil }
        return amount * factor
    }

    /// Parses `0.016`, with at most twenty digits.
    public static func decimal(_ text: String) -> Decimal? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, text.utf8.count <= 21,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    }

    /// Parses `80%`, as a share of 1.
    public static func percent(_ text: String) -> Double? {
        guard let (_, unit) = split(text), unit == "%" else { return nil }
        return DecimalText.double(digits(text), times: 0.01)
    }

    /// Parses `0.5`, `100000`, `5_000`: digits and a decimal point, below 10^15.
    public static func number(_ text: String) -> Double? {
        guard let (number, unit) = split(text), unit.isEmpty else { return nil }
        return number
    }

    /// Parses `20`, `5_000`: digits only.
    public static func integer(_ text: String) -> Int? { text.contains(".") ? nil : number(text).map { Int($0) } }

    /// Removes the separators of `1,000` and `1_000`; nil if a comma is not a thousands separator.
    private static func withoutThousands(_ text: String) -> String? {
        let digits = text.filter { $0 != "_" }
        let whole = digits.prefix { $0 != "." }
        let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
        guard !digits.dropFirst(whole.count).contains(","), groups.dropFirst().allSatisfy({ $0.count == 3 }),
            groups.count == 1 || (1...3).contains(groups[0].count)
        else { return nil }
        return digits.filter { $0 != "," }
    }

    /// The number at the beginning, without separators.
    private static func digits(_ text: String) -> String {
        text.trimmingSpace.prefix { ($0.isASCII && $0.isNumber) || $0 == "." || $0 == "_" }.filter { $0 != "_" }
    }

    private static func split(_ text: String) -> (Double, String)? {
        let text = text.trimmingSpace
        let digits = text.prefix { ($0.isASCII && $0.isNumber) || $0 == "." || $0 == "_" }
        guard digits.first != "_", digits.last != "_", digits.last != ".", let number = Double(digits.filter { $0 != "_" }),
            number < 1e15
        else { return nil }
        return (number, String(text.dropFirst(digits.count)).trimmingSpace)
    }
}
