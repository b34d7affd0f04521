extension TypeChecker {
    /// A metric with the statistic that applies to it.
    struct Asked {
        var metric: Metric
        var statistic: Statistic
        var window: Duration?

        /// A count of observations is a plain number, whatever they measure.
        var measure: QuantityKind { statistic == .count ? .count : metric.measure }
    }

    /// The maximum window: CloudWatch keeps samples for 455 days.
    private static let longestTime = 455.0 * 86_400

    /// Checks a call of a statistic with its offset, such as `avg(cpu, offset: 7d)`.
    mutating func shifted(
        _ statistic: Statistic, _ function: Function, _ arguments: [Node], _ offset: Int, _ text: String
    ) -> TypedNode {
        guard case .named(Self.offset, let time, _)? = arguments.last else {
            return self.statistic(statistic, function, arguments, offset).map { reading($0, offset) } ?? Self.unknown
        }
        guard let asked = self.statistic(statistic, function, arguments.dropLast(), offset),
            let back = self.time(time, "'offset' needs a duration of 1m to 455d, e.g. 7d")
        else { return Self.unknown }
        return reading(
            asked, offset,
            overTime: Formula.MetricSelector.RangeFunctionApplication(
                word: Self.offset, text: text, time: back, comparison: nil))
    }

    private static let offset = "offset"

    /// The statistic of a call, and its arguments without a quantile's share; nil after recording an error.
    private mutating func resolved(_ statistic: Statistic, _ function: Function, _ arguments: [Node]) -> (Statistic, [Node])? {
        guard function.word == Function.quantile, arguments.count > 1 else { return (statistic, arguments) }
        guard case .constant(.number(let share), let measure) = check(arguments[1]), [.count, .ratio].contains(measure),
            share > 0, share < 1
        else {
            _ = fail(arguments[1].offset, "'\(function.word)' needs a share between 0 and 1, such as 0.42 or 42%")
            return nil
        }
        return (.percentile((share * 1e8).rounded() / 1e6), [arguments[0]] + arguments.dropFirst(2))
    }

    /// Checks a call of a statistic, such as `avg(cpu, 24h)`; nil after recording an error.
    mutating func statistic(_ statistic: Statistic, _ function: Function, _ arguments: [Node], _ offset: Int) -> Asked? {
        let word = function.word
        let least = word == Function.quantile ? 2 : 1
        guard (least...(least + 1)).contains(arguments.count) else {
            _ = fail(offset, "'\(word)' needs \(function.arguments)")
            return nil
        }
        guard let (statistic, arguments) = resolved(statistic, function, arguments) else { return nil }
        guard var asked = metric(arguments[0], word) else { return nil }
        if case .derived = asked.metric.origin, !statistic.isOrder {
            _ = fail(offset, "'\(word)' is not available for '\(asked.metric.id)', which is derived; use avg, min or max")
            return nil
        }
        asked.statistic = statistic
        if arguments.count == 2 {
            guard let window = time(arguments[1], "'\(word)' needs a window of at least 1m as its second argument, e.g. 24h")
            else {
                return nil
            }
            asked.window = window
        }
        return asked
    }

    /// Looks up a metric by name; nil after recording an error.
    private mutating func metric(_ node: Node, _ word: String) -> Asked? {
        guard case .name(let name, let offset) = node else {
            _ = fail(node.offset, "'\(word)' needs a metric as its first argument")
            return nil
        }
        if let metric = vocabulary.metrics.metric(named: name) { return Asked(metric: metric, statistic: metric.statistic) }
        if vocabulary.fact(named: name) != nil {
            _ = fail(offset, "'\(name)' is a fact; '\(word)' needs a metric")
        } else {
            let hint = DidYouMean.hint(for: name, among: vocabulary.metrics.names)
            _ = fail(offset, "unknown metric '\(name)'\(hint)")
        }
        return nil
    }

    /// Evaluates a constant time between one minute and 455 days; nil after recording `problem`.
    private mutating func time(_ node: Node, _ problem: String) -> Duration? {
        let before = problems.count
        guard case .constant(.number(let seconds), .time) = check(node), (60...Self.longestTime).contains(seconds) else {
            if problems.count == before { _ = fail(node.offset, problem) }
            return nil
        }
        return .milliseconds(Int64((seconds * 1000).rounded()))
    }

    /// Checks a metric, or a statistic of one, as the first argument of a range function.
    private mutating func asked(_ node: Node, _ word: String) -> Asked? {
        if case .call(let inner, let arguments, let offset, _) = node, let function = Function.named(inner),
            let statistic = function.statistic
        {
            return self.statistic(statistic, function, arguments, offset)
        }
        return metric(node, word)
    }

    /// Checks a call of a range function.
    mutating func overTime(
        _ function: Function, _ type: any RangeFunction.Type, _ arguments: [Node], _ offset: Int, _ text: String
    ) -> TypedNode {
        let word = function.word
        let wanted = "'\(word)' needs \(function.arguments), as in '\(function.example)'"
        let counts =
            switch type.shape {
            case .metric, .comparison: 1...1
            case .metricAndTime: 2...2
            case .metricAndPerhapsTime: 1...2
            }
        guard counts.contains(arguments.count) else { return fail(offset, wanted) }
        var comparison: Formula.MetricSelector.RangeFunctionApplication.Comparison?
        var first = arguments[0]
        if type.shape == .comparison {
            guard case .binary(let sign, let left, let right, let place) = first,
                [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(sign)
            else { return fail(first.offset, wanted) }
            guard let asked = asked(left, word) else { return Self.unknown }
            let matched = check(right)
            guard matched != Self.unknown else { return Self.unknown }
            guard !matched.readsSamples else {
                return fail(right.offset, "'\(word)' needs a bound of numbers and facts, not of metrics")
            }
            guard matched.measure == asked.measure else {
                return fail(place, "cannot compare \(asked.measure.words) with \(matched.measure.words)")
            }
            comparison = Formula.MetricSelector.RangeFunctionApplication.Comparison(sign: sign, matched: matched)
            first = left
        }
        guard var asked = asked(first, word) else { return Self.unknown }
        if case .name = first, let statistic = type.statistic { asked.statistic = statistic }
        guard let measure = type.measure(of: asked.measure) else {
            return fail(offset, "'\(word)' is not defined for \(asked.measure.words)")
        }
        var time: Duration?
        if arguments.count == 2 {
            time = self.time(arguments[1], "'\(word)' needs a duration of 1m to 455d as its second argument, e.g. 7d")
            guard let given = time else { return Self.unknown }
            if let longest = type.longestTime, given > longest {
                let most = ValueText.duration(longest.seconds)
                return fail(arguments[1].offset, "'\(word)' never has the history for that; it reaches \(most) ahead at most")
            }
        }
        return reading(
            asked, offset,
            overTime: Formula.MetricSelector.RangeFunctionApplication(word: word, text: text, time: time, comparison: comparison),
            measure: measure)
    }
}
