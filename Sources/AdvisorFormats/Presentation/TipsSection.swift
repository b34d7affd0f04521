public import AdvisorCore
import Foundation

/// The tips, in all formats.
public struct TipsSection: Sendable {
    private let report: Report
    private let width: Int
    private let language: any Language

    /// Creates the tips of a report, at most `width` columns wide.
    public init(_ report: Report, width: Int = 100, language: any Language) {
        (self.report, self.width, self.language) = (report, width, language)
    }

    private var total: String? {
        let known = report.tips.compactMap(\.monthlySaving)
        guard !known.isEmpty else { return nil }
        let sum = known.reduce(Money(0), +).description
        return report.tips.contains(where: \.isAtMost) ? language.text(SavingsPhrase.upTo(sum)) : sum
    }

    private func how(_ tip: Tip) -> String { language.advice(tip, asOf: report.asOf) }

    private var title: String { language.text(SavingsPhrase.tips(total: total)) }

    private func saving(_ tip: Tip) -> String {
        let amount = language.amount(tip.monthlySaving)
        return tip.isAtMost && tip.monthlySaving != nil ? language.text(SavingsPhrase.upTo(amount)) : amount
    }

    /// The tips as text, largest savings first.
    /// - Parameter isFull: Whether the cost lines with their sources, and what else could be done, are shown.
    /// - Returns: The lines; empty without tips, unless only tips were requested.
    public func text(isFull: Bool = false) -> [String] {
        let others = isFull ? options : []
        guard !report.tips.isEmpty else {
            return isFull && others.isEmpty ? [language.title(BillTitle.noTips)] : others
        }
        return tips(isFull: isFull) + others
    }

    /// What else could be done, by resource.
    private var options: [String] {
        report.entries.flatMap { entry -> [String] in
            let lines = OptionsSection(options: entry.recommendation?.options ?? [], language: language).text(width: width)
            return lines.isEmpty ? [] : ["", SafeText.terminal(entry.resource.id)] + lines.dropFirst()
        }
    }

    private func tips(isFull: Bool) -> [String] {
        var lines = ["", title, ""]
        for tip in report.tips {
            let place = tip.rule.appliesTo == .account || tip.rule.appliesTo == .project ? "" : " (\(tip.resource))"
            let head = "  " + saving(tip).leftPadded(to: 14) + "  "
            let words = SafeText.terminal(
                [
                    language.title(tip.rule) + place, language.title(tip.effort),
                    language.text(SavingsPhrase.risk(tip.risk)),
                ].joined(separator: " · "))
            lines += TextLayout.wrapped(head, words, width: width, indent: 18)
            lines += TextLayout.wrapped(.spaces(18), SafeText.terminal(how(tip)), width: width, indent: 18)
            guard isFull else { continue }
            for line in tip.estimate.lines {
                let amount = language.amount(line.monthly)
                let mark = line.price.isVerified ? "" : ", " + language.title(ReportTitle.unverified)
                lines += TextLayout.wrapped(
                    .spaces(18),
                    SafeText.terminal("\(amount) \(language.title(line.item)): \(language.title(line.price.source))\(mark)"),
                    width: width, indent: 20)
            }
            if let basis = tip.basis {
                lines += TextLayout.wrapped(
                    .spaces(18), language.text(SavingsPhrase.counted(language.clause(basis))), width: width, indent: 18)
            }
        }
        return lines
    }

    /// As Markdown.
    func markdown() -> [String] {
        guard !report.tips.isEmpty else { return [] }
        let titles = [BillTitle.savesAMonth, .tip, .whatToDo, .effort, .risk].map(language.title)
        var lines = ["", "## " + title, "", "| " + titles.map(SafeText.markdown).joined(separator: " | ") + " |"]
        lines += ["| ---: | --- | --- | --- | --- |"]
        for tip in report.tips {
            let cells = [saving(tip), language.title(tip.rule), how(tip), language.title(tip.effort), language.title(tip.risk)]
            lines.append("| " + cells.map(SafeText.markdown).joined(separator: " | ") + " |")
        }
        return lines
    }

    /// As HTML.
    func html() -> [String] {
        guard !report.tips.isEmpty else { return [] }
        let titles = [BillTitle.tip, .whatToDo, .effort, .risk].map(language.title)
        let heads = titles.map { "<th>\(HTMLReport.safe($0))</th>" }.joined()
        let saves = HTMLReport.safe(language.title(BillTitle.savesAMonth))
        var lines = [
            "<section><h2>\(HTMLReport.safe(title))</h2>", "<table><tr><th class=\"n\">\(saves)</th>\(heads)</tr>",
        ]
        for tip in report.tips {
            let cells = [language.title(tip.rule), how(tip), language.title(tip.effort), language.title(tip.risk)]
            let row = cells.map { "<td>\(HTMLReport.safe($0))</td>" }.joined()
            lines.append("<tr><td class=\"n\">\(HTMLReport.safe(saving(tip)))</td>\(row)</tr>")
        }
        return lines + ["</table></section>"]
    }

    /// The value as JSON.
    public func json() -> JSONValue { .encoding(report.tips.map { TipJSON($0, asOf: report.asOf, language) }) }
}
