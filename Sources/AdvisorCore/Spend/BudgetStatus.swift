import Foundation

/// Where charges were read.
public enum ChargesSource: Hashable, Sendable {
    /// AWS/Billing's estimated charges.
    case estimatedCharges
    /// An imported bill, by its form: `CUR`.
    case bill(String)

    /// For people.
    public var words: String {
        switch self {
        case .estimatedCharges: "AWS's estimated charges"
        case .bill(let form): "imported bill (\(form))"
        }
    }
}

/// A budget in one of its months.
public struct BudgetStatus: Hashable, Sendable {
    /// The budget.
    public var budget: Budget
    /// The month's first time.
    public var begin: Timestamp
    /// The next month's first time.
    public var end: Timestamp
    /// Spent in the month; nil when nothing of it is known.
    public var actual: Money?
    /// The month's end; nil with a gap.
    public var forecast: BillForecast?
    /// Why there is no forecast.
    public var gap: BillForecast.Gap?
    /// The time at which the limit is expected to be passed, when that is within the month and not yet so.
    public var passesAt: Timestamp?
    /// Where the charges were read; nil when nothing is known.
    public var source: ChargesSource?
    /// The time up to which charges are known; nil when nothing is.
    public var dataUntil: Timestamp?

    /// Evaluates a budget's month by what was spent.
    /// - Parameters:
    ///   - budget: The budget.
    ///   - ledger: What was spent on what it counts; nil when nothing is known of it.
    ///   - time: Within the month.
    ///   - now: The time of evaluating.
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

    /// ALARM when more is spent than the limit; INSUFFICIENT_DATA when nothing is known of the month.
    public var state: AlarmState { actual.map { $0.amount > budget.limit.amount ? .alarm : .ok } ?? .insufficientData }

    /// The steps that more is spent than, least first.
    public var passed: [Int] {
        guard let actual else { return [] }
        return budget.steps.filter { actual.amount > budget.amount(ofStep: $0).amount }
    }

    /// Whether the month is expected to end above the limit; nil without a forecast.
    public var isForecastOver: Bool? { forecast.map { $0.expected.amount > budget.limit.amount } }

    /// What is spent as a share of the limit, in whole percent, rounded down; nil when unknown or the limit is zero.
    public var percent: Int? {
        guard let actual, budget.limit.amount > 0 else { return nil }
        var share = actual.amount * 100 / budget.limit.amount
        var whole = Decimal()
        NSDecimalRound(&whole, &share, 0, .down)
        return NSDecimalNumber(decimal: min(max(whole, -1_000_000_000), 1_000_000_000)).intValue
    }
}
