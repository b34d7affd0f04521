/// What an alert says, as data; the words are in `Presentation/Language`.
///
/// `target` is a resource, or the project.
public enum AlertContent: Reason {
    /// A condition, the most severe one, and so many others are active; `repeatedSince` is their start in a repetition.
    case firing(target: String, reason: AlertReason, others: Int, repeatedSince: Timestamp?)
    /// One of several conditions, for receivers that group by themselves.
    case single(target: String, reason: AlertReason)
    /// The conditions are over; nil if what they were is not known any more.
    case resolved(target: String, reason: AlertReason?, others: Int, began: Timestamp, ended: Timestamp)
    /// The charges that the conditions are on are counted from zero again, because a month began.
    case newMonth(target: String, reason: AlertReason?, others: Int, began: Timestamp, ended: Timestamp)
    /// The recommendation for a resource changed.
    case recommendation(resource: String, steps: [RecommendationSummary.Step], reason: RecommendationChangeReason)
    /// More than a share of a budget, in thousandths, is spent.
    case budgetSpent(budget: BudgetMonth, step: Int)
    /// The month is expected to end above a budget.
    case budgetForecast(budget: BudgetMonth)
    /// A receiver is disabled, because of the problem in its own words.
    case receiverDisabled(receiver: String, problem: String)
    /// A test of a receiver.
    case test(receiver: String)
}

/// A value of an alert with its unit.
public enum AlertValue: Reason {
    /// Of a metric.
    case measured(quantity: Quantity)
    /// Exact.
    case amount(money: Money)
}

/// The amounts of a budget in a month, as they are notified.
public struct BudgetMonth: Hashable, Sendable, Codable {
    /// The expected cost at month end.
    public struct Forecast: Hashable, Sendable, Codable {
        /// The expected cost.
        public var expected: Money
        /// The lower limit of the 80 % range.
        public var low: Money
        /// The upper limit of the 80 % range.
        public var high: Money
    }

    /// The name of the budget: `monthly`, the id of a service, or `account 111122223333`.
    public var name: String
    /// `2026-03`.
    public var month: String
    /// The limit.
    public var limit: Money
    /// The amount spent; nil if unknown.
    public var spent: Money?
    /// The forecast; nil without one, and when the month is over.
    public var forecast: Forecast?
    /// The day on which the limit is expected to be exceeded; nil if it is not, within the month.
    public var passesOn: CivilDate?
    /// The source of the charges; nil if unknown.
    public var source: ChargesSource?
    /// The time up to which charges are known; nil if unknown.
    public var dataUntil: Timestamp?

    /// Creates the month of a budget of which nothing but the limit is known.
    public init(name: String, month: String, limit: Money) { (self.name, self.month, self.limit) = (name, month, limit) }

    init(_ change: BudgetChange) {
        let status = change.status
        self.init(name: status.budget.name, month: change.month, limit: status.budget.limit)
        spent = status.actual
        forecast = status.forecast.flatMap { forecast in
            guard forecast.dataUntil < status.end else { return nil }
            return Forecast(expected: forecast.expected, low: forecast.low, high: forecast.high)
        }
        passesOn = status.passesAt?.date
        (source, dataUntil) = (status.source, status.dataUntil)
    }
}
