extension Formula.MetricSelector {
    /// The text in a rule file: `avg(cpu, 24h)`.
    public var text: String {
        overTime?.text ?? "\(statistic.word)(\(metric)\(window.map { ", \(LiteralText.time($0.seconds))" } ?? ""))"
    }
}

extension TypedNode {
    /// Formats the expression as in a rule file, with the necessary parentheses; `readings` are the texts of the formula's
    /// selectors.
    func text(_ readings: [String]) -> String {
        switch self {
        case .constant(let value, let measure): return LiteralText.text(value, measure)
        case .fact(let name, _): return name
        case .reading(let index, _): return readings[index]
        case .negated(let inner): return "-" + inner.nested(readings, in: 6)
        case .not(let inner): return "not " + inner.nested(readings, in: 3)
        case .binary(let sign, let left, let right, _):
            let strength = strength
            // Comparisons are not associative; right operands of subtractions and divisions keep their parentheses.
            let isStrict = sign == .minus || sign == .divided || sign.isComparison
            return
                "\(left.nested(readings, in: sign.isComparison ? strength + 1 : strength)) \(sign.rawValue) \(right.nested(readings, in: isStrict ? strength + 1 : strength))"
        }
    }

    private func nested(_ readings: [String], in outer: Int) -> String {
        strength < outer ? "(\(text(readings)))" : text(readings)
    }

    private var strength: Int {
        switch self {
        case .constant, .fact, .reading: 7
        case .negated: 6
        case .not: 3
        case .binary(let sign, _, _, _):
            switch sign {
            case .or: 1
            case .and: 2
            case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .isIn: 4
            case .plus, .minus: 5
            case .times, .divided: 6
            }
        }
    }
}

/// Formats literals of the rule language.
enum LiteralText {
    static func text(_ value: Fact.Value, _ measure: QuantityKind) -> String {
        switch value {
        case .text(let text): return "\"\(text)\""
        case .boolean(let value): return value ? "true" : "false"
        case .list(let texts): return "[" + texts.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
        case .number(let number): return self.number(number, measure)
        }
    }

    private static func number(_ number: Double, _ measure: QuantityKind) -> String {
        let suffix = measure.isRate ? "/s" : ""
        switch measure.base {
        case .ratio: return plain(number * 100) + "%" + suffix
        case .bytes: return sized(number, bytes) + suffix
        case .time: return time(number) + suffix
        case .money: return "$" + plain(number) + suffix
        case .count, .text, .boolean, .list: return plain(number) + suffix
        }
    }

    private static let bytes: [(Double, String)] = [
        (1_099_511_627_776, "TiB"), (1e12, "TB"), (1_073_741_824, "GiB"), (1e9, "GB"), (1_048_576, "MiB"), (1e6, "MB"),
        (1e3, "kB"),
        (1, "B"),
    ]

    /// In the largest unit in which it is an integer, or a number with one decimal place.
    private static func sized(_ number: Double, _ units: [(Double, String)]) -> String {
        for (size, unit) in units where abs(number) >= size && (number / size * 10).rounded() == number / size * 10 {
            return plain(number / size) + unit
        }
        return plain(number) + (units.last?.1 ?? "")
    }

    /// `5m`, `500ms`.
    static func time(_ seconds: Double) -> String {
        if abs(seconds) < 1, seconds != 0 { return plain(seconds * 1000) + "ms" }
        for (length, unit) in [(86_400.0, "d"), (3600, "h"), (60, "m")]
        where abs(seconds) >= length && seconds.truncatingRemainder(dividingBy: length) == 0 {
            return plain(seconds / length) + unit
        }
        return plain(seconds) + "s"
    }

    /// Without a fraction if it is an integer, and without floating-point noise.
    private static func plain(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return "\(Int64(number))" }
        let rounded = (number * 1e9).rounded() / 1e9
        return abs(rounded - number) <= abs(number) * 1e-15 * 4 ? "\(rounded)" : "\(number)"
    }
}
