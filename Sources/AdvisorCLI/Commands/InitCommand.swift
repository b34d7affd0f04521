import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Glibc

/// Writes the files to begin with.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write advisor.yaml and queries.json for your own stack, and print what to do next.",
        discussion: """
            EXAMPLES
              aws rds describe-db-instances | advisor init -
              advisor init instances.json
              advisor init                          from the store, or a commented template
              advisor init --cron                   a crontab line that runs it every 15 minutes
              advisor init --systemd -o .           advisor.service and advisor.timer, hardened
            """)

    @Argument(help: ArgumentHelp("Output of `aws rds describe-db-instances`, or - for standard input.", valueName: "file"))
    var instances: String?
    @Flag(help: "Replace files that exist.")
    var force = false
    @Flag(help: "Print units of systemd that run it every 15 minutes; -o DIR writes them there.")
    var systemd = false
    @Flag(help: "Print a line for `crontab -e`.")
    var cron = false
    @OptionGroup var options: CommonOptions

    func validate() throws {
        if systemd, cron { throw ValidationError("--systemd or --cron, not both") }
    }

    func run() throws {
        if systemd || cron { return try printUnits() }
        let loader = ProjectLoader(options: options)
        let stackPath = options.stackPath.path
        let queriesPath = options.folder == "." ? "queries.json" : options.folder + "/queries.json"
        for path in [stackPath, queriesPath] where Files.exists(path) && !force {
            throw ExitError(.configuration, "\(path): exists; --force replaces it")
        }
        let catalog = try loader.catalog()
        let metrics = try loader.metrics()
        let now = try options.time()
        let files = InitFiles(resources: try resources(metrics: metrics, now: now), catalog: catalog)
        try Files.write(files.stack(), to: stackPath)
        try Files.write(files.queries(metrics: metrics), to: queriesPath)
        if !options.quiet {
            Console.error("advisor: wrote \(stackPath) (\(files.resources.count) resources) and \(queriesPath)\n")
        }
        try options.answer(files.nextSteps(now: now))
    }

    /// How the system is told to run it; writes neither stack file nor queries.
    private func printUnits() throws {
        let stack = try ProjectLoader(options: options).project().stack
        let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "root"
        let program = CommandEnvironment.current.program ?? "/usr/local/bin/advisor"
        let units = UnitFiles(
            program: program, folder: Files.realPath(options.folder) ?? options.folder, user: user,
            credentials: UnitFiles.credentials(of: stack))
        if cron { return try options.answer(units.crontab) }
        guard let output = options.output else { return Console.out(units.systemd(nil)) }
        try Files.write(units.service, to: "\(output)/advisor.service")
        try Files.write(UnitFiles.timer, to: "\(output)/advisor.timer")
        Console.out(units.systemd(output))
    }

    private func resources(metrics: MetricCatalog, now: Timestamp) throws -> [Stack.Resource] {
        if let instances {
            let bytes = instances == "-" ? try Files.standardInput() : try Files.bytes(instances)
            guard let found = InitFiles.databases(describing: bytes) else {
                throw ExitError(
                    .badData, "\(instances): is no output of `aws rds describe-db-instances` (an object with DBInstances)")
            }
            return found
        }
        guard Files.exists(options.storePath) else { return [] }
        let series = try options.openStore(create: false).allSeries(before: now).map(\.key)
        return SeriesMatcher(metrics: metrics, declared: [], projectName: nil, series: series).resources().map(\.resource)
            .filter { $0.kind != .account && $0.kind != .project && $0.kind != .service }
    }
}
