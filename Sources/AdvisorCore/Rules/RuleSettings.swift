/// The settings of advisor.yaml for rules: variables, disabled rules, mute time intervals.
public struct RuleSettings: Hashable, Sendable {
    /// A name with its position, for errors that are found later.
    public struct SourceReference: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The file, as given by the user.
        public var file: String
        /// The line, from 1.
        public var line: Int
        /// The column in characters, from 1.
        public var column: Int

        /// Creates a reference.
        public init(name: String, file: String, line: Int, column: Int) {
            (self.name, self.file, self.line, self.column) = (name, file, line, column)
        }
    }

    /// The variable of the built-in rules on the month's charges: the budget of advisor.yaml is its value.
    public static let budgetVariable = "charges_limit"

    /// A variable whose value advisor.yaml overrides.
    public struct Override: Hashable, Sendable {
        /// The new value.
        public var variable: Variable
        /// The position.
        public var mention: SourceReference
        /// Whether it follows from the budget: rules need not have such a variable, nor one of money.
        public var isFromBudget = false

        /// Creates an override.
        public init(variable: Variable, mention: SourceReference) { (self.variable, self.mention) = (variable, mention) }
    }

    /// The overridden variables.
    public var overrides: [Override]
    /// The disabled rules.
    public var disabled: [SourceReference]
    /// The mute time intervals.
    public var mutes: [MuteTimeInterval]
    /// The rules named by mute time intervals, with their positions.
    public var mutedRules: [SourceReference]
    /// Further folders of rules, relative to the folder of advisor.yaml.
    public var packs: [SourceReference]

    /// Creates empty settings.
    public init() { (overrides, disabled, mutes, mutedRules, packs) = ([], [], [], [], []) }
}
