import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation

/// `advisor demo`: the main job on bundled data in a temporary store.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Ingest, evaluate and report bundled data; needs no setup.",
        discussion: """
            EXAMPLES
              advisor demo
              advisor demo --format json
              advisor demo --keep demo && cd demo
              advisor report --now 2026-03-31        look at it again
            """)

    @Option(help: ArgumentHelp("\(ReportFormat.list).", valueName: "format"))
    var format = ReportFormat.text
    @Option(help: ArgumentHelp("Keep store and stack file in this new folder.", valueName: "dir"), completion: .directory)
    var keep: String?
    @OptionGroup var sections: ReportSections
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var color: ColorOption
    @OptionGroup var verbosity: VerboseOption
    @OptionGroup var failOn: FailOnOption

    /// The end of the bundled history.
    static let end = Timestamp(seconds: 1_774_915_200)  // 2026-03-31T00:00:00Z

    func run() throws {
        let folder = keep ?? FileManager.default.temporaryDirectory.path + "/advisor-demo-\(UUID().uuidString)"
        if keep != nil, Files.exists(folder) { throw ExitError(.usage, "\(folder): exists; --keep needs a new folder") }
        try Files.makeFolder(folder)
        defer { if keep == nil { Files.remove(folder) } }
        let now = time.now ?? Self.end
        let store = try Store(path: Files.resolve(folder + "/advisor.db"), create: true, exists: false)
        var project = try ProjectLoader(options: BuiltInLocation()).project()
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
        output.note(
            "advisor: \(summary.counts.accepted) bundled samples of 30 days, evaluated by the deployment guide's rules\n")
        let result = try EvaluationPipeline(store: store, project: project, now: now)
            .run(.record, showing: sections.selected)
        var look = ReportCommand.look(output, color)
        look.showsCandidates = verbosity.verbose
        look.showsBill = sections.bill
        try output.write(format.render(result.report, look))
        if !output.quiet, output.output == nil {
            let again = keep.map { "`advisor report --dir \($0) --now \(now)` shows it again; " } ?? ""
            Console.error("\nNext: \(again)`advisor init` for your own stack.")
        }
        try failOn.check(result.report)
    }
}
