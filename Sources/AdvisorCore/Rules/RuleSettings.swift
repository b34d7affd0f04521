/// What a stack file says of the rules: other thresholds, rules left out, times of silence.
public struct RuleSettings: Hashable, Sendable {
    /// A name with the place it stands in, for an error that is found later.
    public struct SourceReference: Hashable, Sendable {
        /// What is named.
        public var name: String
        /// The file it stands in, as the user gave it.
        public var file: String
        /// From 1.
        public var line: Int
        /// From 1, in characters.
        public var column: Int

        /// A mention by its parts.
        public init(name: String, file: String, line: Int, column: Int) {
            (self.name, self.file, self.line, self.column) = (name, file, line, column)
        }
    }

    /// A variable with another value than its rule file gives it.
    public struct Override: Hashable, Sendable {
        /// The new value.
        public var variable: Variable
        /// Where it stands.
        public var mention: SourceReference

        /// An override by its parts.
        public init(variable: Variable, mention: SourceReference) { (self.variable, self.mention) = (variable, mention) }
    }

    /// Other values of variables.
    public var overrides: [Override]
    /// Rules that are not evaluated at all.
    public var disabled: [SourceReference]
    /// Windows in which nobody is told.
    public var mutes: [MuteTimeInterval]
    /// The rules that mutes name, with their places.
    public var mutedRules: [SourceReference]
    /// Folders of rules beside the built-in ones and `rules`, relative to the stack file's.
    public var packs: [SourceReference]

    /// Nothing said.
    public init() { (overrides, disabled, mutes, mutedRules, packs) = ([], [], [], [], []) }
}
