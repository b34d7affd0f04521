/// What a recommendation is about: at most one is active per resource.
public struct ResourceKey: Hashable, Sendable {
    /// What the resource is.
    public var kind: ResourceKind
    /// The id of the resource.
    public var resource: String

    /// Creates the key of a resource.
    public init(kind: ResourceKind, resource: String) { (self.kind, self.resource) = (kind, resource) }
}
