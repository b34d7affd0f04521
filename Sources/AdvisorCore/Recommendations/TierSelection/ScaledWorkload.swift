/// A resource under more load.
struct ScaledWorkload {
    let target: EvaluationTarget
    let factor: Double
    let users: Double?
    let project: Project
    let now: Timestamp

    private static let gibibyte = 1_073_741_824.0

    /// The stored bytes; nil if unknown.
    private var stored: Double? {
        let points = Datapoints(
            .storageUsed, .maximum, of: target, vocabulary: project.vocabulary, from: now - TierProjector.history, to: now)
        return points?.known.last.map { $0.value * factor }
    }

    /// Grows storage as the guide does, by 10 GiB, at least 10 %, while more than 75 % is used.
    func grow(_ storage: inout Double?, on tier: Tier) -> WhatIfTimeline.Event? {
        guard tier.family.storageBilling == .allocated, let allocated = storage, let stored else { return nil }
        var size = allocated
        while stored > size * 0.75 * Self.gibibyte, size < StorageGrowth.most {
            size = StorageGrowth.size(from: size, by: 10, on: project.catalog.storageShape(of: tier))
        }
        guard size > allocated else { return nil }
        storage = size
        return WhatIfTimeline.Event(
            rule: "storage", reason: .storageGrows(stored: .bytes(stored), gibibytes: size), to: nil)
    }

    /// The resource with its load multiplied.
    func target(storage: Double?) -> EvaluationTarget {
        var resource = target.resource
        let before = (resource.allocatedStorage ?? 0) * Self.gibibyte
        resource.allocatedStorage = storage
        let after = (storage ?? 0) * Self.gibibyte
        var series: [SeriesHistory] = []
        for history in target.history.series.values where !ProjectedHistory.unprojectable.contains(history.metric.id) {
            switch history.metric.id {
            case .cpu, .connections, .databaseSize, .volumeBytesUsed: series.append(history.mapped { $0 * factor })
            case .freeStorage: series.append(history.mapped { max(0, after - (before - $0) * factor) })
            case .activeUsers, .creditBalance, .surplusCreditBalance, .surplusCreditsCharged, .serverlessCapacity,
                .capacityUtilization:
                break
            default: series.append(history)
            }
        }
        if let users, let metric = project.vocabulary.metrics.metrics[.activeUsers] {
            let end = now.floored(to: .seconds(3600))
            let samples = (1...48).reversed().map { hour -> Sample in
                var sample = Sample(start: end - .seconds(Int64(hour) * 3600), period: .seconds(3600), unit: .count)
                (sample.count, sample.sum, sample.average, sample.minimum, sample.maximum) = (1, users, users, users, users)
                return sample
            }
            series.append(SeriesHistory(metric: metric, samples: samples))
        }
        return project.target(resource, history: ResourceHistory(series: series))
    }
}
