public import AdvisorCore
internal import Foundation

/// One expectation of a scenario that did not hold.
public struct ScenarioFailure: Hashable, Sendable, CustomStringConvertible {
    /// The file it is in.
    public var file: String
    /// The line of the expectation.
    public var line: Int
    /// From 1; nil when the line says enough.
    public var column: Int?
    /// The scenario's name; nil when the file itself is broken.
    public var scenario: String?
    /// What was expected and what came.
    public var problem: String
    /// The datapoints behind it, a line each; empty where there are none.
    public var details: [String] = []

    /// `file:line: scenario: problem`.
    public var description: String {
        "\(file):\(line)\(column.map { ":\($0)" } ?? ""): \(scenario.map { "\($0): " } ?? "")\(problem)"
    }
}

extension Scenario {
    /// Whether its name, file, rule files, expected rules or resource contain a text, whatever the case.
    public func matches(_ text: String) -> Bool {
        let rules = expectations.compactMap(\.kind.rule)
        return ([name, file, resource.id] + ruleFiles + rules).contains { $0.lowercased().contains(text.lowercased()) }
    }

    /// Reads its rule files, with the variables and mutes of its stack, and runs it.
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

    /// Runs the scenario: evaluates its rules at every time it names.
    /// - Parameters:
    ///   - rules: Those of its rule files.
    ///   - catalog: Tiers and prices.
    ///   - services: Names of services, and presets.
    ///   - vocabulary: Names of metrics.
    /// - Returns: What did not hold; empty when all did.
    public func failures(rules: [Rule], catalog: Catalog, services: ServiceCatalog, vocabulary: Vocabulary) -> [ScenarioFailure] {
        let facts = FactGatherer(stack: stack, billing: billing, catalog: catalog, services: services).facts(about: resource)
        let target = EvaluationTarget(resource: resource, facts: facts, history: history(vocabulary))
        let applying = rules.filter { $0.appliesTo == resource.kind }
        var failures: [ScenarioFailure] = []
        for at in Set(expectations.map(\.at)).sorted() {
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
