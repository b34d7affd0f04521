public import AdvisorFormats
internal import AdvisorCore

/// The files that a path names: itself, all in a folder, or what a pattern matches.
public struct InputCollection: Sendable {
    /// The folder or pattern as an absolute path; empty if the path is a file.
    public var name: String
    /// The files with data, by name.
    public var files: [String]
    /// The current bill manifests among them.
    public var manifests: [BillManifest]
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
            (path, (try? system.bytes(path)).flatMap { BillManifest($0, path: path) })
        }
        manifests = BillManifest.current(read.compactMap(\.1))
        unreadableManifests = read.filter { $0.1 == nil }.map(\.0)
    }

    /// What the manifests say of a file.
    /// - Returns: The months of which it is no part, by the manifest that does not list it.
    public func superseded(_ file: String) -> [BillManifest] {
        manifests.filter { !$0.current(among: files).paths.contains(file) }
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
            input.superseding = collection.superseded(path)
            inputs.append(input)
        }
        supersede(collection, in: system)
        return collection.notices
    }

    /// Lets stored parts count only while the manifests of a collection list them.
    func supersede(_ collection: InputCollection, in system: FileSystem) {
        guard !collection.manifests.isEmpty else { return }
        var listed: [BillingMonth: Set<String>] = [:]
        for manifest in collection.manifests {
            let paths = manifest.current(among: collection.files).paths
            listed[manifest.month, default: []].formUnion(paths.map { system.realPath($0) ?? system.resolve($0) })
        }
        let exists = isPart
        isPart = { path, month in listed[month].map { $0.contains(path) } ?? exists(path, month) }
    }
}

extension InputCollection {
    /// What the manifests list and the collection does not have, for people.
    var notices: [String] {
        let unreadable = unreadableManifests.map { "\($0): not the manifest of a bill; all files beside it count as parts" }
        return unreadable
            + manifests.compactMap { manifest in
                let missing = manifest.current(among: files).missing
                guard let first = missing.first else { return nil }
                return
                    "\(manifest.path): \(missing.count) of the \(manifest.keys.count) files of \(manifest.month) are not here, \(first) among them; the bill is incomplete"
            }
    }
}
