public import AdvisorFormats
internal import AdvisorCore
internal import AdvisorStore

/// The files that a path names: itself, all in a folder, or what a pattern matches.
public struct InputCollection: Sendable {
    /// The folder or pattern as an absolute path; empty if the path is a file.
    public var name: String
    /// The files with data, by name.
    public var files: [String]
    /// What the current bill manifests among them say.
    public var listing: BillListing
    /// The current bill manifests among them.
    public var manifests: [BillManifest] { listing.manifests }
    /// Files that are named as manifests and are none.
    public var unreadableManifests: [String]
    /// What is not read, and why: no regular file, a link to a folder.
    public var ignored: [String]

    /// Finds the files of a path.
    /// - Returns: nil if there is no such file or folder; without files if a pattern matches none.
    public init?(_ path: String, in system: FileSystem) {
        guard let input = system.inputs(matching: path) else { return nil }
        let found = input.paths
        ignored = input.ignored
        let isAlone = found == [path]
        name = isAlone ? "" : system.realPath(path) ?? system.resolve(path)
        files = found.filter { !BillManifest.isManifest($0) }
        let read = found.filter(BillManifest.isManifest).map { path in
            let modified = system.fingerprint(of: path)?.modified ?? 0
            return (path, (try? system.bytes(path)).flatMap { BillManifest($0, path: path, modified: modified) })
        }
        listing = BillListing(read.compactMap(\.1), among: files)
        unreadableManifests = read.filter { $0.1 == nil }.map(\.0)
    }
}

extension IngestPass {
    /// Adds the files of a collection.
    /// - Returns: What its manifests miss, for people.
    /// - Throws: `ExitError` when a file cannot be read.
    public func add(
        _ collection: InputCollection, in system: FileSystem, format: SampleFormat? = nil, bill: BillFormat? = nil
    ) throws -> [String] {
        for path in collection.files {
            var input = Input(path: path, source: try system.source(path), format: format, bill: bill)
            (input.identity, input.collection) = (system.realPath(path) ?? system.resolve(path), collection.name)
            input.listing = collection.listing
            inputs.append(input)
        }
        supersede(collection, in: system)
        return collection.notices
    }

    /// Lets stored parts count only while the manifests of a collection list them.
    func supersede(_ collection: InputCollection, in system: FileSystem) {
        func absolute(_ path: String) -> String { system.realPath(path) ?? system.resolve(path) }
        var listed: [BillingMonth: Set<String>] = [:]
        var scopes: [BillingMonth: Set<String>] = [:]
        for manifest in collection.listing.manifests {
            let month = manifest.month
            if listed[month] == nil { listed[month] = Set(collection.listing.paths(of: month).map(absolute)) }
            scopes[month, default: []].insert(absolute(manifest.scope.isEmpty ? "." : manifest.scope))
        }
        guard !listed.isEmpty else { return }
        let exists = isPart
        isPart = { path, month in
            if listed[month]?.contains(path) == true { return true }
            let isInScope = scopes[month]?.contains { BillListing.contains($0, path) } ?? false
            return !isInScope && exists(path, month)
        }
    }
}

extension InputCollection {
    /// What the manifests list and the collection does not have, for people.
    var notices: [String] {
        let unreadable = unreadableManifests.map { "\($0): not the manifest of a bill; all files beside it count as parts" }
        return unreadable + listing.missing.map { "\($0.path): \($0.missing(of: $1))" }
    }
}

extension BillManifest {
    /// That names of it are not there, for people.
    func missing(of names: [String]) -> String {
        "\(names.count) of the \(keys.count) files of \(month) are not here, \(names.first ?? "") among them; the bill is incomplete"
    }
}
