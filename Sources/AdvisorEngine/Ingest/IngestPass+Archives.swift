internal import AdvisorCore
internal import AdvisorFormats
internal import AdvisorStore
internal import Foundation

extension IngestPass {
    /// The files of a zip archive as inputs, and what its manifests miss; the input itself if it is none.
    func archived(_ input: Input) throws -> (parts: [Input], notes: [String]) {
        guard let files = try input.source.archivedFiles() else { return ([input], []) }
        guard files.count > 1 else {
            return (
                files.map { file in
                    var part = input
                    part.source = file.source
                    return part
                }, []
            )
        }
        var (manifests, notes, data): ([BillManifest], [String], [(name: String, source: ByteSource)]) = ([], [], [])
        for file in files {
            guard BillManifest.isManifest(file.name) else {
                data.append(file)
                continue
            }
            if let manifest = BillManifest(file.source.contents(), path: "\(input.path)/\(file.name)") {
                manifests.append(manifest)
            } else {
                notes.append("\(file.name): not the manifest of a bill; all files beside it count as parts")
            }
        }
        var listing = input.listing
        if !(manifests + listing.manifests).isEmpty {
            let beside = listing.paths.filter { $0 != input.path }
            listing = BillListing(
                listing.manifests + manifests, among: beside + data.map { "\(input.path)/\($0.name)" })
        }
        let own = Set(manifests.map(\.path))
        notes += listing.missing.filter { own.contains($0.manifest.path) }.map { $0.manifest.missing(of: $0.names) }
        let parts = data.map { file in
            var part = input
            (part.source, part.path, part.listing) = (file.source, "\(input.path)/\(file.name)", listing)
            if !input.identity.isEmpty { part.identity = "\(input.identity)/\(file.name)" }
            return part
        }
        if !input.identity.isEmpty {
            let months = parts.map { ($0.identity, Set(listing.superseding($0.path).map(\.month))) }
            archives[input.identity] = Dictionary(months) { first, _ in first }
        }
        return (parts, notes)
    }

    /// Whether a stored part of a bill is still in the archive that was read now, and of the month; nil if it is of none of
    /// them.
    func isArchived(_ path: String, in month: BillingMonth) -> Bool? {
        archives.first { path.hasPrefix($0.key + "/") }.map { $0.value[path]?.contains(month) == false }
    }

    /// Whether a file exists, or the archive that it is in.
    static func isPresent(_ path: String) -> Bool {
        var rest = path
        var isFolder: ObjCBool = false
        while rest.count > 1 {
            if FileManager.default.fileExists(atPath: rest, isDirectory: &isFolder) { return rest == path || !isFolder.boolValue }
            rest = (rest as NSString).deletingLastPathComponent
        }
        return false
    }
}

extension IngestPass.FileResult {
    /// The result for an input from those for the files in it.
    init(_ results: [IngestPass.FileResult], of input: IngestPass.Input) {
        guard results.count != 1 else {
            self = results[0]
            return
        }
        self.init(path: input.path)
        format = results.lazy.compactMap(\.format).first
        isEmpty = results.isEmpty
        failure = results.lazy.compactMap(\.failure).first
        if results.isEmpty {
            problems = [IngestProblem(line: 1, column: nil, problem: "no files in the zip archive", records: 0)]
        }
        let areBills = !results.isEmpty && results.allSatisfy { $0.fingerprint != nil }
        fingerprint = areBills ? results.flatMap { $0.fingerprint ?? [] } : nil
        for result in results {
            counts.accepted += result.counts.accepted
            counts.replaced += result.counts.replaced
            counts.unchanged += result.counts.unchanged
            rejected += result.rejected
            unusedMetrics.formUnion(result.unusedMetrics)
            let name = result.path.dropFirst(input.path.count + 1)
            problems += result.problems.map { problem in
                IngestProblem(
                    line: problem.line, column: problem.column, problem: "in \(name): \(problem.problem)",
                    records: problem.records)
            }
        }
    }
}
