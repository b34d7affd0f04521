public import AdvisorCore
public import Foundation

/// A test of rules: samples and expected results.
public struct Scenario: Sendable {
    /// One series, in its metric's display unit.
    public struct Series: Sendable {
        /// The name of the metric.
        public var metric: MetricID
        /// The time between two values, and the period of each sample.
        public var interval: Duration
        /// nil is a missing value.
        public var values: [Double?]
    }

    /// The expected end of an episode.
    public enum EpisodeEnd: Hashable, Sendable {
        /// Not checked.
        case any
        /// Not ended.
        case open
        /// Ended at a time.
        case at(Duration)
    }

    /// The alert that a rule can raise at a time.
    public enum AlertKind: String, CaseIterable, Sendable {
        case alarm, resolved, none
    }

    /// Why a rule has insufficient data.
    public struct ExpectedGap: Hashable, Sendable {
        /// The gap's code: `no_series`.
        public var code: String
        /// The metric or fact that is missing; nil for any.
        public var subject: String?

        var text: String { subject.map { "\(code) \($0)" } ?? code }

        func matches(_ gap: Evidence.Gap) -> Bool {
            gap.innermostCode == code && (subject == nil || gap.subject == subject)
        }
    }

    /// One expectation at a time.
    public struct Expectation: Sendable {
        /// The expected result.
        public enum Kind: Sendable {
            /// A rule's state, and since when.
            case state(rule: String, AlarmState, since: Duration?)
            /// An interval in ALARM.
            case episode(rule: String, start: Duration, end: EpisodeEnd)
            /// The alert that a rule raises at the time.
            case alert(rule: String, AlertKind)
            /// Whether a rule has insufficient data, and why.
            case silence(rule: String, isExpected: Bool, gap: ExpectedGap?)
            /// The resource's recommendation; US dollars by key.
            case recommendation(Recommendation.Kind, to: String?, costs: [String: Decimal])

            /// The rule; nil for the recommendation.
            var rule: String? {
                switch self {
                case .state(let rule, _, _), .episode(let rule, _, _), .alert(let rule, _), .silence(let rule, _, _): rule
                case .recommendation: nil
                }
            }
        }
        /// The time after the start.
        public var at: Duration
        /// The expected result.
        public var kind: Kind
        /// The line it begins in.
        public var line: Int
    }

    /// The file it is in, as the user gave it.
    public var file: String
    /// The line it begins in.
    public var line: Int
    /// The text as its author wrote it.
    public var name: String
    /// The resource.
    public var resource: Stack.Resource
    /// The stack.
    public var stack: Stack
    /// What a bill says, and the use of an allowance.
    public var billing: BillingFacts
    /// The time of the first values.
    public var start: Timestamp
    /// All samples.
    public var series: [Series]
    /// The expectations in file order.
    public var expectations: [Expectation]
    /// Whether any other rule in ALARM is a failure.
    public var isQuiet: Bool
    /// The rule files, relative to this file.
    public var ruleFiles: [String]
}

