import AdvisorCore

/// What recommended actions do, for all formats.
enum EffectSection {
    /// What an action costs; the first one with what all of them together do about the bill and the alarms.
    static func change(
        _ step: Recommendation.Step, _ number: Int, of recommendation: Recommendation, asOf now: Timestamp,
        _ language: any Language
    ) -> String {
        let isOnly = recommendation.steps.count == 1
        let first = number == 0 ? [language.costAfter(recommendation, asOf: now), language.clause(recommendation.effect)] : []
        return ([isOnly ? nil : language.change(step.monthlyChange)] + first).compactMap { $0 }.joined(separator: " · ")
    }

    /// The headline of actions with what they do not do.
    static func headline(_ summary: RecommendationSummary, _ language: any Language) -> String {
        let headline = language.headline(summary.steps)
        return (summary.effect.flatMap { language.caveats($0.caveats) }).map { "\(headline); \($0)" } ?? headline
    }

    /// The keys of an effect.
    static func json(_ effect: RecommendationEffect, _ language: any Language) -> [String: JSONValue] {
        [
            "clears": effect.clears.map(JSONValue.boolean) ?? .null, "basis": JSONValue(effect.basis?.rawValue),
            "caveats": .array(effect.caveats.map { JSONValue($0, text: language.clause($0)) }),
            "remedy": effect.remedy.map {
                .object(["tier": .text($0.tier), "monthly_cost_expected": JSONValue($0.cost)])
            } ?? .null,
            "try_first": .array(effect.tryFirst.map { JSONValue($0, text: language.clause($0)) }),
            "monthly_cost_before_expected": JSONValue(effect.expectedBefore),
            "monthly_cost_after_expected": JSONValue(effect.expectedAfter),
            "credits_known_from": JSONValue(effect.creditsFrom),
        ]
    }
}
