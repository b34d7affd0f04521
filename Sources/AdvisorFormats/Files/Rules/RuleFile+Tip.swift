import AdvisorCore

extension RuleFile {
    /// `{ saves: nat-gateway, effort: hours, risk: low, how: … }`.
    func tip(_ value: YAMLValue) -> (tip: RuleTip, advice: [String: String])? {
        guard let mapping = value.mapping(.tip) else { return nil }
        let saving = mapping["saves"]?.choice(SavingsOpportunity.self, "saving")
        let effort = mapping["effort"]?.choice(RuleTip.Effort.self)
        let risk = mapping["risk"]?.choice(RuleTip.Risk.self)
        let advice = mapping["how"].map { localized($0) { $0.string() } } ?? [:]
        guard let saving, let effort, let risk else { return nil }
        return (RuleTip(saving: saving, effort: effort, risk: risk, how: advice[RuleText.mainLanguage]), advice)
    }
}
