public import AdvisorCore

/// The words for bills, prices, savings and free allowances.
public protocol BillLanguage {
    /// A fixed title.
    func title(_ title: BillTitle) -> String
    /// A sentence or clause with values of a bill.
    func text(_ phrase: BillPhrase) -> String
    /// A sentence or clause with values of tips and allowances.
    func text(_ phrase: SavingsPhrase) -> String
    /// A sentence or clause with values of prices and plans.
    func text(_ phrase: PlanPhrase) -> String
    /// The effort of a tip: `minutes`.
    func title(_ effort: RuleTip.Effort) -> String
    /// The risk of a tip: `low`.
    func title(_ risk: RuleTip.Risk) -> String
    /// Where a number of a plan is from: `measured`.
    func title(_ source: WhatIf.Source) -> String
    /// Where charges are from, as a title.
    func title(_ source: ChargesSource) -> String
    /// What a line of a bill is for, as a title.
    func title(_ item: CostItem) -> String
    /// What lines of a bill belong to, as a title.
    func title(_ group: StackBill.Group) -> String
    /// A remark on a line, as a clause.
    func clause(_ note: BillNote) -> String
    /// What is unknown about a bill, as a clause.
    func clause(_ gap: BillGap) -> String
    /// A known future change of a bill, as a clause.
    func clause(_ change: BillChange) -> String
    /// Where a price is from, as a title.
    func title(_ source: PriceSource) -> String
    /// A price of the price book, as a title.
    func title(_ entry: PriceBook.Entry) -> String
    /// What the amount of a tip is based on, as a clause.
    func clause(_ basis: SavingsBasis) -> String
    /// Why there is no forecast of a bill, as a clause.
    func clause(_ gap: BillForecast.Gap) -> String
    /// Where the daily usage of credits is from, or why it is unknown, as a clause.
    func clause(_ source: PromotionalCredits.BurnSource) -> String
    /// What to do about a tip: the rule's own words, or its summary.
    func advice(_ tip: Tip, asOf now: Timestamp) -> String
    /// Where the usage of an allowance is from, as a title.
    func title(_ source: UsageSource) -> String
}

extension Language {
    /// In the language of the rule.
    public func advice(_ tip: Tip, asOf now: Timestamp) -> String { tip.how ?? summary(tip.finding, asOf: now) }
}
