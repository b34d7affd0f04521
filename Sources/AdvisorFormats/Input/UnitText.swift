import AdvisorCore

extension MetricUnit {
    /// Signs that people write for CloudWatch's words, besides those of `DisplayUnit`.
    private static let signs: [String: MetricUnit] = [
        "%": .percent, "B": .bytes, "kB": .kilobytes, "KB": .kilobytes, "TB": .terabytes, "us": .microseconds, "$": .usDollars,
    ]

    /// That CloudWatch has no unit of that name, and which it has.
    static func unknown(_ name: String) -> String {
        if let unit = signs[name] ?? DisplayUnit(rawValue: name)?.unit {
            return "unknown unit '\(name)'; CloudWatch's word is '\(unit.name)'"
        }
        return "unknown unit '\(name)'\(DidYouMean.hint(for: name, among: allCases.map(\.name)))"
    }
}
