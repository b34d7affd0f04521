extension AlertPolicy {
    /// Notifications about recommendations that were opened, changed or closed; during quiet hours they wait.
    public func notificationRequests(of changes: [RecommendationChange]) -> [NotificationRequest] {
        changes.filter(\.kind.isNews).compactMap { change in
            let life = change.life
            var alert = Alert(
                id: Fingerprint.of(["recommendation", AlertGroupBuilder.key(life.kind, life.resource), change.key]),
                kind: .recommendation,
                severity: life.summary.severity, key: "recommendation/" + AlertGroupBuilder.key(life.kind, life.resource),
                content: .recommendation(
                    resource: life.resource, steps: life.summary.steps, reason: change.reason),
                at: change.at, startsAt: life.state == .open ? life.changedAt : life.since)
            (alert.resource, alert.resourceKind, alert.endsAt) = (life.resource, life.kind, life.endedAt)
            (alert.project, alert.stage) = (stack.name, stack.stage)
            (alert.monthlyBefore, alert.monthlyAfter) = (life.summary.costBefore, life.summary.costAfter)
            alert.advice = life.isCurrent ? Alert.Advice(life.summary) : nil
            alert.rule = life.summary.rules.count == 1 ? life.summary.rules.first : nil
            alert.reasons = life.summary.rules.map { Alert.Reason(rule: $0, content: .recommended(rule: $0)) }
            return request(alert)
        }
    }
}
