/// Evaluates the rules of a completed recommendation on the resource as it is now.
///
/// A rule for the old tier no longer applies after the change, so its silence would prove nothing: rules on what a move
/// changes are evaluated without their `where`. Rules on demand are unaffected by a move and are quiet as soon as they no
/// longer apply.
public enum PostChangeVerification {
    /// The metrics that a move changes.
    static let moved: Set<MetricID> = [
        .cpu, .queryLatency, .connections, .freeableMemory, .swapUsage, .creditBalance,
        .surplusCreditBalance, .surplusCreditsCharged, .readLatency, .writeLatency, .capacityUtilization,
        .replicaLag,
    ]

    /// Computes the states of the rules.
    /// - Parameters:
    ///   - ids: The rules behind the recommendation.
    ///   - target: The resource with its facts and history.
    ///   - rules: All loaded rules.
    ///   - states: The findings of the rules that apply.
    ///   - vocabulary: The metrics.
    ///   - now: The time of the evaluation.
    /// - Returns: The states by id; a rule that is no longer loaded has insufficient data.
    public static func states(
        of ids: [String], target: EvaluationTarget, rules: [Rule], states: [String: AlarmState], vocabulary: Vocabulary,
        now: Timestamp
    ) -> [String: AlarmState] {
        var result: [String: AlarmState] = [:]
        for id in ids {
            guard var rule = rules.first(where: { $0.id == id }) else {
                result[id] = .insufficientData
                continue
            }
            let reads = rule.when.readings.map(\.metric)
            if states[id] == nil, rule.condition != nil, reads.contains(where: moved.contains) {
                rule.condition = nil
                let evaluation = Evaluator(rule: rule, target: target, vocabulary: vocabulary).evaluate(from: nil, upTo: now)
                result[id] = evaluation.finding?.state ?? .insufficientData
            } else {
                result[id] = states[id] ?? .ok
            }
        }
        return result
    }
}
