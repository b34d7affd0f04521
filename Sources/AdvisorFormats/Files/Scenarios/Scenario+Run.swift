public import AdvisorCore
internal import Foundation

/// A failed expectation of a scenario.
public struct ScenarioFailure: Hashable, Sendable, CustomStringConvertible {
    /// The file it is in.
    public var file: String
    /// The line of the expectation.
    public var line: Int
    /// The column from 1; nil if the line is sufficient.
    public var column: Int?
    /// The name of the scenario; nil if the file is invalid.
    public var scenario: String?
    /// The expected and the actual result.
    public var problem: String
    /// The datapoints, one per line; empty if there are none.
    public var details: [String] = []

    /// `file:line: scenario: problem`.
    public var description: String {
        "\(file):\(line)\(column.map { ":\($0)" } ?? ""): \(scenario.map { "\($0): " } ?? "")\(problem)"
    }
}

extension Scenario {
    /// Whether its name, file, rule files, expected rules or resource contain a text, ignoring case.
    public func matches(_ text: String) -> Bool {
        let rules = expectations.compactMap(\.kind.rule)
        return ([name, file, resource.id] + ruleFiles + rules).contains { $0.lowercased().contains(text.lowercased()) }
    }

    /// Reads its rule files with the variables and mutes of its stack, and runs it.
    public func result(
        ruleFiles: [(file: String, text: String)], catalog: Catalog, services: ServiceCatalog, vocabulary: Vocabulary
    ) -> [ScenarioFailure] {
        let read = RuleFile(vocabulary: vocabulary, catalog: catalog).read(ruleFiles, settings: stack.language)
        let errors = read.diagnostics.filter { !$0.isNote }.map { error in
            ScenarioFailure(
                file: error.file, line: error.line ?? 1, column: error.column, scenario: name, problem: error.problem)
        }
        let disabled = Set(stack.language.disabled.map(\.name))
        let rules = read.rules.filter { !disabled.contains($0.id) }
        return errors + failures(rules: rules, catalog: catalog, services: services, vocabulary: vocabulary)
    }

    /// Runs the scenario: evaluates its rules at each time of its expectations.
    /// - Parameters:
    ///   - rules: The rules of its rule files.
    ///   - catalog: Tiers and prices.
    ///   - services: The services and presets.
    ///   - vocabulary: The metrics.
    /// - Returns: The failures; empty if all expectations are met.
    public func failures(rules: [Rule], catalog: Catalog, services: ServiceCatalog, vocabulary: Vocabulary) -> [ScenarioFailure] {
        let history = history(vocabulary)
        let applying = rules.filter { $0.appliesTo == resource.kind }
        var failures: [ScenarioFailure] = []
        for at in Set(expectations.map(\.at)).sorted() {
            let facts = FactGatherer(
                stack: stack, billing: billing, catalog: catalog, services: services, asOf: start + at
            ).facts(about: resource)
            let target = EvaluationTarget(resource: resource, facts: facts, history: history)
            let evaluations = applying.map {
                Evaluator(rule: $0, target: target, vocabulary: vocabulary).evaluate(upTo: start + at)
            }
            let moment = Moment(scenario: self, at: at, evaluations: evaluations, catalog: catalog)
            failures += expectations.filter { $0.at == at }.compactMap(moment.failure)
            guard isQuiet else { continue }
            let named = Set(expectations.filter { $0.at == at }.compactMap(\.kind.rule))
            for evaluation in evaluations where evaluation.alarm.state == .alarm && !named.contains(evaluation.alarm.rule) {
                failures.append(
                    ScenarioFailure(
                        file: file, line: line, scenario: name,
                        problem:
                            "at \(Moment.words(at)), \(evaluation.alarm.rule) is in ALARM, but the scenario is quiet",
                        details: moment.details(evaluation.finding)))
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
}
