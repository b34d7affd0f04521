import Foundation

/// The source of charges.
public enum ChargesSource: Reason {
    /// AWS/Billing's estimated charges.
    case estimatedCharges
    /// An imported bill, with its source: `CUR`.
    case bill(form: String)
}

/// The status of a budget in one of its months.
public struct BudgetStatus: Hashable, Sendable {
    /// The budget.
    public var budget: Budget
    /// The start of the month.
    public var begin: Timestamp
    /// The start of the next month.
    public var end: Timestamp
    /// The amount spent in the month; nil if unknown.
    public var actual: Money?
    /// The forecast of month end; nil if there is a gap.
    public var forecast: BillForecast?
    /// Why there is no forecast.
    public var gap: BillForecast.Gap?
    /// When the limit is expected to be exceeded, if this is within the month and in the future.
    public var passesAt: Timestamp?
    /// The source of the charges; nil if unknown.
    public var source: ChargesSource?
    /// The time up to which charges are known; nil if unknown.
    public var dataUntil: Timestamp?

    /// Evaluates a budget's month.
    /// - Parameters:
    ///   - budget: The budget.
    ///   - ledger: The charges that count; nil if unknown.
    ///   - time: A time within the month.
    ///   - now: The time of the evaluation.
    public init(_ budget: Budget, _ ledger: SpendSeries?, month time: Timestamp, asOf now: Timestamp) {
        self.budget = budget
        (begin, end) = budget.clock.month(of: time)
        guard let ledger else {
            gap = .noCharges
            return
        }
        (source, dataUntil) = (ledger.source, ledger.spend.until)
        actual = ledger.charged(begin, end)
        do throws(BillForecast.Gap) {
            let forecast = try BillForecast(
                ledger.spend, spent: actual ?? Money(0, currency: budget.limit.currency), from: begin, to: end,
                asOf: min(now, end))
            self.forecast = forecast
            if let actual, actual.amount <= budget.limit.amount, forecast.expected.amount > budget.limit.amount {
                passesAt = ledger.time(passing: budget.limit, spent: actual, from: begin, to: end)
            }
        } catch {
            gap = error
        }
    }

    /// ALARM if more is spent than the limit; INSUFFICIENT_DATA if nothing is known of the month.
    public var state: AlarmState { actual.map { $0.amount > budget.limit.amount ? .alarm : .ok } ?? .insufficientData }

    /// The thresholds that are exceeded, ascending.
    public var passed: [Int] {
        guard let actual else { return [] }
        return budget.steps.filter { actual.amount > budget.amount(ofStep: $0).amount }
    }

    /// Whether the month is expected to end above the limit; nil without a forecast.
    public var isForecastOver: Bool? { forecast.map { $0.expected.amount > budget.limit.amount } }

    /// The share of the limit spent, in whole percent, rounded down; nil if unknown or the limit is zero.
    public var percent: Int? {
        guard let actual, budget.limit.amount > 0 else { return nil }
        var share = actual.amount * 100 / budget.limit.amount
        var whole = Decimal()
        NSDecimalRound(&whole, &share, 0, .down)
        return NSDecimalNumber(decimal: min(max(whole, -1_000_000_000), 1_000_000_000)).intValue
    }
}
