internal import AdvisorCore
internal import AdvisorFormats
internal import AdvisorStore
internal import Foundation

extension IngestPass {
    /// The files of a zip archive as inputs; the input itself if it is none.
    func archived(_ input: Input) throws -> [Input] {
        guard let files = try input.source.archivedFiles() else { return [input] }
        let parts = files.map { file in
            var part = input
            part.source = file.source
            if files.count > 1 {
                part.path = "\(input.path)/\(file.name)"
                if !input.identity.isEmpty { part.identity = "\(input.identity)/\(file.name)" }
            }
            return part
        }
        if files.count > 1, !input.identity.isEmpty { archives[input.identity] = Set(parts.map(\.identity)) }
        return parts
    }

    /// Whether a stored part of a bill is still in the archive that was read now; nil if it is of none of them.
    func isArchived(_ path: String) -> Bool? {
        archives.first { path.hasPrefix($0.key + "/") }.map { $0.value.contains(path) }
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
