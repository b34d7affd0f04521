public import AdvisorCore

extension EvaluationOutcome {
    /// What changed since the newest time evaluated before, and what late samples reveal of it; at the first evaluation what is in ALARM.
    func news(since previous: Timestamp?) -> [RunEvent] {
        transitions(since: previous).map(RunEvent.transition)
            + recommendationChanges.filter(\.kind.isNews).map(RunEvent.recommendation)
    }

    private func transitions(since previous: Timestamp?) -> [Transition] {
        if let previous {
            // Of a source that is not complete up to now, changes before the previous evaluation are new too.
            let new = Set(laterTransitions)
            return (transitions.filter { new.contains($0) || $0.at > previous } + lateTransitions)
                .sorted { ($0.at, $0.rule) < ($1.at, $1.rule) }
        }
        return report.entries.flatMap(\.findings).filter { $0.state == .alarm }.map { finding in
            Transition(
                rule: finding.rule.id, resource: finding.resource, at: finding.since ?? report.asOf, from: .insufficientData,
                to: .alarm)
        }
    }
}

extension Report {
    /// Whether a rule of at least that severity is in ALARM, or a budget is over its limit or expected to be.
    public func hasAlarm(atLeast severity: Severity) -> Bool {
        entries.contains { $0.findings.contains { $0.state == .alarm && $0.rule.severity >= severity } }
            || money?.severity.map { $0 >= severity } == true
    }
}
