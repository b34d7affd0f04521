import Foundation

/// String literals that decisions may not contain: names of metrics, tiers and providers.
struct Literals {
    /// The names of all metrics.
    let metrics: Set<String>

    /// The targets whose decisions are checked.
    static let targets = ["AdvisorCore", "AdvisorEngine"]

    /// Files that may contain such literals, by their path under Sources, and why. Files of families may, too.
    static let exceptions: [String: String] = [
        "AdvisorCore/Billing/BilledUsage.swift": "defines the ids of billed usage",
        "AdvisorCore/Metrics/MetricID.swift": "defines the constants",
        "AdvisorCore/Pricing/DatabaseEngine.swift": "defines the names of engines",
        "AdvisorCore/Rules/Expressions/WordExamples.swift": "contains examples for the documentation",
    ]

    /// The beginnings of tiers, engines, services and catalog items of one provider.
    private static let providers = ["db.", "rds", "aurora", "supabase", "postgres", "mysql", "mariadb"]

    /// The metrics of `data/metrics.yaml`.
    static func ofThisRepository() throws -> Literals {
        let file = URL(filePath: #filePath).appending(path: "../../../data/metrics.yaml").standardized
        let text = try String(contentsOf: file, encoding: .utf8)
        let metrics = text.split(separator: "\nmetrics:\n").last ?? ""
        let names = metrics.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && $0.hasSuffix(":") }
        return Literals(metrics: Set(names.map { String($0.dropFirst(2).dropLast()) }))
    }

    /// Every literal that is not allowed, each as `file:line: what; what instead`.
    func violations(path: String, text: String) -> [String] {
        guard !path.contains("/Families/"), Self.exceptions[path] == nil else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return zip(lines, SourceText(text).strings).enumerated().flatMap { index, line in
            words(of: line.0, contents: line.1).compactMap(advice).map { "Sources/\(path):\(index + 1): \($0)" }
        }
    }

    private func advice(_ literal: String) -> String? {
        if metrics.contains(literal) { return "the literal \"\(literal)\" names a metric: use a constant of MetricID" }
        guard Self.providers.contains(where: literal.hasPrefix) else { return nil }
        return "the literal \"\(literal)\" names a tier or provider: use the tier's family, or write it in a file of the family"
    }

    /// The literals of one word, and the beginnings of interpolated ones.
    private func words(of line: Substring, contents: Substring) -> [String] {
        let (bytes, contents) = (Array(line.utf8), Array(contents.utf8))
        let ends = [UInt8(ascii: "\""), UInt8(ascii: "\\")]
        return contents.split(separator: UInt8(ascii: " ")).filter { word in
            word.startIndex > 0 && word.endIndex < bytes.count && bytes[word.startIndex - 1] == UInt8(ascii: "\"")
                && ends.contains(bytes[word.endIndex])
        }.map { String(decoding: $0, as: UTF8.self) }
    }
}
