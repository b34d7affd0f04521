extension Stack.Receiver {
    /// Whether the endpoint is to be told.
    ///
    /// Severity and stage hold for every alert; resource and rule only for those that are about one. A failed run and a
    /// disabled endpoint are about none, so they reach every endpoint of the severity. PagerDuty gets no recommendations: each
    /// would open an incident that nothing ends.
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
    /// The endpoints that are to be told, in the order of the file.
    public func endpoints(for alert: Alert) -> [Receiver] { webhooks.filter { $0.takes(alert) } }
}
