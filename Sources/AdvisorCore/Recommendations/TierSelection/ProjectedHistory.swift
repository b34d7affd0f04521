/// A resource's history projected onto another tier.
struct ProjectedHistory {
    let target: EvaluationTarget
    let from: Tier
    let vocabulary: Vocabulary
    private let shared = Shared()

    /// What several tiers share: the recent history, and each series by how it is projected.
    private final class Shared {
        var recent: (begin: Timestamp, series: [SeriesHistory])?
        var projected: [Variant: SeriesHistory] = [:]
    }

    private struct Variant: Hashable {
        var metric: MetricID
        var number: Double
    }

    init(target: EvaluationTarget, from: Tier, vocabulary: Vocabulary) {
        (self.target, self.from, self.vocabulary) = (target, from, vocabulary)
    }

    /// Metrics of the machine that cannot be projected onto another one.
    static let unprojectable: Set<MetricID> = [.queryLatency, .readLatency, .writeLatency, .replicaLag, .diskQueueDepth]
    /// Metrics of the demand, which do not depend on the tier.
    static let demand: Set<MetricID> = [.activeUsers, .databaseSize]

    /// CPU of the current tier at 100 % as a share of the other tier's; nil if one of them is unknown.
    func cpuFactor(to tier: Tier) -> Double? {
        if from.id == tier.id { return 1 }
        if let mine = from.vcpu, let theirs = tier.vcpu { return Double(mine) / Double(theirs) }
        guard let mine = AuroraSizing.unitsAtFullCPU(of: from, target.resource) else { return nil }
        if let capacity = tier.capacity { return mine / capacity.maximum }
        return tier.vcpu.map { mine / (Double($0) * tier.sizing.capacityUnits(perVCPUOf: tier)) }
    }

    /// The resource as it would be declared on the tier.
    func resource(on tier: Tier) -> Stack.Resource {
        var resource = target.resource
        guard tier.id != from.id else { return resource }
        resource.tier = tier.id
        if tier.engine != from.engine {
            resource.engine = resource.engine?.counterpart(on: DatabaseEngine(rawValue: tier.engine))
        }
        if tier.capacity != nil { (resource.cluster, resource.replicas) = (nil, nil) }
        resource.minimumCapacity = tier.capacity?.minimum
        resource.maximumCapacity = tier.capacity?.maximum
        return resource
    }

    /// The projected history: CPU by the number of vCPUs, memory by the difference, credits and capacity by their models;
    /// what cannot be projected is left out.
    func history(on tier: Tier, replay: CreditReplay?, sizing: AuroraSizing?, from begin: Timestamp) -> ResourceHistory {
        if tier.id == from.id { return ResourceHistory(series: cut(begin), firstSample: begin) }
        var result: [SeriesHistory] = []
        for series in cut(begin) where !Self.unprojectable.contains(series.metric.id) {
            switch series.metric.id {
            case .cpu:
                guard let factor = cpuFactor(to: tier) else { break }
                result.append(projected(series, by: factor) { $0.mapped { min($0 * factor, 100) } })
            case .freeableMemory:
                if let before = from.memory, let after = tier.memory {
                    result.append(projected(series, by: after - before) { $0.shifted(by: after - before) })
                }
            case .swapUsage:
                // What was swapped out needs that much more memory.
                if let before = from.memory, let after = tier.memory {
                    result.append(projected(series, by: before - after) { $0.shifted(by: before - after) })
                }
            case .creditBalance, .surplusCreditBalance, .surplusCreditsCharged, .capacityUtilization, .serverlessCapacity,
                .volumeBytesUsed:
                break
            default: result.append(series)
            }
        }
        if let replay { result += credits(replay, from: begin) }
        if let sizing, let capacity = tier.capacity { result += self.capacity(sizing, capacity, from: begin) }
        return ResourceHistory(series: result, firstSample: begin)
    }

    /// The series from a time on.
    private func cut(_ begin: Timestamp) -> [SeriesHistory] {
        if let recent = shared.recent, recent.begin == begin { return recent.series }
        let series = target.history.series.values.map { $0.suffix(from: begin) }
        shared.recent = (begin, series)
        shared.projected = [:]
        return series
    }

    /// A series of the recent history, projected by a number: once for all tiers for which it is the same.
    private func projected(_ series: SeriesHistory, by number: Double, _ project: (SeriesHistory) -> SeriesHistory)
        -> SeriesHistory
    {
        let key = Variant(metric: series.metric.id, number: number)
        if let known = shared.projected[key] { return known }
        let result = project(series)
        shared.projected[key] = result
        return result
    }

    private func credits(_ replay: CreditReplay, from begin: Timestamp) -> [SeriesHistory] {
        let values: [(MetricID, (CreditReplay.Step) -> Double)] = [
            (.creditBalance, \.balance), (.surplusCreditBalance, \.surplus),
            (.surplusCreditsCharged, \.charged),
        ]
        return values.compactMap { name, value in
            vocabulary.metrics.metrics[name].map { metric in
                SeriesHistory(
                    metric: metric,
                    samples: replay.steps.filter { $0.start >= begin }.map { Sample($0.start, $0.length, value($0)) })
            }
        }
    }

    private func capacity(_ sizing: AuroraSizing, _ capacity: Tier.Capacity, from begin: Timestamp) -> [SeriesHistory] {
        guard let metric = vocabulary.metrics.metrics[.serverlessCapacity] else { return [] }
        let samples = sizing.needs.filter { $0.start >= begin }.map {
            Sample($0.start, .seconds(3600), min(max($0.units, capacity.minimum), capacity.maximum))
        }
        return [SeriesHistory(metric: metric, samples: samples)]
    }
}

extension Sample {
    /// One observation, in counts.
    fileprivate init(_ start: Timestamp, _ length: Duration, _ value: Double) {
        self.init(start: start, period: length, unit: .count)
        (count, sum, average, minimum, maximum) = (1, value, value, value, value)
    }
}

extension Sample {
    /// Applies a change to each value; a sum by its mean.
    fileprivate func mapped(_ change: (Double) -> Double) -> Sample {
        var result = self
        if let sum, let count, count > 0 { result.sum = change(sum / count) * count } else { result.sum = nil }
        (result.average, result.minimum, result.maximum) = (average.map(change), minimum.map(change), maximum.map(change))
        if !extras.isEmpty { result.extras = extras.map { ExtraStatistic(name: $0.name, value: change($0.value)) } }
        return result
    }
}

extension SeriesHistory {
    /// Applies a change to each value.
    func mapped(_ change: (Double) -> Double) -> SeriesHistory {
        mappingSamples { $0.mapped(change) }
    }

    /// Adds an amount to each value, in the base unit of the metric; at least zero.
    func shifted(by difference: Double) -> SeriesHistory {
        mappingSamples { sample in
            let unit = sample.unit.flatMap { $0 == .none ? nil : $0 } ?? metric.unit
            let own = difference / unit.conversion.factor
            return sample.mapped { max(0, $0 + own) }
        }
    }
}
