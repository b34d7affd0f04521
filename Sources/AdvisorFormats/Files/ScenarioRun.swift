public import AdvisorCore

/// One expectation of a scenario that did not hold.
public struct ScenarioFailure: Hashable, Sendable, CustomStringConvertible {
    /// The scenario's file.
    public var file: String
    /// The line of the expectation.
    public var line: Int
    /// The scenario's name.
    public var scenario: String
    /// What was expected and what came.
    public var problem: String

    /// `file:line: scenario: problem`.
    public var description: String { "\(file):\(line): \(scenario): \(problem)" }
}

extension Scenario {
    /// Runs the scenario: judges its rules at every instant it names.
    /// - Parameters:
    ///   - rules: Those of its rule files.
    ///   - catalog: Tiers and prices.
    ///   - services: Names of services, and presets.
    ///   - vocabulary: Names of metrics.
    /// - Returns: What did not hold; empty when all did.
    public func failures(rules: [Rule], catalog: Catalog, services: ServiceCatalog, vocabulary: Vocabulary) -> [ScenarioFailure] {
        let subject = Subject(
            resource: resource, facts: stack.facts(of: resource, catalog: catalog, services: services),
            history: history(vocabulary))
        let applying = rules.filter { $0.appliesTo == resource.kind }
        var failures: [ScenarioFailure] = []
        for at in Set(expectations.map(\.at)).sorted() {
            let judgements = applying.map {
                Evaluator(rule: $0, subject: subject, vocabulary: vocabulary).judge(upTo: start + at)
            }
            let here = expectations.filter { $0.at == at }
            for expectation in here {
                if let problem = problem(expectation, judgements, catalog) {
                    failures.append(
                        ScenarioFailure(
                            file: file, line: expectation.line, scenario: name, problem: "at \(Self.words(at)), " + problem))
                }
            }
            guard isQuiet else { continue }
            let named = Set(here.compactMap { if case .state(let rule, _, _) = $0.kind { rule } else { nil } })
            for judgement in judgements where judgement.alarm.state == .alarm && !named.contains(judgement.alarm.rule) {
                failures.append(
                    ScenarioFailure(
                        file: file, line: line, scenario: name,
                        problem: "at \(Self.words(at)), \(judgement.alarm.rule) is in ALARM, but the scenario is quiet"))
            }
        }
        return failures
    }

    private func history(_ vocabulary: Vocabulary) -> ResourceHistory {
        ResourceHistory(
            series: series.compactMap { series in
                guard let metric = vocabulary.metrics.metrics[series.metric] else { return nil }
                let samples = series.values.enumerated().compactMap { index, value -> Sample? in
                    guard let value else { return nil }
                    var sample = Sample(
                        start: start + .milliseconds(Int64(index) * series.interval.milliseconds), period: series.interval,
                        unit: metric.display.unit)
                    (sample.count, sample.sum, sample.average, sample.minimum, sample.maximum) = (1, value, value, value, value)
                    return sample
                }
                return SeriesHistory(metric: metric, samples: samples)
            })
    }

    /// What is wrong; nil when the expectation holds.
    private func problem(_ expectation: Expectation, _ judgements: [Judgement], _ catalog: Catalog) -> String? {
        switch expectation.kind {
        case .state(let rule, let state, let since):
            guard let judgement = judgements.first(where: { $0.alarm.rule == rule }) else {
                return
                    "no rule '\(rule)' for a \(resource.kind.rawValue)\(Spelling.hint(for: rule, among: judgements.map(\.alarm.rule)))"
            }
            let found = judgement.alarm.since.map { $0 - start }
            if judgement.alarm.state != state {
                return "\(rule) is \(judgement.alarm.state.rawValue), not \(state.rawValue)\(Self.datapoints(judgement.finding))"
            }
            if let since, found != since {
                return "\(rule) is \(state.rawValue) since \(found.map(Self.words) ?? "never"), not since \(Self.words(since))"
            }
            return nil
        case .recommendation(let kind, let target):
            let findings = judgements.compactMap(\.finding)
            let recommendation = Recommender(catalog: catalog).recommendation(for: resource, findings: findings)
            let found = recommendation.steps.first?.to
            guard recommendation.kind != kind || target != nil && found != target else { return nil }
            return "the recommendation is \(recommendation.kind.rawValue) \(found ?? ""), not \(kind.rawValue) \(target ?? "")"
        }
    }

    private static func datapoints(_ finding: Finding?) -> String {
        guard let range = finding?.evidence.range, !range.isEmpty else { return "" }
        let cells = range.map { $0.isBreaching.map { $0 ? "X" : "0" } ?? "-" }
        return " (datapoints, oldest first: \(cells.joined(separator: " ")))"
    }

    private static func words(_ duration: Duration) -> String {
        let seconds = duration.milliseconds / 1000
        for (length, unit) in [(86_400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)]
        where seconds >= length && seconds % length == 0 {
            return "\(seconds / length)\(unit)"
        }
        return "\(seconds)s"
    }
}
