import AdvisorTestSupport

@testable import AdvisorCore
@testable import AdvisorFormats

/// Walks a report in text and compares its alarms with what it calls fine.
struct PageConsistency {
    /// The titles of the metrics that are not fine while a rule is in ALARM, by the rule's title.
    let metrics: [String: Set<String>]

    /// Reads the bundled rules; plans and tips are no alarms about a metric.
    init() throws {
        let catalog = try BundledFiles.metrics()
        let files = try BundledFiles.yaml(in: "rules").map { (file: $0, text: try BundledFiles.text($0)) }
        var metrics: [String: Set<String>] = [:]
        for rule in try BundledFiles.rules(files).rules where rule.severity > .info && rule.tip == nil {
            guard case .reading(let index, _)? = rule.when.shownComparison?.left,
                let metric = catalog.metrics[rule.when.readings[index].metric]
            else { continue }
            let related = catalog.metrics.values.filter { !$0.related.isDisjoint(with: metric.related) }
            metrics[TestLanguage.current.title(rule)] = Set(related.map(\.title))
        }
        self.metrics = metrics
    }

    /// The contradictions of a page.
    func contradictions(in page: String) -> [Contradiction] {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let fine = Self.fine(lines)
        return Self.claims(page)
            + metrics.sorted { $0.key < $1.key }.flatMap { title, metrics -> [Contradiction] in
                guard lines.contains(where: { Self.isAlarm($0, title) }) else { return [] }
                return fine.filter { reading in metrics.contains { reading.hasPrefix("\($0) ") } }.map {
                    Contradiction(code: .fineInAlarm, detail: "\($0), and \(title)")
                }
            }
    }

    /// What a page says of a target against itself: in its summary, and between its text and its commands.
    private static func claims(_ page: String) -> [Contradiction] {
        let text = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var found: [Contradiction] = []
        if text.contains(/cheapest tier that ends every alarm; [^.]*(will remain|is unknown)/.ignoresCase()) {
            found.append(Contradiction(code: .basisDenied, detail: "the cheapest that ends every alarm does not"))
        }
        if let asked = text.firstMatch(of: /set the maximum to ([0-9.]+[0-9])/)?.1,
            let built = text.firstMatch(of: /MaxCapacity=([0-9.]+)/)?.1, asked != built
        {
            found.append(Contradiction(code: .commandDiffers, detail: "\(asked) ACU in the text, \(built) in the command"))
        }
        return found
    }

    /// List prices that the headline of a page shows as the bill, where JSON says that it is unknown.
    func listAsBill(_ page: String, recommendation: [String: Any]) -> [Contradiction] {
        let isKnown = ["before", "after"].allSatisfy { recommendation.amount("monthly_cost_\($0)_expected") != nil }
        guard !isKnown, recommendation.amount("monthly_cost_before") != nil else { return [] }
        let headlines = page.split(separator: "\n").filter { $0.hasPrefix("  ▲ ") || $0.hasPrefix("  ✓ Stay") }
        return headlines.prefix(1).filter { $0.contains("$") && !$0.contains("list ") }.map {
            Contradiction(code: .listAsBill, detail: String($0))
        }
    }

    /// Whether a line is the row or the heading of a rule in ALARM, not of one that has left it.
    private static func isAlarm(_ line: String, _ title: String) -> Bool {
        line.hasPrefix("  ▲ \(title)")
            || line.hasPrefix("    \(title)  ") && !line.contains("OK since") && !line.contains("no data since")
    }

    /// The readings of the lines that begin with ✓, with their continuation.
    private static func fine(_ lines: [String]) -> [String] {
        var (result, isFine) = ([String](), false)
        for line in lines {
            if line.hasPrefix("  ✓ ") { isFine = true } else if !line.hasPrefix("    ") { isFine = false }
            guard isFine else { continue }
            result += line.dropFirst(4).split(separator: " · ").map { String($0.drop { $0 == " " }) }
        }
        return result
    }
}
