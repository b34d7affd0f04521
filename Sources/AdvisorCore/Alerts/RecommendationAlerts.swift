extension AlertPolicy {
    /// What is told of recommendations that the advisor opened, changed or closed; in quiet hours it waits until they end.
    public func tellings(of changes: [RecommendationChange]) -> [Telling] {
        changes.filter(\.kind.isNews).compactMap { change in
            let life = change.life
            var alert = Alert(
                id: Alert.id(of: ["recommendation", AlertTopics.key(life.kind, life.resource), change.key]),
                kind: .recommendation,
                severity: life.brief.severity, key: "recommendation/" + AlertTopics.key(life.kind, life.resource),
                title: change.title, summary: change.words, at: change.at, startsAt: life.since)
            (alert.resource, alert.resourceKind, alert.endsAt) = (life.resource, life.kind, life.endedAt)
            (alert.project, alert.stage) = (stack.name, stack.stage)
            (alert.monthlyBefore, alert.monthlyAfter) = (life.brief.before, life.brief.after)
            alert.rule = life.brief.rules.count == 1 ? life.brief.rules.first : nil
            alert.reasons = life.brief.rules.map { Alert.Reason(rule: $0, text: "\($0) asks for it") }
            return telling(alert)
        }
    }
}
