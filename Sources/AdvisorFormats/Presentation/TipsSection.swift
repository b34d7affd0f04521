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
        return (report.tips.contains(where: \.isAtMost) ? "up to " : "") + known.reduce(Money(0), +).description
    }

    private func how(_ tip: Tip) -> String { language.advice(tip, asOf: report.asOf) }

    private static func saving(_ tip: Tip) -> String {
        tip.monthlySaving.map { (tip.isAtMost ? "up to " : "") + $0.description } ?? "unknown"
    }

    /// The tips as text, largest savings first.
    /// - Parameter isFull: Whether the cost lines with their sources are shown.
    /// - Returns: The lines; empty without tips, unless only tips were requested.
    public func text(isFull: Bool = false) -> [String] {
        guard !report.tips.isEmpty else {
            return isFull ? ["No tip fires. Tips look at the bill: `advisor ingest` a CUR or FOCUS file of a month."] : []
        }
        var lines = ["", "Tips" + (total.map { ": \($0) a month" } ?? ""), ""]
        for tip in report.tips {
            let place = tip.rule.appliesTo == .account || tip.rule.appliesTo == .project ? "" : " (\(tip.resource))"
            let head = "  " + Self.saving(tip).leftPadded(to: 14) + "  "
            let words = SafeText.terminal("\(tip.rule.title)\(place) · \(tip.effort.rawValue) · risk: \(tip.risk.rawValue)")
            lines += TextLayout.wrapped(head, words, width: width, indent: 18)
            lines += TextLayout.wrapped(.spaces(18), SafeText.terminal(how(tip)), width: width, indent: 18)
            guard isFull else { continue }
            for line in tip.estimate.lines {
                let amount = line.monthly.map(\.description) ?? "unknown"
                let mark = line.price.isVerified ? "" : ", unverified"
                lines += TextLayout.wrapped(
                    .spaces(18),
                    SafeText.terminal("\(amount) \(language.title(line.item)): \(language.title(line.price.source))\(mark)"),
                    width: width, indent: 20)
            }
            if let basis = tip.basis {
                lines += TextLayout.wrapped(.spaces(18), "Counted: \(language.clause(basis)).", width: width, indent: 18)
            }
        }
        return lines
    }

    /// As Markdown.
    func markdown() -> [String] {
        guard !report.tips.isEmpty else { return [] }
        var lines = ["", "## Tips" + (total.map { ": \($0) a month" } ?? ""), ""]
        lines += ["| saves a month | tip | what to do | effort | risk |", "| ---: | --- | --- | --- | --- |"]
        for tip in report.tips {
            let cells = [Self.saving(tip), tip.rule.title, how(tip), tip.effort.rawValue, tip.risk.rawValue]
            lines.append("| " + cells.map(SafeText.markdown).joined(separator: " | ") + " |")
        }
        return lines
    }

    /// As HTML.
    func html() -> [String] {
        guard !report.tips.isEmpty else { return [] }
        let heads = ["tip", "what to do", "effort", "risk"].map { "<th>\($0)</th>" }.joined()
        var lines = [
            "<section><h2>Tips" + (total.map { ": \($0) a month" } ?? "") + "</h2>",
            "<table><tr><th class=\"n\">saves a month</th>\(heads)</tr>",
        ]
        for tip in report.tips {
            let cells = [tip.rule.title, how(tip), tip.effort.rawValue, tip.risk.rawValue]
            let row = cells.map { "<td>\(HTMLReport.safe($0))</td>" }.joined()
            lines.append("<tr><td class=\"n\">\(Self.saving(tip))</td>\(row)</tr>")
        }
        return lines + ["</table></section>"]
    }

    /// The value as JSON.
    public func json() -> JSONValue { .encoding(report.tips.map { TipJSON($0, asOf: report.asOf, language) }) }
}
