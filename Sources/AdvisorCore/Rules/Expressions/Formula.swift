/// An expression of the rule language, checked: every name is known and every unit fits.
public struct Formula: Hashable, Sendable {
    /// As the author wrote it.
    public let text: String
    /// The checked tree.
    let root: TypedNode
    /// What its value measures; `.boolean` for a condition.
    public let measure: QuantityKind
    /// The datapoints it reads, each once.
    public let readings: [MetricSelector]
    /// The variables it names, each once, with their values.
    public let variables: [Variable]
    /// The facts it reads, each once, in order: `tier.max_users`.
    public let facts: [String]

    /// Checks an expression.
    /// - Parameters:
    ///   - text: On one line.
    ///   - vocabulary: The metrics that may be named.
    ///   - role: What the expression is for: a `where` may not read samples.
    /// - Returns: The checked expression.
    /// - Throws: Every error found, each with its place in the text.
    public static func parse(_ text: String, vocabulary: Vocabulary, role: Role = .when) throws(FormulaProblems) -> Formula {
        let tree = try Parser.parse(text)
        var checker = TypeChecker(text, vocabulary: vocabulary, role: role)
        let root = checker.check(tree)
        if role != .value, checker.problems.isEmpty, root.measure != .boolean {
            checker.problems.append(
                FormulaProblem(
                    offset: tree.offset, message: "\(root.measure.words) is not a condition; compare it with a value"))
        }
        guard checker.problems.isEmpty else { throw FormulaProblems(problems: checker.problems) }
        return Formula(
            text: text, root: root, measure: root.measure, readings: checker.readings, variables: checker.variables,
            facts: checker.facts)
    }

    /// What an expression is for.
    public enum Role: Hashable, Sendable {
        /// `when` and `clear`: samples and facts, true or false.
        case when
        /// `where`: facts alone, true or false.
        case condition
        /// A derived metric: any value.
        case value
    }

    /// Datapoints of one metric by one statistic.
    public struct MetricSelector: Hashable, Sendable {
        /// The metric's name: `cpu`.
        public var metric: String
        /// How a datapoint is summed up.
        public var statistic: Statistic
        /// The window that ends with each datapoint; nil for the datapoint itself.
        public var window: Duration?
        /// What is asked of the datapoints' course; nil for each datapoint by itself.
        public var overTime: RangeFunctionApplication?

        /// A reading by its parts.
        public init(metric: String, statistic: Statistic, window: Duration? = nil, overTime: RangeFunctionApplication? = nil) {
            (self.metric, self.statistic, self.window, self.overTime) = (metric, statistic, window, overTime)
        }
    }
}

/// The names an expression may use.
public struct Vocabulary: Sendable {
    /// The metrics.
    public var metrics: MetricCatalog
    /// The variables of the rule file, by name.
    public var variables: [String: Variable] = [:]

    /// A vocabulary of these metrics, and of all facts.
    public init(metrics: MetricCatalog) { self.metrics = metrics }
}

/// One error in an expression.
public struct FormulaProblem: Error, Hashable, Sendable {
    /// Characters before the error, from 0.
    public var offset: Int
    /// What is wrong and what would be right.
    public var message: String

    /// Creates a problem.
    public init(offset: Int, message: String) { (self.offset, self.message) = (offset, message) }

    /// The message with the expression it is about, of a long one its beginning:
    /// `cannot compare a ratio with bytes in 'avg(cpu) > 15GB'; did you mean 'storage_used'?`
    public func message(in expression: String) -> String {
        let shown = expression.count > 200 ? "\(expression.prefix(200))…" : expression
        let advice = message.firstRange(of: "; ")?.lowerBound ?? message.endIndex
        return "\(message[..<advice]) in '\(shown)'\(message[advice...])"
    }
}

/// All errors of an expression.
public struct FormulaProblems: Error, Hashable, Sendable {
    /// At least one, in the order of the text.
    public var problems: [FormulaProblem]
}
