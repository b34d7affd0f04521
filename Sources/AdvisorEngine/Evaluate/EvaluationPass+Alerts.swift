public import AdvisorCore
internal import AdvisorStore

extension EvaluationPass {
    /// What is to be told of what was evaluated.
    func alerts(_ result: Result, previous: Timestamp?) throws -> NotificationStage {
        var pass = try NotificationStage(store, project, previous: previous, now: now)
        let freshness = try freshness()
        let topics = AlertGroupBuilder(
            reviews: result.report.entries, rules: project.rules, mutes: project.stack.language.mutes, now: now)
        pass.notify(topics.alarms(result.transitions, freshness), kinds: [.alarm])
        if let limit = project.stack.unattended.alerts.staleAfter {
            pass.notify(topics.stale(freshness, after: limit), kinds: [.stale])
        }
        if let anomalies = topics.anomalies(in: result.report.money) { pass.notify(anomalies, kinds: [.anomaly]) }
        pass.notify(
            pass.policy.notificationRequests(of: result.recommendationChanges)
                + pass.policy.notificationRequests(of: result.budgetChanges))
        return pass
    }

    /// How new the data is that the rules of each resource read; resources without any are left out.
    /// - Throws: `StoreFailure`.
    public func freshness() throws -> [AlertGroupBuilder.Freshness] {
        let series = try store.allSeries(before: now)
        let matcher = SeriesMatcher(
            metrics: project.vocabulary.metrics, declared: project.stack.resources,
            projectName: project.stack.name, series: series.map(\.key))
        return matcher.resources().compactMap { matched in
            guard project.rules.contains(where: { $0.appliesTo == matched.resource.kind }) else { return nil }
            let needed = project.neededMetrics(for: matched.resource.kind)
            let own = matched.series.filter { needed.contains($0.key) && !$0.value.isEmpty }
            guard let newest = own.values.joined().compactMap({ series[$0].last }).max(),
                let period = own.keys.compactMap({ project.vocabulary.metrics.metrics[$0]?.nativePeriod }).min()
            else { return nil }
            return AlertGroupBuilder.Freshness(
                resource: matched.resource.id, kind: matched.resource.kind, newest: newest, period: period)
        }
    }
}
