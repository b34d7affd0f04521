import AdvisorCore
import Foundation

/// Marks shared by all formats and languages.
enum ReportMarks {
    /// Eight blocks from the smallest to the largest value; `·` without data.
    static func spark(_ values: [Double?]) -> String {
        let known = values.compactMap { $0 }
        guard let least = known.min(), let greatest = known.max(), known.count > 1 else { return "" }
        // Small changes are drawn as such: the minimum height is a tenth of the largest value.
        let span = max(greatest - least, abs(greatest) / 10)
        let low = (greatest + least - span) / 2
        let blocks = Array("▁▂▃▄▅▆▇█")
        return String(
            values.map { value in
                guard let value else { return "·" }
                let share = span > 0 ? (value - low) / span : 0
                return blocks[min(7, Int(share * 8))]
            })
    }

    /// The mark of an action: `▼ ` if no rule recommends it and it saves money.
    static func mark(_ step: Recommendation.Step) -> String {
        step.rules.isEmpty && (step.monthlyChange?.amount ?? 0) < 0 ? "▼ " : "▲ "
    }

    /// `§7.2 (1)` for a citation of the guide, otherwise the citation.
    static func cite(_ finding: Finding) -> String? {
        finding.rule.cite.map { cite in
            cite.hasPrefix("AWS deployment guide, ") ? "§" + cite.dropFirst("AWS deployment guide, ".count) : cite
        }
    }
}

extension String {
    /// `nat gateway` for `nat_gateway`.
    var replacingUnderscores: String { String(map { $0 == "_" ? " " : $0 }) }
}
