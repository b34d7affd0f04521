public import AdvisorCore

/// Reads `metrics.yaml`.
public enum MetricsFile {
    /// The metrics that could be read, and every mistake.
    public static func read(_ text: String, file: String) -> (value: MetricCatalog, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var metrics: [Metric] = []
        var kinds: [String: ResourceKind] = [:]
        if let root = reader.root(text)?.mapping(["kinds", "metrics"], "the file") {
            for (key, value) in root["kinds"]?.members ?? [] {
                if let name = key.string(), let kind = value.choice(ResourceKind.self) { kinds[name] = kind }
            }
            for (key, value) in root.required("metrics")?.members ?? [] {
                if let id = key.string(), let metric = metric(id, value) { metrics.append(metric) }
            }
        }
        return (MetricCatalog(metrics: metrics, kindOfDimension: kinds), reader.diagnostics)
    }

    private static let keys = [
        "title", "kinds", "namespace", "name", "dimension", "other_dimensions", "derived", "unit", "display", "statistic",
        "period",
    ]

    private static func metric(_ id: String, _ value: YAMLValue) -> Metric? {
        guard let mapping = value.mapping(keys, "a metric"), let title = mapping.required("title")?.string(),
            let unit = mapping.required("unit")?.read("a CloudWatch unit", { MetricUnit(name: $0) }),
            let display = mapping.required("display")?.choice(DisplayUnit.self),
            let statistic = mapping.required("statistic")?.read("a statistic", { Statistic(word: $0) }),
            let period = mapping.required("period")?.duration()
        else { return nil }
        let origin: Metric.Origin
        if let derived = mapping["derived"] {
            var texts: [String: String] = [:]
            for (key, value) in derived.members ?? [] {
                if let engine = key.text, let text = value.string() { texts[engine] = text }
            }
            origin = .derived(texts)
        } else {
            guard let namespace = mapping.required("namespace")?.string(), let name = mapping.required("name")?.string() else {
                return nil
            }
            origin = .series(namespace: namespace, name: name)
        }
        let others = (mapping["other_dimensions"]?.members ?? []).compactMap { key, value in
            key.text.flatMap { name in value.string().map { SeriesKey.Dimension(name, $0) } }
        }
        return Metric(
            id: id, title: title, kinds: Set((mapping["kinds"]?.list ?? []).compactMap { $0.choice(ResourceKind.self) }),
            origin: origin,
            dimension: mapping["dimension"]?.string(), otherDimensions: others, unit: unit, display: display,
            statistic: statistic,
            nativePeriod: period)
    }
}
