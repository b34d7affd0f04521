import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor demo`: the main job on bundled data in a temporary store.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Ingest, evaluate and report bundled data; needs no setup.",
        discussion: """
            EXAMPLES
              advisor demo
              advisor demo --format json
              advisor demo --language ko
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
    @OptionGroup var language: LanguageOption
    @OptionGroup var color: ColorOption
    @OptionGroup var verbosity: VerboseOption
    @OptionGroup var failOn: FailOnOption

    func run() throws {
        let scratch = try keep == nil ? ScratchFolder() : nil
        defer { withExtendedLifetime(scratch) {} }
        let folder = keep ?? scratch?.path ?? ""
        if keep != nil, FileSystem.current.exists(folder) {
            throw ExitError(.usage, "\(folder): exists; --keep needs a new folder")
        }
        if keep != nil { try FileSystem.current.makeFolder(folder) }
        let now = time.now ?? Demo.end
        let store = try Store(path: FileSystem.current.resolve(folder + "/advisor.db"), create: true, exists: false)
        let demo = Demo(loader: ProjectLoader(options: BuiltInLocation()))
        let project = try demo.project()
        if keep != nil { try FileSystem.current.write(demo.stackText, to: folder + "/advisor.yaml") }
        let summary = try demo.ingest(into: store, project, at: now)
        output.note(
            "advisor: \(summary.counts.accepted) bundled samples of 30 days, evaluated by the deployment guide's rules\n")
        let result = try EvaluationPipeline(store: store, project: project, now: now)
            .run(.record, showing: sections.selected)
        var look = ReportCommand.look(output, color, try Console.language(language, of: project))
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
