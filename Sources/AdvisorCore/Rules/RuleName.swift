/// The rule that a reason is about: its id for programs, its title for people.
public struct RuleName: Hashable, Sendable, Codable {
    /// The id of the rule.
    public var id: String
    /// The title as its author wrote it.
    public var title: String

    /// Creates a name.
    public init(id: String, title: String) { (self.id, self.title) = (id, title) }
}

extension Rule {
    /// How reasons name the rule.
    public var name: RuleName { RuleName(id: id, title: title) }
}
