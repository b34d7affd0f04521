public import AdvisorCore

/// What the current manifests say of the files beside them: which are parts of a bill.
public struct BillListing: Sendable {
    /// The current manifests.
    public let manifests: [BillManifest]
    /// The files that they decide about.
    public let paths: [String]
    /// By manifest: the paths that it lists, and the names that no path has.
    private let listed: [(paths: Set<String>, missing: [String])]

    /// Compares manifests, of which only the current ones count, with the paths of files.
    public init(_ manifests: [BillManifest] = [], among paths: [String] = []) {
        let current = BillManifest.current(manifests)
        let byName =
            current.isEmpty ? [:] : Dictionary(grouping: paths) { BillManifest.name($0.split(separator: "/").last ?? "") }
        (self.manifests, self.paths) = (current, paths)
        listed = current.map { $0.current(among: byName) }
    }

    /// The manifests by which a file is no part of their months: those in whose scope it is, of a month in which no manifest
    /// lists it.
    public func superseding(_ path: String) -> [BillManifest] {
        let months = Set(zip(manifests, listed).filter { $0.1.paths.contains(path) }.map(\.0.month))
        return manifests.filter { !months.contains($0.month) && Self.contains($0.scope, path) }
    }

    /// Whether a path is in a folder; all are in the empty one.
    public static func contains(_ folder: String, _ path: String) -> Bool {
        folder.isEmpty || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }

    /// The paths that the manifests of a month list.
    public func paths(of month: BillingMonth) -> Set<String> {
        zip(manifests, listed).filter { $0.0.month == month }.reduce(into: []) { $0.formUnion($1.1.paths) }
    }

    /// The names that a manifest lists and no path has, by manifest; without those that have all.
    public var missing: [(manifest: BillManifest, names: [String])] {
        zip(manifests, listed).filter { !$0.1.missing.isEmpty }.map { ($0, $1.missing) }
    }

    /// A number that changes when a manifest decides otherwise about a file, or lists others beside it; 0 where none decides.
    public func digest(of path: String) -> Int64 {
        let superseding = Set(superseding(path).map(\.path))
        var text = ""
        for (manifest, listed) in zip(manifests, listed) {
            let isListed = listed.paths.contains(path)
            guard isListed || superseding.contains(manifest.path) else { continue }
            text += "\(isListed) \(manifest.month) \(listed.paths.sorted().joined(separator: "\t"))\n"
        }
        guard !text.isEmpty else { return 0 }
        var hash = StableHash()
        hash.combine(text.utf8)
        return Int64(bitPattern: UInt64(hash.hexadecimal, radix: 16) ?? 1)
    }
}
