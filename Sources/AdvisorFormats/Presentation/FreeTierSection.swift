import AdvisorCore
import Foundation

/// Free allowances, credits and stale prices, in all formats.
struct FreeTierSection {
    private let report: Report
    private let width: Int
    private let language: any Language
    private var money: BillingFacts { report.billing }

    init(_ report: Report, width: Int = 100, language: any Language) {
        (self.report, self.width, self.language) = (report, width, language)
    }

    /// Allowances are shown from a usage of 10 %; unknown and nearly unused ones are counted.
    private static let shownFrom = 0.1

    /// One or two sentences on credits; nil without any.
    private var credits: String? { money.credits.map { language.text(SavingsPhrase.credits($0)) } }

    private var plan: String? {
        report.freePlanEnd.map { end in
            language.text(SavingsPhrase.freePlan(end: end, isOver: Timestamp(end) <= report.asOf))
        }
    }

    private var stale: String? {
        guard let oldest = report.stalePrices.max(by: { ($0.age(at: report.asOf) ?? 0) < ($1.age(at: report.asOf) ?? 0) }) else {
            return nil
        }
        let count = report.stalePrices.count
        return language.text(SavingsPhrase.stalePrices(count: count, oldest: oldest.id, asOf: oldest.price.asOf))
    }

    private var shown: [FreeTierUsage] {
        let alarming = alarming
        return money.allowances.filter {
            max($0.share ?? 0, $0.expectedShare ?? 0) >= Self.shownFrom || alarming.contains($0.allowance.id)
        }
        .sorted {
            ($0.expectedShare ?? $0.share ?? 0, $1.allowance.id) > ($1.expectedShare ?? $1.share ?? 0, $0.allowance.id)
        }
    }

    /// Allowances with a rule in ALARM.
    private var alarming: Set<String> {
        Set(
            report.entries.filter { entry in
                entry.resource.kind == .allowance && entry.findings.contains { $0.state == .alarm }
            }.map(\.resource.id))
    }

    /// The lines on allowances, each with its mark: `▲`, `✓` or `?`.
    private var sentences: [(mark: String, text: String)] {
        let alarming = alarming
        let known = shown.map { use in
            let isOver = (use.expectedShare ?? use.share ?? 0) > 1
            return (
                mark: isOver || alarming.contains(use.allowance.id) ? "▲" : "✓",
                text: "\(use.allowance.title): \(language.text(SavingsPhrase.allowance(use)))"
            )
        }
        let unknown = money.allowances.filter { $0.used == nil }.map(\.allowance.title)
        return known + (unknown.isEmpty ? [] : [("?", language.text(SavingsPhrase.usageUnknown(unknown)))])
    }

    /// The text for people.
    func text() -> [String] {
        var lines: [String] = []
        for (mark, sentence) in sentences {
            lines += TextLayout.wrapped("  \(mark) ", SafeText.terminal(sentence), width: width, indent: 4)
        }
        for sentence in [credits, plan].compactMap({ $0 }) {
            lines += TextLayout.wrapped("  ", sentence, width: width, indent: 2)
        }
        if !lines.isEmpty { lines = ["", language.title(BillTitle.freeTier), ""] + lines }
        if let stale { lines += [""] + TextLayout.wrapped("", stale, width: width, indent: 0) }
        return lines
    }

    /// As Markdown.
    func markdown() -> [String] {
        var lines = sentences.map { "- \($0.mark) \(SafeText.markdown($0.text))" }
        lines += [credits, plan].compactMap { $0.map { "- \(SafeText.markdown($0))" } }
        if !lines.isEmpty { lines = ["", "## " + language.title(BillTitle.freeTier), ""] + lines }
        if let stale { lines += ["", SafeText.markdown(stale)] }
        return lines
    }

    /// As HTML.
    func html() -> [String] {
        var sentences = sentences.map { "\($0.mark) \($0.text)" } + [credits, plan].compactMap { $0 }
        if let stale { sentences.append(stale) }
        guard !sentences.isEmpty else { return [] }
        return ["<section><h2>\(HTMLReport.safe(language.title(BillTitle.freeTier)))</h2>"]
            + sentences.map { "<p>\(HTMLReport.safe($0))</p>" } + ["</section>"]
    }

    /// As JSON: members of the report.
    func json() -> FreeTierJSON {
        FreeTierJSON(
            freeTier: money.allowances.map { FreeTierJSON.Use($0, language) },
            credits: money.credits.map { FreeTierJSON.Credits($0, language) },
            freePlanEnds: report.freePlanEnd?.description, stalePrices: report.stalePrices.map(\.id))
    }
}
