import AdvisorTestSupport
import Foundation
import Testing

/// The bundled history of 30 days in a store, with its stack file beside it; made once, and copied for tests that change it.
enum DemoStore {
    /// The end of the history.
    static let now = ["--now", "2026-03-31T00:00:00Z"]

    /// Not evaluated.
    private static let ingested = Result {
        let folder = try TemporaryFolder()
        let samples = Program.repository.appending(path: "data/samples")
        let stack = try String(contentsOf: samples.appending(path: "advisor.yaml"), encoding: .utf8)
        _ = try folder.write(stack, to: "advisor.yaml")
        let files = ["cloudwatch.jsonl.gz", "app.csv"].map { samples.appending(path: $0).path }
        try succeed(["ingest"] + files, in: folder)
        return folder
    }

    private static let evaluated = Result {
        let folder = try copy(of: ingested.get())
        try succeed(["evaluate"], in: folder)
        return folder
    }

    /// A copy that was not evaluated yet.
    static func make() throws -> TemporaryFolder { try copy(of: ingested.get()) }

    /// A copy that was evaluated as of the end of its history.
    static func makeEvaluated() throws -> TemporaryFolder { try copy(of: evaluated.get()) }

    private static func succeed(_ arguments: [String], in folder: TemporaryFolder) throws {
        let run = try Program.run(arguments + now, in: folder.url)
        try #require(run.status == 0, "\(run.errors)")
    }

    private static func copy(of folder: TemporaryFolder) throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
            try FileManager.default.copyItem(at: folder.url.appending(path: name), to: copy.url.appending(path: name))
        }
        return copy
    }
}
