extension Formula.Reading {
    /// A function over time with its checked arguments.
    public struct RangeFunctionApplication: Hashable, Sendable {
        /// The function's word: `forecast`.
        public let word: String
        /// As its author wrote the call: `time_until(storage_used > 15GB)`.
        public let text: String
        /// The second argument; nil without one.
        public let time: Duration?
        /// The comparison's sign and its bound, which numbers and facts decide; nil without one.
        let comparison: Comparison?

        struct Comparison: Hashable, Sendable {
            var sign: Operator
            var matched: TypedNode
        }

        /// What it asks when these facts hold and datapoints are so long; nil when a fact of its bound is unknown.
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

        /// What its bound lacks; nil when it is known.
        func unknownReason(_ facts: Facts) -> UnknownReason? {
            guard let comparison, case .unknown(let unknownReason) = Interpreter(facts: facts).outcome(comparison.matched, [])
            else {
                return nil
            }
            return unknownReason
        }

        /// A function ready to be asked, in order, at datapoints that are so long.
        func function(period: Duration, facts: Facts) -> (any RangeFunction)? {
            guard let type = Function.named(word)?.datapointSeries, let call = call(period: period, facts: facts) else {
                return nil
            }
            return type.init(call)
        }
    }

    /// How far back from a datapoint's end samples are read, when datapoints are so long.
    ///
    /// nil when facts that nobody knows would decide it; no other samples than those of that interval change the value.
    public func lookback(period: Duration, facts: Facts) -> Duration? {
        let own = max(window ?? period, period)
        guard let overTime else { return own }
        return overTime.function(period: period, facts: facts).map { $0.lookback + own }
    }
}
