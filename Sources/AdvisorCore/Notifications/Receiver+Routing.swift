extension Stack.Receiver {
    /// Whether the receiver gets the alert.
    ///
    /// Severity and stage apply to all alerts, resource and rule only to alerts that have one. A failed run and a disabled
    /// receiver have neither, so they reach all receivers of the severity. PagerDuty gets no recommendations, since nothing
    /// would resolve the incident.
    public func takes(_ alert: Alert) -> Bool {
        if !severities.isEmpty, !severities.contains(alert.severity) { return false }
        if !stages.isEmpty, let stage = alert.stage, !stages.contains(stage) { return false }
        if format == .pagerduty, alert.kind == .recommendation { return false }
        switch alert.kind {
        case .runFailed, .endpointDisabled, .test: return true
        case .alarm, .resolved, .recommendation, .budget, .anomaly, .stale:
            let ofRules = Set([alert.rule].compactMap { $0 } + alert.reasons.compactMap(\.rule))
            if !resources.isEmpty, !(alert.resource.map(resources.contains) ?? false) { return false }
            return rules.isEmpty || !rules.isDisjoint(with: ofRules)
        }
    }
}

extension Stack {
    /// The receivers that get the alert, in file order.
    public func endpoints(for alert: Alert) -> [Receiver] { webhooks.filter { $0.takes(alert) } }
}
