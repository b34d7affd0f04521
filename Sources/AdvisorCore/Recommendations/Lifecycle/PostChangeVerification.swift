/// Evaluates the rules of a recommendation that was done on the resource as it is now.
///
/// A rule for the old tier no longer applies once the tier has changed, and its silence would prove nothing: whether CPU came
/// down is asked without the rule's `where`. That holds of what a move is meant to change. What users do stays as it is, so
/// a rule about it is quiet as soon as it no longer applies.
public enum PostChangeVerification {
    /// The metrics that a move is meant to change.
    static let moved: Set<String> = [
        "cpu", "query_latency", "connections", "freeable_memory", "swap_usage", "cpu_credit_balance",
        "cpu_surplus_credit_balance", "cpu_surplus_credits_charged", "read_latency", "write_latency", "acu_utilization",
        "replica_lag",
    ]

    /// What the rules say.
    /// - Parameters:
    ///   - ids: The rules that had asked.
    ///   - target: The resource with its facts and history.
    ///   - rules: All rules loaded.
    ///   - states: What those that apply say already.
    ///   - vocabulary: Names of metrics.
    ///   - now: The time to evaluate as of.
    /// - Returns: By id; a rule that is no longer loaded has insufficient data.
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
