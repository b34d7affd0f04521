public import AdvisorCore

extension EvaluationPass {
    /// What is to be told of what was judged.
    func alerts(_ result: Result, previous: Timestamp?) throws -> AlertPass {
        var pass = try AlertPass(store, project, previous: previous, now: now)
        let freshness = try freshness()
        let topics = AlertTopics(report: result.report, rules: project.rules)
        pass.tell(topics.alarms(result.transitions, freshness), kinds: [.alarm])
        if let limit = project.stack.unattended.alerts.staleAfter {
            pass.tell(topics.stale(freshness, after: limit), kinds: [.stale])
        }
        if let anomalies = topics.anomalies() { pass.tell(anomalies, kinds: [.anomaly]) }
        pass.tell(pass.policy.tellings(of: result.recommendationChanges) + pass.policy.tellings(of: result.budgetChanges))
        return pass
    }

    /// How new the data is that the rules of each resource read; resources without any are left out.
    /// - Throws: `StoreFailure`.
    public func freshness() throws -> [AlertTopics.Freshness] {
        let series = try store.allSeries(before: now)
        let binder = Binder(metrics: project.vocabulary.metrics, stack: project.stack, series: series.map(\.key))
        return binder.resources().compactMap { bound in
            guard project.rules.contains(where: { $0.appliesTo == bound.resource.kind }) else { return nil }
            let needed = project.neededMetrics(for: bound.resource.kind)
            let own = bound.series.filter { needed.contains($0.key) && !$0.value.isEmpty }
            guard let newest = own.values.joined().compactMap({ series[$0].last }).max(),
                let period = own.keys.compactMap({ project.vocabulary.metrics.metrics[$0]?.nativePeriod }).min()
            else { return nil }
            return AlertTopics.Freshness(
                resource: bound.resource.id, kind: bound.resource.kind, newest: newest, period: period)
        }
    }
}
