public import Foundation

/// What was notified about a budget in a month.
public struct BudgetNotificationState: Hashable, Sendable {
    /// The name of the budget.
    public var budget: String
    /// The start of the month.
    public var month: Timestamp
    /// The limit at that time; a changed limit starts anew.
    public var limit: Decimal
    /// The thresholds exceeded, in thousandths, with the time at which this was seen.
    public var steps: [Int: Timestamp]
    /// The time of the last forecast over the limit that has not fallen back since; nil if there is none.
    public var forecastSince: Timestamp?

    /// Creates an empty state.
    public init(budget: String, month: Timestamp, limit: Decimal) {
        (self.budget, self.month, self.limit) = (budget, month, limit)
        steps = [:]
    }
}

/// A change of a budget that is notified once.
public struct BudgetChange: Hashable, Sendable {
    /// The kind of change.
    public enum Kind: Hashable, Sendable {
        /// More is spent than this threshold, in thousandths of the limit; of several, the highest.
        case passed(step: Int)
        /// The month is expected to end above the limit.
        case forecast
    }

    /// The kind of change.
    public var kind: Kind
    /// The status of the budget.
    public var status: BudgetStatus
    /// The time of the evaluation.
    public var at: Timestamp

    /// `2026-03`.
    public var month: String { status.budget.clock.name(status.begin) }

    /// Identifies the budget's month and the change, however often it is notified.
    public var key: String {
        switch kind {
        case .passed(let step): "budget/\(status.budget.name)/\(month)/\(step)"
        case .forecast: "budget/\(status.budget.name)/\(month)/forecast"
        }
    }

    /// Warning below the limit and for a forecast, critical above the limit.
    public var severity: Severity {
        switch kind {
        case .passed(let step): step >= 1000 ? .critical : .warning
        case .forecast: .warning
        }
    }
}

/// Decides which budget changes are notified.
public enum BudgetTracker {
    /// The share of the limit to which a forecast must fall to be notified again; thousandths.
    static let fallenBack = 950
    /// How long after month end its last charges may still exceed a threshold.
    static let afterwards: Duration = .seconds(3 * 86_400)

    /// The months to evaluate: this month, and the previous one in the first days, because values arrive late.
    public static func months(_ budget: Budget, at now: Timestamp) -> [Timestamp] {
        // An evaluation at midnight is for the day that ended.
        let time = now - .milliseconds(1)
        let begin = budget.clock.month(of: time).begin
        return time - begin < afterwards ? [begin - .milliseconds(1), time] : [time]
    }

    /// Returns the changes, and the states to store.
    /// - Parameters:
    ///   - statuses: The status of each budget and month.
    ///   - memory: The states of earlier notifications.
    ///   - now: The time of the evaluation.
    /// - Returns: The same statuses again, with the new states, give no change.
    public static func changes(_ statuses: [BudgetStatus], memory: [BudgetNotificationState], at now: Timestamp) -> (
        changes: [BudgetChange], memory: [BudgetNotificationState]
    ) {
        var changes: [BudgetChange] = []
        var result: [BudgetNotificationState] = []
        for status in statuses {
            let budget = status.budget
            let known = memory.first {
                $0.budget == budget.name && $0.month == status.begin && $0.limit == budget.limit.amount
            }
            var new = known ?? BudgetNotificationState(budget: budget.name, month: status.begin, limit: budget.limit.amount)
            let isOver = status.end <= now
            let passed = status.passed.filter { new.steps[$0] == nil }
            for step in passed { new.steps[step] = now }
            if let step = passed.last, budget.isNotified {
                changes.append(BudgetChange(kind: .passed(step: step), status: status, at: now))
            }
            if let forecast = status.forecast, !isOver {
                if forecast.expected.amount > budget.limit.amount {
                    let isNews = new.forecastSince == nil
                    if isNews { new.forecastSince = now }
                    // A forecast is irrelevant once the limit is exceeded.
                    if isNews, budget.isNotified, budget.notifiesForecast, status.state != .alarm {
                        changes.append(BudgetChange(kind: .forecast, status: status, at: now))
                    }
                } else if forecast.expected.amount <= budget.amount(ofStep: fallenBack).amount {
                    new.forecastSince = nil
                }
            }
            if known != nil || !new.steps.isEmpty || new.forecastSince != nil { result.append(new) }
        }
        return (changes, result)
    }
}
