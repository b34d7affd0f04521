import AdvisorCore
import Foundation

/// What could be done about a resource besides what is recommended, in all formats.
struct OptionsSection {
    let options: [ResourceOption]
    let language: any Language

    /// `saves up to $3.50 a month`, `$0.00`, or unknown.
    private func amount(_ option: ResourceOption) -> String {
        guard let change = option.monthlyChange else { return language.amount(nil) }
        guard change.amount < 0 else { return language.change(change) }
        let saved = Money(-change.amount).description
        return language.text(SavingsPhrase.saved(option.isAtMost ? language.text(SavingsPhrase.upTo(saved)) : saved))
    }

    private func facts(_ option: ResourceOption) -> String {
        [amount(option), language.title(option.effort), language.text(SavingsPhrase.risk(option.risk))].joined(separator: " · ")
    }

    func text(width: Int) -> [String] {
        guard !options.isEmpty else { return [] }
        var lines = ["", "    " + language.title(RecommendationTitle.options)]
        for option in options {
            lines += TextLayout.wrapped(
                "    · ", SafeText.terminal("\(language.title(option.kind)): \(facts(option))"), width: width, indent: 6)
            lines += TextLayout.wrapped(
                .spaces(6), SafeText.terminal("\(language.sentence(option.kind)) [\(option.source)]"), width: width, indent: 6)
        }
        return lines
    }

    func markdown() -> [String] {
        guard !options.isEmpty else { return [] }
        return ["", language.title(RecommendationTitle.options) + ":", ""]
            + options.map { option in
                let words =
                    "\(language.title(option.kind)): \(facts(option)). \(language.sentence(option.kind)) (\(option.source))"
                return "- " + SafeText.markdown(words)
            }
    }

    func html() -> [String] {
        guard !options.isEmpty else { return [] }
        let items = options.map { option in
            "<li>\(HTMLReport.safe("\(language.title(option.kind)): \(facts(option)). \(language.sentence(option.kind)) (\(option.source))"))</li>"
        }
        return ["<p>\(HTMLReport.safe(language.title(RecommendationTitle.options)))</p><ul>\(items.joined())</ul>"]
    }

    func json() -> JSONValue {
        .array(
            options.map { option in
                let members: [String: JSONValue] = [
                    "monthly_cost_change": JSONValue(option.monthlyChange), "at_most": .boolean(option.isAtMost),
                    "effort": .text(option.effort.rawValue), "risk": .text(option.risk.rawValue), "source": .text(option.source),
                    "title": .text(language.title(option.kind)),
                ]
                let kind = JSONValue(option.kind, text: language.sentence(option.kind)).object ?? [:]
                return .object(members.merging(kind) { member, _ in member })
            })
    }
}
