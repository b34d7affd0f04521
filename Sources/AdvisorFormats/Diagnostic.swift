/// An error in a file of the user.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as the user gave it.
    public var file: String
    /// The line, from 1; nil for the whole file.
    public var line: Int?
    /// The column in characters, from 1.
    public var column: Int?
    /// The problem, and what to write instead.
    public var problem: String
    /// Whether it is a note, not an error.
    public var isNote: Bool

    /// Creates a diagnostic.
    public init(file: String, line: Int? = nil, column: Int? = nil, problem: String, isNote: Bool = false) {
        (self.file, self.line, self.column, self.problem, self.isNote) = (file, line, column, problem, isNote)
    }

    /// One line: `file:line:column: problem`, as far as the position is known.
    public var description: String {
        ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
            + ": \(isNote ? "note: " : "")\(problem)"
    }
}
