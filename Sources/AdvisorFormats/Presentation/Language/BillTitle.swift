public import AdvisorCore

/// Fixed titles and column titles for bills, spend, savings, prices and plans.
public enum BillTitle: String, CaseIterable, Sendable {
    // MARK: The bill of a stack

    case bill, monthlyBill, aMonth, total, unknownItems, unknownPrice, prices

    // MARK: Spend

    /// The parts of the bar of a budget.
    case barLegend
    case services, servicesWithChange, service, thisMonth, change, changeColumn, expected, limit

    // MARK: Savings and allowances

    /// No tip, as a sentence with what to do.
    case noTips
    case savesAMonth, tip, whatToDo, effort, risk
    case freeTier

    // MARK: Prices

    /// A mark of a price of advisor.yaml.
    case own
    /// A mark of an old price.
    case stale
    /// Where a price is from, as a sentence.
    case pricesHint
    case price, source, readOn

    // MARK: Plans

    case month, users, tier
    /// No limit is met, as a sentence.
    case noLimit
    /// What the costs of a plan include, as a sentence.
    case costWithLoad, costWithoutLoad
}

/// Sentences and clauses with values of the same parts.
public enum BillPhrase: Sendable {
    /// A total with unknown items.
    case atLeast(Money)
    /// The totals before and after, with the range of scaling capacity if there is one.
    case totals(before: Money, after: Money, range: (least: Money, most: Money)?, isWhole: Bool)
    /// Totals at list prices, without CPU credits that are unknown.
    case listed(String)
    /// The amounts by charge model; nil is unknown.
    case models(fixed: Money?, usage: Money?, declared: Money?)
    /// An unknown item with its unit price.
    case priced(String, price: String, unit: String)
    /// The totals of the stack, with the option that shows the bill.
    case wholeStack(String)
    /// The source of a price and its date.
    case pricedFrom(String, asOf: String)
    /// What was spent so far.
    case soFar(Money)
    /// The name of a budget.
    case budget(String)
    /// The limit behind an amount.
    case ofLimit(Money)
    /// Rows that are left out.
    case more(Int)
    /// AWS's charges, and what the bill of the stack explains of them.
    case reconciled(BillReconciliation)
    /// Charges in other currencies; a clause.
    case otherCurrencies([String])
}

/// Sentences and clauses with values of tips, allowances, prices and plans.
public enum SavingsPhrase: Sendable {
    /// At most an amount.
    case upTo(String)
    /// What is saved a month.
    case saved(String)
    /// The title of the tips; nil if the amount is unknown.
    case tips(total: String?)
    /// A risk beside a tip.
    case risk(RuleTip.Risk)
    /// The basis of an amount, as a sentence.
    case counted(String)
    /// How much of an allowance is used; a clause.
    case allowance(FreeTierUsage)
    /// The credits, as sentences.
    case credits(PromotionalCredits)
    /// The end of the AWS free plan, as a sentence.
    case freePlan(end: CivilDate, isOver: Bool)
    /// Old prices, as a sentence.
    case stalePrices(count: Int, oldest: String, asOf: String)
    /// Allowances whose usage is unknown; a clause.
    case usageUnknown([String])
}

/// Sentences and clauses with values of the price book and of plans.
public enum PlanPhrase: Sendable {
    /// The title of the prices of a region.
    case prices(region: String)
    /// How many prices there are, as a sentence.
    case priceCount(all: Int, stale: Int, unknown: Int)
    /// A price per unit in a region.
    case price(String, unit: String, region: String)
    /// The price of a month of so many hours.
    case hours(Int)
    /// The age of a price in days; negative for a later one.
    case age(days: Int, isStale: Bool)
    /// Where the user's own price is, or how to set one.
    case ownPrice(id: String, isSet: Bool)
    /// The users at the start.
    case users(Double, WhatIf.Source)
    /// The growth in percent a month.
    case growth(Double, WhatIf.Source)
    /// The policy of moves.
    case moves(Stack.TierChoicePolicy)
    /// Old data, as a sentence.
    case oldSample(at: Timestamp, age: Quantity)
    /// The first limit that is met, as a sentence.
    case firstLimit(String, month: String)
    /// A rule that only plans, as a sentence; nil for an unknown tier.
    case planned(String, tier: String?)
}
