extension Formula.MetricSelector {
    /// A range function applied to checked arguments.
    public struct RangeFunctionApplication: Hashable, Sendable {
        /// The function's word: `forecast`.
        public let word: String
        /// The call as its author wrote it: `time_until(storage_used > 15GB)`.
        public let text: String
        /// The second argument; nil if there is none.
        public let time: Duration?
        /// The comparison operator and the bound, which consists of numbers and facts; nil if there is none.
        let comparison: Comparison?

        struct Comparison: Hashable, Sendable {
            var sign: Operator
            var matched: TypedNode
        }

        /// Resolves the call for given facts and a datapoint length; nil if a fact of its bound is unknown.
        func call(period: Duration, facts: Facts) -> RangeFunctionCall? {
            guard let comparison else { return RangeFunctionCall(period: period, time: time) }
            guard case .value(.number(let matched)) = Interpreter(facts: facts).outcome(comparison.matched, []), matched.isFinite
            else {
                return nil
            }
            let sign = comparison.sign
            return RangeFunctionCall(
                period: period, time: time, matched: matched, isRising: sign == .greater || sign == .greaterOrEqual,
                includesBound: sign == .greaterOrEqual || sign == .lessOrEqual)
        }

        /// The unknown fact of its bound; nil if all are known.
        func unknownReason(_ facts: Facts) -> UnknownReason? {
            guard let comparison, case .unknown(let unknownReason) = Interpreter(facts: facts).outcome(comparison.matched, [])
            else {
                return nil
            }
            return unknownReason
        }

        /// Whether its value can be computed without rounding.
        var isExact: Bool { Function.named(word)?.datapointSeries is any ExactRangeFunction.Type }

        /// Creates the function for consecutive datapoints of a length.
        func function(period: Duration, facts: Facts) -> (any RangeFunction)? {
            guard let type = Function.named(word)?.datapointSeries, let call = call(period: period, facts: facts) else {
                return nil
            }
            return type.init(call)
        }
    }

    /// How far before the end of a datapoint samples are read, for a datapoint length.
    ///
    /// nil if unknown facts would decide it; samples outside this interval do not change the value.
    public func lookback(period: Duration, facts: Facts) -> Duration? {
        let own = max(window ?? period, period)
        guard let overTime else { return own }
        return overTime.function(period: period, facts: facts).map { $0.lookback + own }
    }
}
