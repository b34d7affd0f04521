internal import AdvisorCore

extension EvaluationSnapshot {
    /// So many resources, and about so many samples, are in memory at once.
    private static let mostAtOnce = 64
    private static let mostSamplesAtOnce = 600_000

    /// Evaluates the resources, a few at once. The result does not depend on which is done first.
    /// - Throws: `StoreFailure`.
    func evaluate() throws -> Recommendations {
        var recommendations = Recommendations()
        var rest = resources[...]
        while !rest.isEmpty {
            var loaded: [ResourceSnapshot] = []
            var samples = 0
            while let next = rest.first, loaded.count < Self.mostAtOnce, samples < Self.mostSamplesAtOnce {
                rest.removeFirst()
                let resource = try load(next)
                samples += resource.target.history.series.values.reduce(0) { $0 + $1.samples.count }
                loaded.append(resource)
            }
            let context = context
            for part in loaded.concurrentMap({ Self.evaluate($0, in: context) }) { recommendations.append(part) }
        }
        recommendations.finish(in: context)
        return recommendations
    }

    private static func evaluate(_ resource: ResourceSnapshot, in context: EvaluationContext) -> Recommendations {
        var recommendations = Recommendations()
        let evaluation = ResourceEvaluation(of: resource, in: context)
        recommendations.add(ResourceAnalysis(of: evaluation, in: context), in: context)
        return recommendations
    }
}
