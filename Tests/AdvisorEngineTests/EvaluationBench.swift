import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport

/// Projects of small rules, and what evaluating them records.
enum EvaluationBench {
    private static let cpu = Metric(
        id: "cpu", title: "CPU", kinds: [.database], origin: .series(namespace: "AWS/RDS", name: "CPUUtilization"),
        dimension: "DBInstanceIdentifier", unit: .percent, display: .percent, statistic: .average, nativePeriod: .seconds(60))
    private static let connections = Metric(
        id: "connections", title: "Connections", kinds: [.database],
        origin: .series(namespace: "AWS/RDS", name: "DatabaseConnections"), dimension: "DBInstanceIdentifier", unit: .count,
        display: .count, statistic: .average, nativePeriod: .seconds(60))
    private static let vocabulary = Vocabulary(
        metrics: MetricCatalog(metrics: [cpu, connections], kindOfDimension: ["DBInstanceIdentifier": .database]))

    /// A rule on the CPU; nil when the text does not load.
    static func rule(_ id: String, _ when: String, clear: String? = nil) throws -> Rule {
        var rule = Rule(
            id: id, title: id, appliesTo: .database, when: try Formula.parse(when, vocabulary: vocabulary, role: .when))
        rule.clear = try clear.map { try Formula.parse($0, vocabulary: vocabulary, role: .when) }
        return rule
    }

    static func project(_ rules: [Rule]) -> Project {
        Project(
            rules: rules, stack: Stack(), catalog: Catalog(region: "test", tiers: []), vocabulary: vocabulary,
            services: ServiceCatalog())
    }

    /// Rules by id and condition.
    static func project(_ rules: [String: String]) throws -> Project {
        project(try rules.sorted { $0.key < $1.key }.map { try rule($0.key, $0.value) })
    }

    /// A rule of any kind.
    static func randomRule(_ number: Int, _ generator: inout SplitMix) throws -> Rule {
        let functions = ["avg(cpu)", "max(cpu)", "min(cpu)", "avg(cpu, 15m)"]
        let function = functions[Int.random(in: 0..<functions.count, using: &generator)]
        let clear = Bool.random(using: &generator) ? "\(function) < 60%" : nil
        var rule = try rule("rule-\(number)", "\(function) > \(Int.random(in: 60...90, using: &generator))%", clear: clear)
        let evaluated = Int.random(in: 1...4, using: &generator)
        let datapoints = Sustain.Datapoints(toAlarm: Int.random(in: 1...evaluated, using: &generator), evaluated: evaluated)
        rule.sustain = Sustain(period: .seconds([60, 300, 900].randomElement(using: &generator) ?? 300), datapoints: datapoints)
        rule.missing = MissingData.allCases.randomElement(using: &generator) ?? .missing
        rule.keepFiringFor = Bool.random(using: &generator) ? .seconds(420) : nil
        return rule
    }

    /// Five-minute values in intervals, with gaps.
    static func randomSamples(_ count: Int, _ generator: inout SplitMix) -> [Sample] {
        var result: [Sample] = []
        var number = 0
        while number < count {
            let length = Int.random(in: 1...8, using: &generator)
            let kind = Int.random(in: 0..<5, using: &generator)
            for index in number..<min(count, number + length) where kind > 0 {
                let range = kind < 3 ? 70.0...95 : 40.0...70
                result.append(Fixtures.value(index * 5, Double.random(in: range, using: &generator)))
            }
            number += length
        }
        return result
    }
}

extension TemporaryStore {
    /// Every change of state as the file has it.
    func transitions() throws -> [String] {
        let order = "ORDER BY rule, kind, resource, at"
        let text = try sql("SELECT rule, resource, at, fromState, toState FROM transition \(order)")
        return text.split(separator: "\n").map(String.init)
    }

    /// Every alarm as the file has it.
    func alarms() throws -> [String] {
        let text = try sql("SELECT rule, resource, state, since, evaluatedUpTo, leavingSince FROM alarm ORDER BY rule, resource")
        return text.split(separator: "\n").map(String.init)
    }

    func evaluations() throws -> [String] {
        try sql("SELECT at FROM evaluation ORDER BY id").split(separator: "\n").map(String.init)
    }
}

extension Store {
    @discardableResult
    func evaluate(_ project: Project, at minute: Int) throws -> EvaluationOutcome {
        try EvaluationPipeline(store: self, project: project, now: Fixtures.at(minute)).run(
            .record)
    }

    func backtest(_ project: Project, at minute: Int) throws -> EvaluationOutcome {
        try EvaluationPipeline(store: self, project: project, now: Fixtures.at(minute)).run(
            .replay)
    }
}

extension [Transition] {
    /// In the order and spelling of the file.
    var asStored: [String] {
        sorted { ($0.rule, $0.resource, $0.at) < ($1.rule, $1.resource, $1.at) }
            .map { "\($0.rule)|\($0.resource)|\($0.at.milliseconds)|\($0.from.rawValue)|\($0.to.rawValue)" }
    }
}

extension EvaluationOutcome {
    /// The state of every finding.
    var states: [AlarmState] { report.entries.flatMap(\.findings).map(\.state) }
}
