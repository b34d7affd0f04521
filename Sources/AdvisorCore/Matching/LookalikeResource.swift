/// A new resource of the store whose id is like that of a declared one: probably a typing error.
public struct LookalikeResource: Hashable, Sendable {
    /// The id in the samples.
    public var id: String
    /// The declared id that it is like.
    public var declared: String

    /// Creates a pair of ids.
    public init(id: String, declared: String) { (self.id, self.declared) = (id, declared) }

    /// More pairs of ids are not compared: so many new resources at once are no typing errors.
    private static let mostPairs = 1_000_000

    /// The resources that only new series name and that are like a declared one, by id.
    /// - Parameters:
    ///   - new: The series that were not known before.
    ///   - declared: The resources of the stack file.
    ///   - kindOfDimension: The kind of resource that a dimension identifies.
    /// - Returns: Each resource once.
    public static func found(
        in new: [SeriesKey], declared: [Stack.Resource], kindOfDimension: [String: ResourceKind]
    ) -> [LookalikeResource] {
        guard !declared.isEmpty, new.count <= mostPairs / declared.count else { return [] }
        var result: Set<LookalikeResource> = []
        var taken = Set(declared.map(\.id)).union(declared.compactMap(\.cluster))
        for dimensions in declared.flatMap(\.metrics.values).map(\.dimensions) { taken.formUnion(dimensions.map(\.value)) }
        for dimension in new.flatMap(\.dimensions) where !taken.contains(dimension.value) {
            guard let kind = kindOfDimension[dimension.name] else { continue }
            let id = dimension.value
            // Names of one or two letters, and numbered ones, are alike without an error.
            let ids = declared.filter { $0.kind == kind && !isNumbered($0.id, id) }.map(\.id)
            if id.count > 3, let declared = DidYouMean.closest(to: id, among: ids) {
                result.insert(LookalikeResource(id: id, declared: declared))
            }
        }
        return result.sorted { $0.id < $1.id }
    }

    /// Whether two ids differ in numbers only: `db-1` and `db-2`.
    private static func isNumbered(_ left: String, _ right: String) -> Bool {
        left.filter { !$0.isNumber } == right.filter { !$0.isNumber }
    }
}
