public import AdvisorCore

/// Reads `metrics.yaml`.
public enum MetricsFile {
    /// The valid metrics, and all errors.
    public static func read(_ text: String, file: String) -> (value: MetricCatalog, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var metrics: [Metric] = []
        var kinds: [String: ResourceKind] = [:]
        var derivations: [Derivation] = []
        if let root = reader.root(text)?.mapping(.metricsFile) {
            for (name, _, value) in root["kinds"]?.pairs("a mapping of dimensions to kinds") ?? [] {
                kinds[name] = value.choice(ResourceKind.self, "kind")
            }
            for (id, _, value) in root["metrics"]?.pairs("a mapping of names to metrics") ?? [] {
                if let metric = metric(id, value, &derivations) { metrics.append(metric) }
            }
        }
        let catalog = MetricCatalog(metrics: metrics, kindOfDimension: kinds)
        for derivation in derivations { derivation.check(Vocabulary(metrics: catalog)) }
        return (catalog, reader.diagnostics)
    }

    /// An expression of a derived metric, parsed when all metrics are known.
    private struct Derivation {
        let value: YAMLValue
        let measure: QuantityKind

        func check(_ vocabulary: Vocabulary) {
            guard let text = value.text else { return }
            do {
                let formula = try Formula.parse(text, vocabulary: vocabulary, role: .value)
                if formula.measure != measure {
                    value.fail("'\(text)' is \(formula.measure.words), but the metric's unit says \(measure.words)")
                }
            } catch {
                for problem in error.problems { value.fail(problem.message(in: text), offset: problem.offset) }
            }
        }
    }

    private static func metric(_ id: String, _ value: YAMLValue, _ derivations: inout [Derivation]) -> Metric? {
        guard let mapping = value.mapping(.metric) else { return nil }
        let title = mapping["title"]?.string()
        let kinds = (mapping["kinds"]?.elements("a list of kinds") ?? []).compactMap { $0.choice(ResourceKind.self, "kind") }
        let unit = mapping["unit"].flatMap(unit)
        let display = mapping["display"]?.choice(DisplayUnit.self, "display unit")
        let statistic = mapping["statistic"].flatMap(statistic)
        let period = mapping["period"]?.duration()
        let others = (mapping["other_dimensions"]?.pairs("a mapping such as { Currency: USD }") ?? []).compactMap {
            name, _, value in
            value.string().map { SeriesKey.Dimension(name, $0) }
        }
        let dimension = mapping["dimension"]?.string()
        let origin = origin(mapping, unit?.conversion.measure, &derivations)
        guard let title, let unit, let display, let statistic, let period, let origin else { return nil }
        if unit.conversion.measure != display.unit.conversion.measure {
            mapping["display"]?.fail(
                "'\(display.rawValue)' shows \(display.unit.conversion.measure.words), but \(unit.name) is \(unit.conversion.measure.words)"
            )
        }
        return Metric(
            id: MetricID(id), title: title, kinds: Set(kinds), origin: origin, dimension: dimension, otherDimensions: others,
            unit: unit, display: display, statistic: statistic, nativePeriod: period,
            minimum: mapping["minimum"].flatMap(limit), maximum: mapping["maximum"].flatMap(limit))
    }

    /// A series by namespace and name, or expressions by engine.
    private static func origin(_ mapping: YAMLMapping, _ measure: QuantityKind?, _ derivations: inout [Derivation]) -> Metric
        .Origin?
    {
        guard let derived = mapping["derived"] else {
            for key in ["namespace", "name"] where mapping.values[key] == nil { mapping.whole.fail("'\(key)' is missing") }
            let namespace = mapping["namespace"]?.string()
            let name = mapping["name"]?.string()
            guard let namespace, let name else { return nil }
            return .series(namespace: namespace, name: name)
        }
        for key in ["namespace", "name", "dimension", "other_dimensions"] {
            mapping[key]?.fail("'\(key)' has no effect: the metric is derived from others")
        }
        var texts: [String: String] = [:]
        for (engine, _, value) in derived.pairs("a mapping of engines to expressions; \"*\" is every other engine") {
            texts[engine] = value.string()
            if let measure { derivations.append(Derivation(value: value, measure: measure)) }
        }
        return .derived(texts)
    }

    private static func unit(_ value: YAMLValue) -> MetricUnit? {
        guard let text = value.string() else { return nil }
        if let unit = MetricUnit(name: text) { return unit }
        value.fail(value.unknown(text, among: MetricUnit.allCases.map(\.name), what: "CloudWatch unit"))
        return nil
    }

    private static func limit(_ value: YAMLValue) -> Double? {
        value.read("number", "100 or -1") { text in Double(text).flatMap { $0.isFinite ? $0 : nil } }
    }

    private static func statistic(_ value: YAMLValue) -> Statistic? {
        guard let text = value.string() else { return nil }
        if let statistic = Statistic(word: text) { return statistic }
        value.fail(value.unknown(text, among: Statistic.all.map(\.word)))
        return nil
    }
}
