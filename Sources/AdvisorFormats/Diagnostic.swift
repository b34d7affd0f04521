/// An error in a file the user wrote.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
    /// As the user gave it, so that it can be clicked.
    public var file: String
    /// Counts from 1; nil when the whole file is meant.
    public var line: Int?
    /// Counts from 1, in characters.
    public var column: Int?
    /// What is wrong, and what would be right.
    public var problem: String
    /// Whether it is only worth knowing, and no error.
    public var isNote: Bool

    /// A diagnostic by its parts.
    public init(file: String, line: Int? = nil, column: Int? = nil, problem: String, isNote: Bool = false) {
        (self.file, self.line, self.column, self.problem, self.isNote) = (file, line, column, problem, isNote)
    }

    /// One line: `file:line:column: problem`, as far as the place is known.
    public var description: String {
        ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
            + ": \(isNote ? "note: " : "")\(problem)"
    }
}
