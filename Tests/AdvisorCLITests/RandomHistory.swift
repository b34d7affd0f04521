import AdvisorCore
import AdvisorTestSupport

/// A database with series of any kind: stated periods and none, gaps, intervals above and below, missing statistics.
struct RandomHistory {
    static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z
    static let vocabulary = Vocabulary(
        metrics: MetricCatalog(metrics: [
            metric("cpu", .percent, .percent, "CPUUtilization"), metric("free_storage", .bytes, .gigabytes, "FreeStorageSpace"),
            Metric(
                id: "storage_used", title: "Storage used", kinds: [.database],
                origin: .derived(["*": "allocated_storage - free_storage"]), dimension: nil, unit: .bytes, display: .gigabytes,
                statistic: .maximum, nativePeriod: .seconds(60)),
        ]))

    private static func metric(_ id: String, _ unit: MetricUnit, _ display: DisplayUnit, _ name: String) -> Metric {
        Metric(
            id: MetricID(id), title: id, kinds: [.database], origin: .series(namespace: "AWS/RDS", name: name),
            dimension: "DBInstanceIdentifier", unit: unit, display: display, statistic: .average, nativePeriod: .seconds(60))
    }

    var target: EvaluationTarget

    /// About eleven hours of two series.
    init(_ random: inout some RandomNumberGenerator) {
        let series = [MetricID.cpu, .freeStorage].compactMap { Self.vocabulary.metrics.metrics[$0] }.map { metric in
            SeriesHistory(metric: metric, samples: Self.samples(metric, &random))
        }
        var facts: Facts = ["tier": .text("db.t4g.micro")]
        if Int.random(in: 0..<10, using: &random) > 0 { facts["allocated_storage"] = .number(20e9) }
        target = EvaluationTarget(
            resource: Stack.Resource(id: "db", kind: .database), facts: facts, history: ResourceHistory(series: series))
    }

    /// Sums up what is older than a time, as house-keeping does: intervals that cannot be summed up stay.
    mutating func rollUp(before end: Timestamp, to period: Int64) {
        target.history.series = target.history.series.mapValues { series in
            let old = Dictionary(grouping: series.samples.filter { $0.start < end }) { $0.start.milliseconds / period }
            let summed = old.keys.sorted().flatMap { number -> [Sample] in
                let own = old[number] ?? []
                let start = Timestamp(milliseconds: number * period)
                return RollUp.sample(of: own, from: start, period: period).map { [$0] } ?? own
            }
            let samples = summed + series.samples.filter { $0.start >= end }
            return SeriesHistory(metric: series.metric, samples: samples.sorted { $0.start < $1.start })
        }
    }

    private static func samples(_ metric: Metric, _ random: inout some RandomNumberGenerator) -> [Sample] {
        var step: Int64 = [60, 300, 300, 900].randomElement(using: &random) ?? 300
        let isStated = Bool.random(using: &random)
        var result: [Sample] = []
        var at: Int64 = Int64.random(in: 0..<3000, using: &random)
        while at < 36_000 {
            // Monitoring is made finer or coarser on the way, as a rule on the hour.
            if Int.random(in: 0..<4, using: &random) == 0 {
                step = [60, 300, 900, 3600].randomElement(using: &random) ?? 300
                at = (at + step - 1) / step * step
            }
            let length = Int64.random(in: 1...12, using: &random) * step
            let level = Int.random(in: 0..<5, using: &random)
            while at < 36_000, level > 0 {
                let value = Double.random(in: level < 3 ? 70...99 : 30...72, using: &random)
                var sample = Sample(
                    start: start + .seconds(at), period: isStated ? .seconds(step) : nil, unit: metric.display.unit)
                let scaled = metric.id == .cpu ? value : value / 5
                let count = Double(Int.random(in: 1...5, using: &random))
                if Int.random(in: 0..<6, using: &random) > 0 { (sample.sum, sample.count) = (scaled * count, count) }
                if sample.sum == nil || Bool.random(using: &random) { sample.average = scaled }
                if Int.random(in: 0..<20, using: &random) > 0 { (sample.minimum, sample.maximum) = (scaled * 0.9, scaled * 1.01) }
                result.append(sample)
                at += step
                if at % 7 == 0, Int.random(in: 0..<8, using: &random) == 0 { break }
            }
            at += level > 0 ? step : length
        }
        return result
    }

    /// A rule of any kind on them.
    func rule(_ random: inout some RandomNumberGenerator, id: String = "rule") throws -> Rule {
        func formula(_ text: String) throws -> Formula { try Formula.parse(text, vocabulary: Self.vocabulary) }
        let sides = [
            "avg(cpu)", "max(cpu)", "min(cpu)", "p95(cpu, 30m)", "avg(cpu, 15m)", "max(cpu, 1h)", "p50(cpu)",
            "sum(cpu, 20m) / count(cpu, 20m) * 1%",
        ]
        let side = sides.randomElement(using: &random) ?? "avg(cpu)"
        let matched = Int.random(in: 55...92, using: &random)
        let storage = Double.random(in: 4...14, using: &random)
        let isPlain = !side.contains("/")
        let text =
            switch Int.random(in: 0..<5, using: &random) {
            case 0: "\(side) > \(isPlain ? "\(matched)%" : "50%") and storage_used > \(storage)GB"
            case 1: "storage_used > 60% * allocated_storage or avg(cpu) >= \(matched)%"
            case 2 where matched % 3 == 0: "change(cpu, 1h) > 5%"
            case 2: "not avg(cpu) < \(matched)%"
            default: isPlain ? "\(side) > \(matched)%" : "avg(cpu) > \(matched)%"
            }
        var rule = Rule(id: id, title: id, appliesTo: .database, when: try formula(text))
        rule.clear = Int.random(in: 0..<3, using: &random) == 0 ? try formula("avg(cpu) < \(matched - 10)%") : nil
        rule.keepFiringFor =
            Int.random(in: 0..<3, using: &random) == 0 ? .seconds(Int64.random(in: 60...2000, using: &random)) : nil
        rule.missing = MissingData.allCases.randomElement(using: &random) ?? .missing
        let period = Duration.seconds([60, 300, 900].randomElement(using: &random) ?? 300)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: rule.sustain = Sustain(period: period, duration: .seconds(Int64.random(in: 60...3600, using: &random)))
        case 1:
            let evaluated = Int.random(in: 1...6, using: &random)
            let toAlarm = Int.random(in: 1...evaluated, using: &random)
            rule.sustain = Sustain(period: period, datapoints: Sustain.Datapoints(toAlarm: toAlarm, evaluated: evaluated))
        default: rule.sustain = Sustain(period: period)
        }
        return rule
    }
}
