import AdvisorCore

extension MetricUnit {
    /// Unit symbols for CloudWatch's names, besides those of `DisplayUnit`.
    private static let signs: [String: MetricUnit] = [
        "%": .percent, "B": .bytes, "kB": .kilobytes, "KB": .kilobytes, "TB": .terabytes, "us": .microseconds, "$": .usDollars,
    ]

    /// The message that CloudWatch has no such unit, with the available ones.
    static func unknown(_ name: String) -> String {
        if let unit = signs[name] ?? DisplayUnit(rawValue: name)?.unit {
            return "unknown unit '\(name)'; CloudWatch's word is '\(unit.name)'"
        }
        return "unknown unit '\(name)'\(DidYouMean.hint(for: name, among: allCases.map(\.name)))"
    }
}
