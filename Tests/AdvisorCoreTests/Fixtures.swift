import AdvisorCore
import AdvisorTestSupport
import Testing

/// Small things that the tests of the core evaluate.
enum Fixtures {
    static let cpu = Metric(
        id: "cpu", title: "CPU", kinds: [.database], origin: .series(namespace: "AWS/RDS", name: "CPUUtilization"),
        dimension: "DBInstanceIdentifier", unit: .percent, display: .percent, statistic: .average, nativePeriod: .seconds(60))
    static let freeStorage = Metric(
        id: "free_storage", title: "Free storage", kinds: [.database],
        origin: .series(namespace: "AWS/RDS", name: "FreeStorageSpace"),
        dimension: "DBInstanceIdentifier", unit: .bytes, display: .gigabytes, statistic: .average, nativePeriod: .seconds(60))
    static let storageUsed = Metric(
        id: "storage_used", title: "Storage used", kinds: [.database],
        origin: .derived(["*": "allocated_storage - free_storage"]),
        dimension: nil, unit: .bytes, display: .gigabytes, statistic: .maximum, nativePeriod: .seconds(60))
    static let users = Metric(
        id: "active_users", title: "Active users", kinds: [.database], origin: .series(namespace: "Advisor", name: "ActiveUsers"),
        dimension: "DBInstanceIdentifier", unit: .count, display: .count, statistic: .maximum, nativePeriod: .seconds(3600))
    static let latency = Metric(
        id: "query_latency", title: "Query response", kinds: [.database],
        origin: .series(namespace: "Advisor", name: "QueryLatency"),
        dimension: "DBInstanceIdentifier", unit: .milliseconds, display: .milliseconds, statistic: .average,
        nativePeriod: .seconds(300))
    static let charges = Metric(
        id: "estimated_charges", title: "Charges", kinds: [.account, .service],
        origin: .series(namespace: "AWS/Billing", name: "EstimatedCharges"), dimension: "ServiceName", unit: .usDollars,
        display: .dollars, statistic: .maximum, nativePeriod: .seconds(21_600))
    static let vocabulary = Vocabulary(
        metrics: MetricCatalog(metrics: [cpu, freeStorage, storageUsed, users, latency, charges]))

    /// A rule of which only the condition matters.
    static func rule(_ when: String, id: String = "rule") -> Rule {
        Rule(id: id, title: id, appliesTo: .database, when: formula(when))
    }

    /// A checked expression; a wrong one fails the test.
    static func formula(_ text: String, role: Formula.Role = .when) -> Formula {
        do { return try Formula.parse(text, vocabulary: vocabulary, role: role) } catch {
            Issue.record("'\(text)' does not load: \(error.problems.map(\.message))")
            return formula("avg(cpu) > 80%")
        }
    }

    /// One observation every `interval`; nil is missing.
    static func history(_ metric: Metric, _ values: [Double?], from start: Timestamp, interval: Duration = .seconds(300))
        -> SeriesHistory
    {
        let samples = values.enumerated().compactMap { index, value -> Sample? in
            guard let value else { return nil }
            var sample = Sample(
                start: start + .milliseconds(Int64(index) * interval.milliseconds), period: interval, unit: metric.display.unit)
            (sample.count, sample.sum, sample.average, sample.minimum, sample.maximum) = (1, value, value, value, value)
            return sample
        }
        return SeriesHistory(metric: metric, samples: samples)
    }

    /// A database with that CPU, at five minutes.
    static func target(cpu values: [Double?], from start: Timestamp, facts: Facts = [:]) -> EvaluationTarget {
        target([history(cpu, values, from: start)], from: start, facts: facts)
    }

    /// A database with these series.
    static func target(_ series: [SeriesHistory], from start: Timestamp, facts: Facts = [:]) -> EvaluationTarget {
        EvaluationTarget(
            resource: Stack.Resource(id: "db", kind: .database), facts: facts,
            history: ResourceHistory(series: series, firstSample: start))
    }
}
