public import AdvisorCore
internal import AdvisorFormats
public import AdvisorStore
internal import Foundation

/// The bundled samples and their stack file.
public struct Demo: Sendable {
    /// The end of the bundled history.
    public static let end = Timestamp(seconds: 1_774_915_200)  // 2026-03-31T00:00:00Z

    private static let folder = "data/samples/"
    private static let stackPath = folder + "advisor.yaml"
    private let loader: ProjectLoader

    /// Creates the demo of a loader that reads nothing of the user's.
    public init(loader: ProjectLoader) { self.loader = loader }

    /// The text of the bundled stack file.
    public var stackText: String { loader.bundledText(Self.stackPath) }

    /// The built-in project with the bundled stack file.
    /// - Throws: `ConfigurationError`.
    public func project() throws -> Project {
        var project = try loader.project()
        project.stack =
            StackFile.read(stackText, file: Self.stackPath, catalog: project.catalog, services: project.services).value
        return project
    }

    /// Stores the bundled samples.
    /// - Throws: `StoreFailure`.
    public func ingest(into store: Store, _ project: Project, at now: Timestamp) throws -> IngestPass.Result {
        let ingest = IngestPass(context: IngestContext(now: now, metrics: project.vocabulary.metrics), store: store)
        ingest.inputs = loader.bundled.filter { $0.path.hasPrefix(Self.folder) && !$0.path.hasSuffix(".yaml") }.map { file in
            IngestPass.Input(path: file.path, source: ByteSource(Self.bytes(of: file)))
        }
        return try ingest.run(at: now, progress: nil)
    }

    private static func bytes(of file: BundledFile) -> [UInt8] {
        guard file.path.hasSuffix(".base64") else { return Array(file.text.utf8) }
        return Data(base64Encoded: file.text.filter { !$0.isWhitespace }).map(Array.init) ?? []
    }
}
