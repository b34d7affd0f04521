extension AlertPolicy {
    /// Notifications about budgets: each threshold once a month; during quiet hours they wait.
    public func notificationRequests(of changes: [BudgetChange]) -> [NotificationRequest] {
        changes.compactMap { change in
            let budget = change.status.budget
            let again = if case .forecast = change.kind { "\(change.at.milliseconds)" } else { "" }
            var alert = Alert(
                id: Fingerprint.of([change.key, budget.limit.exact, again]), kind: .budget, severity: change.severity,
                key: "budget/\(budget.name)/\(change.month)", title: change.title, summary: change.summary, at: change.at,
                startsAt: change.status.begin)
            (alert.project, alert.stage) = (stack.name, stack.stage)
            (alert.value, alert.threshold) = (change.status.actual?.description, budget.limit.description)
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
