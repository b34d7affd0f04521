import AdvisorCore

extension RuleFile {
    /// `{ saves: nat-gateway, effort: hours, risk: low, how: … }`.
    func tip(_ value: YAMLValue) -> RuleTip? {
        guard let mapping = value.mapping(.tip) else { return nil }
        let saving = mapping["saves"]?.choice(SavingsOpportunity.self, "saving")
        let effort = mapping["effort"]?.choice(RuleTip.Effort.self)
        let risk = mapping["risk"]?.choice(RuleTip.Risk.self)
        let how = mapping["how"]?.string()
        guard let saving, let effort, let risk else { return nil }
        return RuleTip(saving: saving, effort: effort, risk: risk, how: how)
    }
}
