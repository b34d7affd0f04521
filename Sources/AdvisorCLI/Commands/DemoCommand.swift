import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation

/// The main job on bundled data in a temporary store.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "The main job on bundled data: ingest, evaluate, report. Needs no set-up.",
        discussion: """
            EXAMPLES
              advisor demo
              advisor demo --format json
              advisor demo --keep demo && cd demo && advisor report --now 2026-03-31
            """)

    @Option(help: ArgumentHelp("text, json, markdown, html or csv.", valueName: "form"))
    var format = "text"
    @Option(help: ArgumentHelp("Leave store and stack file in this new folder, to look around in.", valueName: "dir"))
    var keep: String?
    @OptionGroup var sections: ReportSections
    @OptionGroup var options: CommonOptions

    /// The end of the bundled history.
    static let end = Timestamp(seconds: 1_774_915_200)  // 2026-03-31T00:00:00Z

    func validate() throws {
        guard ReportFormat.all.contains(where: { $0.id == format }) else {
            throw ValidationError("unknown form '\(format)'; known are \(ReportFormat.all.map(\.id).joined(separator: ", "))")
        }
    }

    func run() throws {
        let folder = keep ?? FileManager.default.temporaryDirectory.path + "/advisor-demo-\(UUID().uuidString)"
        if keep != nil, Files.exists(folder) { throw ExitError(.usage, "\(folder): exists; --keep wants a new folder") }
        try Files.makeFolder(folder)
        defer { if keep == nil { Files.remove(folder) } }
        let now = options.now == nil ? Self.end : try options.time()
        let store = try Store(path: Files.resolve(folder + "/advisor.db"), create: true, exists: false)
        var project = try ProjectLoader(options: CommonOptions.builtIn).project()
        let stackText = ProjectLoader.embedded("data/samples/advisor.yaml")
        if keep != nil { try Files.write(stackText, to: folder + "/advisor.yaml") }
        let stack = StackFile.read(
            stackText, file: "data/samples/advisor.yaml", catalog: project.catalog, services: project.services)
        project.stack = stack.value
        let ingest = Ingest(context: IngestContext(now: now, metrics: project.vocabulary.metrics), store: store)
        for (path, text) in Embedded.files where path.hasPrefix("data/samples/") && !path.hasSuffix(".yaml") {
            let bytes =
                path.hasSuffix(".base64")
                ? Data(base64Encoded: text.filter { !$0.isWhitespace }).map(Array.init) ?? [] : Array(text.utf8)
            ingest.inputs.append(Ingest.Input(path: path, source: ByteSource(bytes)))
        }
        let summary = try ingest.run(at: now, progress: nil)
        if !options.quiet {
            Console.error(
                "advisor: \(summary.counts.accepted) bundled samples of 30 days, judged by the deployment guide's rules\n")
        }
        var result = try EvaluationPass(store: store, project: project, now: now).evaluate()
        sections.add(to: &result.report, project)
        try ReportCommand.show(
            result.report, format: format, showsCandidates: options.verbose, showsBill: sections.bill, options)
        if !options.quiet, options.output == nil {
            let look = keep.map { "`advisor report --dir \($0) --now \(now)` looks at it again; " } ?? ""
            Console.error("\nNext: \(look)`advisor init` for your own stack.")
        }
        try options.endOnFindings(result.report)
    }
}

extension CommonOptions {
    /// Options that read nothing of the user's.
    static var builtIn: CommonOptions {
        var options = CommonOptions.bare
        options.dir = "/nonexistent"
        return options
    }

    private static var bare: CommonOptions {
        // Parsing no arguments cannot fail: every option has a default.
        (try? CommonOptions.parse([])) ?? CommonOptions()
    }
}
