public import AdvisorCore

/// A test of rules: samples, and what must come of them.
public struct Scenario: Sendable {
    /// One series, in its metric's display unit.
    public struct Series: Sendable {
        /// The metric's name.
        public var metric: String
        /// Between two values; also each sample's period.
        public var interval: Duration
        /// nil is a missing value.
        public var values: [Double?]
    }

    /// One thing that must hold at an instant.
    public struct Expectation: Sendable {
        /// What must hold.
        public enum Kind: Sendable {
            /// A rule's state, and since when it stands.
            case state(rule: String, AlarmState, since: Duration?)
            /// The resource's recommendation.
            case recommendation(Recommendation.Kind, to: String?)
        }
        /// After the start.
        public var at: Duration
        /// What must hold.
        public var kind: Kind
        /// The line it stands in.
        public var line: Int
    }

    /// The file it stands in, as the user gave it.
    public var file: String
    /// The line it stands in.
    public var line: Int
    /// As its author wrote it.
    public var name: String
    /// What is judged.
    public var resource: Stack.Resource
    /// What else is known.
    public var stack: Stack
    /// The stamp of the first values.
    public var start: Timestamp
    /// All samples.
    public var series: [Series]
    /// In the order of the file.
    public var expectations: [Expectation]
    /// Whether another rule in ALARM is a failure.
    public var isQuiet: Bool
    /// The rule files, relative to this file.
    public var ruleFiles: [String]
}

/// Reads files of scenarios.
public enum ScenarioFile {
    /// The scenarios that could be read, and every mistake.
    public static func read(
        _ text: String, file: String, metrics: MetricCatalog, catalog: Catalog, services: ServiceCatalog
    ) -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        let stacks = StackReader(catalog: catalog, services: services)
        var result: [Scenario] = []
        if let root = reader.root(text)?.mapping(["rules", "scenarios"], "a scenario file") {
            let files = root.required("rules")?.strings() ?? []
            for value in root.required("scenarios")?.list ?? [] {
                if let scenario = scenario(value, file: file, files: files, metrics: metrics, stacks: stacks) {
                    result.append(scenario)
                }
            }
        }
        return (result, reader.diagnostics)
    }

    private static let keys = ["name", "resource", "stack", "start", "interval", "series", "expect", "quiet"]

    private static func scenario(
        _ value: YAMLValue, file: String, files: [String], metrics: MetricCatalog, stacks: StackReader
    ) -> Scenario? {
        guard let mapping = value.mapping(keys, "a scenario"), let name = mapping.required("name")?.string(),
            let resource = mapping.required("resource").flatMap(stacks.resource),
            let start = mapping.required("start")?.read("an instant such as 2026-01-01T00:00:00Z", { Timestamp(text: $0) })
        else { return nil }
        var stack = mapping["stack"].map(stacks.stack) ?? Stack()
        if !stack.resources.contains(where: { $0.id == resource.id && $0.kind == resource.kind }) {
            stack.resources.insert(resource, at: 0)
        }
        let interval = mapping["interval"]?.duration()
        let series = (mapping["series"]?.members ?? []).compactMap { key, value in
            self.series(key, value, interval: interval, metrics: metrics)
        }
        let expectations = (mapping.required("expect")?.list ?? []).compactMap(expectation)
        return Scenario(
            file: file, line: value.line, name: name, resource: resource, stack: stack, start: start, series: series,
            expectations: expectations, isQuiet: mapping["quiet"]?.boolean() ?? false, ruleFiles: files)
    }

    private static func series(_ key: YAMLValue, _ value: YAMLValue, interval: Duration?, metrics: MetricCatalog) -> Scenario
        .Series?
    {
        guard let name = key.string() else { return nil }
        guard let metric = metrics.metrics[name], case .series = metric.origin else {
            let known = metrics.metrics.values.filter { if case .series = $0.origin { true } else { false } }.map(\.id)
            key.fail("unknown metric '\(name)'\(Spelling.hint(for: name, among: known))")
            return nil
        }
        var text = value
        var own = interval
        if value.members != nil {
            guard let mapping = value.mapping(["interval", "values"], "a series"), let values = mapping.required("values") else {
                return nil
            }
            text = values
            own = mapping["interval"]?.duration() ?? interval
        }
        guard let own else {
            value.fail("'interval' is missing, for the series or for the scenario")
            return nil
        }
        guard let values = text.read("values such as '50 85x3 _x2 90x10'", self.values) else { return nil }
        return Scenario.Series(metric: name, interval: own, values: values)
    }

    private static func expectation(_ value: YAMLValue) -> Scenario.Expectation? {
        guard let mapping = value.mapping(["at", "rule", "state", "since", "recommendation"], "an expectation"),
            let atValue = mapping.required("at"),
            let at = atValue.text == "0" ? .zero : atValue.duration()
        else { return nil }
        if let wanted = mapping["recommendation"]?.mapping(["action", "to"], "a recommendation") {
            guard let kind = wanted.required("action")?.choice(Recommendation.Kind.self) else { return nil }
            return Scenario.Expectation(at: at, kind: .recommendation(kind, to: wanted["to"]?.string()), line: value.line)
        }
        guard let rule = mapping.required("rule")?.string(), let state = mapping.required("state")?.choice(AlarmState.self) else {
            return nil
        }
        let since = mapping["since"].flatMap { $0.text == "0" ? .zero : $0.duration() }
        return Scenario.Expectation(at: at, kind: .state(rule: rule, state, since: since), line: value.line)
    }

    /// Reads promtool's notation: `a+bxn` is n + 1 values, `_xn` n missing ones; nil when it is none.
    public static func values(_ text: String) -> [Double?]? {
        var result: [Double?] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            if word.hasPrefix("_") {
                guard word == "_" || word.hasPrefix("_x"), let count = word == "_" ? 1 : Int(word.dropFirst(2)),
                    (0...1_000_000).contains(count)
                else { return nil }
                result += [Double?](repeating: nil, count: count)
                continue
            }
            let parts = word.split(separator: "x", omittingEmptySubsequences: false)
            guard parts.count <= 2, let times = parts.count == 2 ? Int(parts[1]) : 0, times >= 0, times <= 1_000_000 else {
                return nil
            }
            let body = parts[0]
            let sign = body.dropFirst().lastIndex { $0 == "+" || $0 == "-" }
            var step = 0.0
            var first = body
            if let sign, body[body.index(before: sign)] != "e" {
                guard let size = Double(body[body.index(after: sign)...]), size.isFinite else { return nil }
                step = body[sign] == "-" ? -size : size
                first = body[..<sign]
            }
            guard let start = Double(first), start.isFinite else { return nil }
            for index in 0...times { result.append(start + Double(index) * step) }
        }
        return result.isEmpty ? nil : result
    }
}
