/// A checked expression of the rule language: all names are known and all units match.
public struct Formula: Hashable, Sendable {
    /// The text as its author wrote it.
    public let text: String
    /// The checked syntax tree.
    let root: TypedNode
    /// The kind of quantity of its value; `.boolean` for a condition.
    public let measure: QuantityKind
    /// The metric selectors that it reads, without duplicates.
    public let readings: [MetricSelector]
    /// The variables that it uses, without duplicates, with their values.
    public let variables: [Variable]
    /// The facts that it uses, without duplicates, in order: `tier.max_users`.
    public let facts: [String]

    /// Parses and checks an expression.
    /// - Parameters:
    ///   - text: The text, on one line.
    ///   - vocabulary: The names that may be used.
    ///   - role: The role of the expression: a `where` cannot read samples.
    /// - Returns: The checked expression.
    /// - Throws: All errors, with their positions in the text.
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

    /// The kind of quantity of a fact in it; nil if the fact is not used.
    public func measure(ofFact name: String) -> QuantityKind? { root.measure(ofFact: name) }

    /// The role of an expression.
    public enum Role: Hashable, Sendable {
        /// `when` and `clear`: a condition on samples and facts.
        case when
        /// `where`: a condition on facts only.
        case condition
        /// A derived metric: any value.
        case value
    }

    /// Selects the datapoints of one metric with one statistic.
    public struct MetricSelector: Hashable, Sendable {
        /// The name of the metric: `cpu`.
        public var metric: MetricID
        /// The statistic.
        public var statistic: Statistic
        /// The window that ends with each datapoint; nil for the datapoint only.
        public var window: Duration?
        /// The range function that is applied to the datapoints; nil if there is none.
        public var overTime: RangeFunctionApplication?

        /// Creates a selector.
        public init(metric: MetricID, statistic: Statistic, window: Duration? = nil, overTime: RangeFunctionApplication? = nil) {
            (self.metric, self.statistic, self.window, self.overTime) = (metric, statistic, window, overTime)
        }
    }
}

/// The names that an expression can use.
public struct Vocabulary: Sendable {
    /// The metrics.
    public var metrics: MetricCatalog { didSet { parseDerivedMetrics() } }
    /// The variables of the rule file, by name.
    public var variables: [String: Variable] = [:]

    /// The facts: those of every stack, and one for each billed usage.
    public let facts: [Fact]
    private let factsByName: [String: Fact]
    /// The checked expressions of derived metrics, by text.
    private var derivedFormulas: [String: Formula] = [:]

    /// Creates a vocabulary of metrics and facts.
    /// - Parameters:
    ///   - metrics: The metrics.
    ///   - usages: The billed usage; each is a fact.
    public init(metrics: MetricCatalog, usages: [BilledUsage] = []) {
        self.metrics = metrics
        facts = Fact.all + usages.map(Fact.init)
        factsByName = Dictionary(facts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        parseDerivedMetrics()
    }

    private mutating func parseDerivedMetrics() {
        var formulas: [String: Formula] = [:]
        for metric in metrics.metrics.values {
            guard case .derived(let texts) = metric.origin else { continue }
            for text in texts.values { formulas[text] = try? Formula.parse(text, vocabulary: self, role: .value) }
        }
        derivedFormulas = formulas
    }

    /// The expression of a derived metric; nil if it has errors.
    func derivedFormula(_ text: String) -> Formula? { derivedFormulas[text] }

    /// The fact with a name; nil if there is none.
    public func fact(named name: String) -> Fact? { factsByName[name] }
}

/// An error in an expression.
public struct FormulaProblem: Error, Hashable, Sendable {
    /// The offset of the error in characters, from 0.
    public var offset: Int
    /// The error, and what to write instead.
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
    /// The errors in text order; at least one.
    public var problems: [FormulaProblem]
}
