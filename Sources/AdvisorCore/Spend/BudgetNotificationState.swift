public import Foundation

/// What was told of a budget in a month.
public struct BudgetNotificationState: Hashable, Sendable {
    /// The budget's name.
    public var budget: String
    /// The month's first time.
    public var month: Timestamp
    /// The limit then; another one begins anew.
    public var limit: Decimal
    /// Steps passed, in thousandths, with the time at which that was seen.
    public var steps: [Int: Timestamp]
    /// When a forecast over the limit was seen last that has not fallen back since; nil without one.
    public var forecastSince: Timestamp?

    /// A memory of nothing.
    public init(budget: String, month: Timestamp, limit: Decimal) {
        (self.budget, self.month, self.limit) = (budget, month, limit)
        steps = [:]
    }
}

/// Something new of a budget, to be told once.
public struct BudgetChange: Hashable, Sendable {
    /// What is new.
    public enum Kind: Hashable, Sendable {
        /// More is spent than this step, in thousandths of the limit; of several at once the greatest.
        case passed(step: Int)
        /// The month is expected to end above the limit.
        case forecast
    }

    /// What is new.
    public var kind: Kind
    /// The budget as it stands.
    public var status: BudgetStatus
    /// When it was seen.
    public var at: Timestamp

    /// `2026-03`.
    public var month: String { status.budget.clock.name(status.begin) }

    /// Names the budget's month and what is new, the same whenever it is told.
    public var key: String {
        switch kind {
        case .passed(let step): "budget/\(status.budget.name)/\(month)/\(step)"
        case .forecast: "budget/\(status.budget.name)/\(month)/forecast"
        }
    }

    /// Warning below the limit and for a forecast, critical from the limit on.
    public var severity: Severity {
        switch kind {
        case .passed(let step): step >= 1000 ? .critical : .warning
        case .forecast: .warning
        }
    }

    /// One line: `Budget monthly: over 80 % spent`.
    public var title: String {
        switch kind {
        case .passed(let step): "Budget \(status.budget.name): over \(Budget.words(ofStep: step)) spent"
        case .forecast: "Budget \(status.budget.name): the month is expected to end above it"
        }
    }

    /// One or two sentences with the amounts and how old they are.
    public var summary: String {
        var text = "\(status.actual?.description ?? "Nothing known") of \(status.budget.limit) spent in \(month)"
        if let forecast = status.forecast, forecast.dataUntil < status.end {
            text += "; \(forecast.expected) expected at its end (\(forecast.low) to \(forecast.high), 4 times in 5)"
        }
        text += "."
        if let passesAt = status.passesAt { text += " At this rate the limit is passed on \(passesAt.date.text)." }
        if let source = status.source, let until = status.dataUntil { text += " From \(source.words) up to \(until)." }
        return text
    }
}

/// Decides what is new of budgets; pure.
public enum BudgetTracker {
    /// A forecast has fallen back when it is at most this share of the limit; thousandths.
    static let fallenBack = 950
    /// How long after a month's end its last charges may still pass a step.
    static let afterwards: Duration = .seconds(3 * 86_400)

    /// The months to evaluate: this one, and the last one in its first days, whose figures are hours old.
    public static func months(_ budget: Budget, at now: Timestamp) -> [Timestamp] {
        // What is evaluated at midnight is the day that ended.
        let time = now - .milliseconds(1)
        let begin = budget.clock.month(of: time).begin
        return time - begin < afterwards ? [begin - .milliseconds(1), time] : [time]
    }

    /// What is new, and what to remember from now on.
    /// - Parameters:
    ///   - statuses: Of every budget and month evaluated.
    ///   - memory: What was told.
    ///   - now: The time of evaluating.
    /// - Returns: The same statuses again give no change, and the same memory.
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
                    // Where the limit is passed already, nobody needs a forecast.
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

extension CivilDate {
    /// `2026-03-28`.
    public var text: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))"
    }
}
