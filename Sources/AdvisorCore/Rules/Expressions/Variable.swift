/// A named value of a rule file, which advisor.yaml can override.
public struct Variable: Hashable, Sendable {
    /// snake_case: `cpu_limit`.
    public var name: String
    /// The value in its base unit.
    public var value: Fact.Value
    /// The kind of quantity of its value.
    public var measure: QuantityKind
    /// The text as its author wrote it: `80%`.
    public var text: String

    /// Parses a value: a number with unit, a quoted text, a list, true or false.
    /// - Throws: The error in the text.
    public init(name: String, text: String) throws(FormulaProblems) {
        (self.name, self.text) = (name, text)
        let node = try Parser.parse(text)
        switch node {
        case .number(let number, let measure, _): (value, self.measure) = (.number(number), measure)
        case .negated(.number(let number, let measure, _), _): (value, self.measure) = (.number(-number), measure)
        case .text(let text, _): (value, measure) = (.text(text), .text)
        case .boolean(let isTrue, _): (value, measure) = (.boolean(isTrue), .boolean)
        case .list(let texts, _): (value, measure) = (.list(texts), .list)
        case .name, .call, .named, .negated, .not, .binary:
            throw FormulaProblems(problems: [
                FormulaProblem(
                    offset: node.offset, message: "invalid value; use a number with its unit, such as 80%, or a text in quotes")
            ])
        }
    }

    /// The definition as text: when it changes, rules that use the variable are evaluated again.
    var definition: String { "\(name) = \(text)" }

    /// The value for people: `80 %`, `15 GB`, `$50`.
    public var words: String {
        switch value {
        case .number(let number):
            // Money as its author wrote it: $60K, not $60,000.00.
            measure == .money ? self.text : ValueText.text(number, measure)
        case .text(let text): text
        case .boolean(let isTrue): isTrue ? "true" : "false"
        case .list(let texts): texts.joined(separator: ", ")
        }
    }
}
