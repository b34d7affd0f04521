import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor store forget`: removes the samples of a resource or a series.
struct StoreForget: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Remove the samples of a resource or a series, after confirmation.",
        discussion: """
            EXAMPLES
              advisor store forget --resource prd-db
              advisor store forget --undeclared
              advisor store forget --series 'AWS/RDS CPUUtilization' --yes
              advisor store forget --series 'Shop ActiveUsers {App=web}'

            For samples that were stored under a wrong name. The states of rules on
            their resources are computed anew; bills and recommendations stay.
            """)
    @Option(help: ArgumentHelp("Resource whose samples are removed.", valueName: "id"))
    var resource: [String] = []
    @Option(help: ArgumentHelp("Series that is removed: namespace and name.", valueName: "series"))
    var series: [String] = []
    @Flag(help: "Remove the samples of all resources that advisor.yaml does not declare.")
    var undeclared = false
    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false
    @OptionGroup var form: FormatOption
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if resource.isEmpty, series.isEmpty, !undeclared {
            throw ValidationError("name what to remove with --resource ID, --series NAME or --undeclared")
        }
        if !resource.isEmpty, undeclared { throw ValidationError("use either --resource or --undeclared") }
    }

    func run() throws {
        let (project, now) = (try ProjectLoader(options: options).project(), try time.time())
        let store = try options.openStore(create: false)
        let found = try ForgottenSeries(of: choice, names: series, in: store, project: project)
        let what = "\(Self.counted(found.samples, "sample")) of \(found.series.count) series"
        if !yes {
            guard Console.showsProgress else {
                throw ExitError(.usage, "advisor: would remove \(what); confirm with --yes")
            }
            for series in found.series.prefix(Self.shown) { Console.error(SafeText.terminal("  \(series.key.text)")) }
            if found.series.count > Self.shown { Console.error("  and \(found.series.count - Self.shown) more") }
            guard try Console.confirms("Remove \(what)?") else { return Console.error("advisor: nothing removed") }
        }
        let removed = try found.remove(at: now)
        if form.isJSON {
            let answer = JSONValue.object(["series": .integer(found.series.count), "samples": .integer(removed)])
            return try output.write(answer.render())
        }
        guard !output.quiet else { return }
        try output.write("removed \(what)\n")
    }

    /// The series that are listed before the question.
    private static let shown = 100

    private var choice: ForgottenSeries.Choice {
        undeclared ? .undeclared : resource.isEmpty ? .all : .resources(resource)
    }

    private static func counted(_ number: Int, _ noun: String) -> String {
        "\(ValueText.grouped("\(number)")) \(noun)\(number == 1 ? "" : "s")"
    }
}
