extension AlertPolicy {
    /// Notifications about budgets: each threshold once a month; during quiet hours they wait.
    public func notificationRequests(of changes: [BudgetChange]) -> [NotificationRequest] {
        changes.compactMap { change in
            let budget = change.status.budget
            let again = if case .forecast = change.kind { "\(change.at.milliseconds)" } else { "" }
            var alert = Alert(
                id: Fingerprint.of([change.key, budget.limit.exact, again]), kind: .budget, severity: change.severity,
                key: "budget/\(budget.name)/\(change.month)", content: change.content,
                at: change.at, startsAt: change.status.begin)
            (alert.project, alert.stage) = (stack.name, stack.stage)
            alert.value = change.status.actual.map { .amount(money: $0) }
            alert.threshold = .amount(money: budget.limit)
            return request(alert)
        }
    }

    /// The receivers of an alert without a group state, and the time; nil if no receiver accepts it.
    func request(_ alert: Alert) -> NotificationRequest? {
        let endpoints = stack.endpoints(for: alert).map(\.name)
        guard !endpoints.isEmpty else { return nil }
        let release = settings.quietHours?.release(alert.severity, at: now)
        return NotificationRequest(alert: alert, endpoints: endpoints, notBefore: release.flatMap { $0 > now ? $0 : nil })
    }
}

extension BudgetChange {
    fileprivate var content: AlertContent {
        switch kind {
        case .passed(let step): .budgetSpent(budget: BudgetMonth(self), step: step)
        case .forecast: .budgetForecast(budget: BudgetMonth(self))
        }
    }
}
