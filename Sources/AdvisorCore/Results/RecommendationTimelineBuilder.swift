import Foundation

/// Computes the recommendations at each time from the alarms: the rules' own targets, without projections.
struct RecommendationTimelineBuilder {
    let resource: Stack.Resource
    let recommender: Recommender
    let from: Timestamp
    let to: Timestamp

    func path(_ evaluated: [(track: Backtest.RuleTimeline, finding: Finding)]) -> Backtest.RecommendationTimeline {
        let standing = Set(evaluated.compactMap(\.track.rule.unlessAlarm))
        let asking = evaluated.filter { $0.track.rule.recommend != nil || standing.contains($0.track.rule.id) }
        var times: Set<Timestamp> = [from]
        for (track, _) in asking {
            let ends = track.episodes.compactMap { $0.end.map { $0 + RecommendationContext.hold } }
            times.formUnion((track.transitions.map(\.at) + ends).filter { $0 > from && $0 <= to })
        }
        var positions = asking.map { _ in 0 }
        var states = asking.map { _ in AlarmState.insufficientData }
        var known: [[AlarmState]: Recommendation] = [:]
        var result = Backtest.RecommendationTimeline(resource: resource, advice: [], followed: [])
        var everFired = asking.map { _ in false }
        // The number of episodes that have begun.
        var begun = asking.map { _ in 0 }
        for time in times.sorted() {
            for (number, (track, _)) in asking.enumerated() {
                let intervals = track.intervals
                while positions[number] + 1 < intervals.count, intervals[positions[number]].end <= time {
                    positions[number] += 1
                }
                if positions[number] < intervals.count { states[number] = intervals[positions[number]].state }
                if time == to, let last = track.transitions.last, last.at == to { states[number] = last.to }
                if states[number] == .alarm { everFired[number] = true }
                while begun[number] < track.episodes.count, track.episodes[begun[number]].start <= time { begun[number] += 1 }
            }
            // As in the report, a rule is followed for a while after it left ALARM.
            var followed = states
            for (number, (track, _)) in asking.enumerated() where begun[number] > 0 {
                let end = track.episodes[begun[number] - 1].end
                if end.map({ time < $0 + RecommendationContext.hold }) ?? true { followed[number] = .alarm }
            }
            add(recommendation(asking.map(\.finding), followed, &known), at: time, to: &result.advice)
            let sticky = zip(states, everFired).map { state, fired in fired ? AlarmState.alarm : state }
            add(recommendation(asking.map(\.finding), sticky, &known), at: time, to: &result.followed)
        }
        result.staying = cost(result.followed.prefix(1).map { (from, $0.recommendation.before?.total) })
        result.following = cost(
            result.followed.map { ($0.at, ($0.recommendation.after ?? $0.recommendation.before)?.total) })
        return result
    }

    private func recommendation(
        _ findings: [Finding], _ states: [AlarmState], _ known: inout [[AlarmState]: Recommendation]
    ) -> Recommendation {
        if let found = known[states] { return found }
        var standing = findings
        for index in standing.indices {
            // Today's value does not apply to that time.
            if standing[index].state != states[index] { standing[index].value = nil }
            standing[index].state = states[index]
        }
        // An inhibited rule recommends nothing; mutes do not affect recommendations.
        let result = recommender.recommendation(for: resource, findings: standing.applyingSuppressions([], at: from))
        known[states] = result
        return result
    }

    /// Adds a recommendation if it differs from the previous one.
    private func add(_ recommendation: Recommendation, at time: Timestamp, to advice: inout [Backtest.Advice]) {
        if let last = advice.last?.recommendation, last.kind == recommendation.kind,
            last.steps.map(\.kind) == recommendation.steps.map(\.kind), last.steps.map(\.to) == recommendation.steps.map(\.to)
        {
            return
        }
        advice.append(Backtest.Advice(at: time, recommendation: recommendation))
    }

    /// The cost over time at monthly prices, with months of 730 hours; nil if one is unknown.
    private func cost(_ bills: [(at: Timestamp, monthly: Money?)]) -> Money? {
        var total = Decimal(0)
        for (index, bill) in bills.enumerated() {
            guard let monthly = bill.monthly else { return nil }
            let end = index + 1 < bills.count ? bills[index + 1].at : to
            total += monthly.amount * Decimal(end.milliseconds - bill.at.milliseconds)
        }
        guard !bills.isEmpty else { return nil }
        return Money((total / Decimal(Int64(Catalog.hoursPerMonth) * 3_600_000)).rounded(scale: 6))
    }
}