/// Reads scenario files.
public enum ScenarioFile {
    /// The valid scenarios, and all errors.
    public static func read(
        _ text: String, file: String, metrics: MetricCatalog, catalog: Catalog, services: ServiceCatalog
    ) -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        let scenarios = read(text, reader, metrics: metrics, catalog: catalog, services: services)
        return (scenarios, reader.diagnostics)
    }

    static func read(
        _ text: String, _ reader: YAMLReader, metrics: MetricCatalog, catalog: Catalog, services: ServiceCatalog
    ) -> [Scenario] {
        let stacks = StackReader(catalog: catalog, services: services, metrics: metrics)
        var result: [Scenario] = []
        if let root = reader.root(text)?.mapping(.scenarioFile) {
            let files = root["rules"]?.strings() ?? []
            for value in root["scenarios"]?.elements("a list of scenarios") ?? [] {
                if let scenario = scenario(value, file: reader.file, files: files, metrics: metrics, stacks: stacks) {
                    result.append(scenario)
                }
            }
        }
        return result
    }

    private static func scenario(
        _ value: YAMLValue, file: String, files: [String], metrics: MetricCatalog, stacks: StackReader
    ) -> Scenario? {
        let before = value.reader.errors
        guard let mapping = value.mapping(.scenario) else { return nil }
        let name = mapping["name"]?.string()
        let resource = mapping["resource"].flatMap(stacks.resource)
        let start = mapping["start"]?.time()
        var stack = mapping["stack"].map(stacks.stack) ?? Stack()
        let billing = ScenarioMoney.read(mapping, start: start, resource: resource, stack: stack, services: stacks.services)
        let interval = mapping["interval"]?.duration()
        let series = (mapping["series"]?.pairs("a mapping of metrics to values") ?? []).compactMap { name, key, value in
            self.series(name, key, value, interval: interval, metrics: metrics)
        }
        let expected = mapping["expect"]?.elements("a list of expectations")
        if let expected, expected.isEmpty { mapping["expect"]?.fail("'expect' is empty; the scenario would always pass") }
        let expectations = (expected ?? []).compactMap(Scenario.Expectation.read).flatMap { $0 }
        let isQuiet = mapping["quiet"]?.boolean() ?? false
        guard value.reader.errors == before, let name, let resource, let start else { return nil }
        if !stack.resources.contains(where: { $0.id == resource.id && $0.kind == resource.kind }) {
            stack.resources.insert(resource, at: 0)
        }
        return Scenario(
            file: file, line: value.line, name: name, resource: resource, stack: stack, billing: billing, start: start,
            series: series,
            expectations: expectations, isQuiet: isQuiet, ruleFiles: files)
    }

    private static func series(
        _ name: String, _ key: YAMLValue, _ value: YAMLValue, interval: Duration?, metrics: MetricCatalog
    ) -> Scenario.Series? {
        switch metrics.metric(named: name)?.origin {
        case .series: break
        case .derived:
            key.fail("'\(name)' is derived from other metrics; set the series of those")
            return nil
        case nil:
            key.fail(key.unknown(name, among: metrics.names, what: "metric"))
            return nil
        }
        var text = value
        var own = interval
        if value.members != nil {
            guard let mapping = value.mapping(.scenarioSeries), let values = mapping["values"] else {
                return nil
            }
            text = values
            own = mapping["interval"]?.duration() ?? interval
        }
        guard let own else {
            value.fail("'interval' is missing; set it for the series or the scenario")
            return nil
        }
        guard let values = text.read("values", "'50 85x3 _x2 90x10'", self.values) else { return nil }
        return Scenario.Series(metric: MetricID(name), interval: own, values: values)
    }

    /// Parses promtool's notation: `a+bxn` is n + 1 values, `_xn` n missing ones; nil if invalid.
    public static func values(_ text: String) -> [Double?]? {
        var result: [Double?] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            guard let values = values(ofWord: word), result.count + values.count <= mostValues else { return nil }
            result += values
        }
        return result.isEmpty ? nil : result
    }

    /// The maximum length of a series: two years of minutes.
    private static let mostValues = 1_100_000

    private static func values(ofWord word: Substring) -> [Double?]? {
        let parts = word.split(separator: "x", omittingEmptySubsequences: false)
        guard parts.count <= 2, let times = parts.count == 2 ? QuantityText.integer(String(parts[1])) : 0, times < mostValues
        else {
            return nil
        }
        if parts[0] == "_" { return [Double?](repeating: nil, count: parts.count == 2 ? times : 1) }
        let body = parts[0]
        let sign = body.indices.dropFirst().last { "+-".contains(body[$0]) && !"eE".contains(body[body.index(before: $0)]) }
        guard let first = number(body[..<(sign ?? body.endIndex)]) else { return nil }
        guard let sign else { return [Double?](repeating: first, count: times + 1) }
        guard parts.count == 2, let size = number(body[body.index(after: sign)...]) else { return nil }
        let step = body[sign] == "-" ? -size : size
        return (0...times).map { first + Double($0) * step }
    }

    /// A decimal number, optionally with sign and exponent.
    private static func number(_ text: Substring) -> Double? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) || ".+-eE".utf8.contains($0) }), let number = Double(text) else {
            return nil
        }
        return number.isFinite ? number : nil
    }
}
