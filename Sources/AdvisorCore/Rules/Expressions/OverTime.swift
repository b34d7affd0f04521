extension Formula.Reading {
    /// A function over time with its checked arguments.
    public struct OverTime: Hashable, Sendable {
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
            var bound: TypedNode
        }

        /// What it asks when these facts hold and datapoints are so long; nil when a fact of its bound is unknown.
        func call(period: Duration, facts: Facts) -> CourseCall? {
            guard let comparison else { return CourseCall(period: period, time: time) }
            guard case .value(.number(let bound)) = Interpreter(facts: facts).outcome(comparison.bound, []), bound.isFinite else {
                return nil
            }
            let sign = comparison.sign
            return CourseCall(
                period: period, time: time, bound: bound, isRising: sign == .greater || sign == .greaterOrEqual,
                includesBound: sign == .greaterOrEqual || sign == .lessOrEqual)
        }

        /// What its bound lacks; nil when it is known.
        func lack(_ facts: Facts) -> Lack? {
            guard let comparison, case .unknown(let lack) = Interpreter(facts: facts).outcome(comparison.bound, []) else {
                return nil
            }
            return lack
        }

        /// A function ready to be asked, in order, at datapoints that are so long.
        func function(period: Duration, facts: Facts) -> (any CourseFunction)? {
            guard let type = Function.named(word)?.course, let call = call(period: period, facts: facts) else { return nil }
            return type.init(call)
        }
    }

    /// How far back from a datapoint's end samples are read, when datapoints are so long.
    ///
    /// nil when facts that nobody knows would decide it; no other samples than those of that stretch change the value.
    public func lookback(period: Duration, facts: Facts) -> Duration? {
        let own = max(window ?? period, period)
        guard let overTime else { return own }
        return overTime.function(period: period, facts: facts).map { $0.lookback + own }
    }
}
