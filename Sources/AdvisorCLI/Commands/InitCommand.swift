import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Glibc

/// `advisor init`: writes the first stack file and queries.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write advisor.yaml and queries.json, and print the next steps.",
        discussion: """
            EXAMPLES
              aws rds describe-db-instances | advisor init -
              advisor init instances.json clusters.json
                                                 and `aws rds describe-db-clusters`
              advisor init                       from the store, or a commented template
              advisor init --cron                a crontab line for every 15 minutes
              advisor init --systemd -o .        advisor.service and advisor.timer
            """)

    @Argument(
        help: ArgumentHelp("Output of `aws rds describe-db-instances` or describe-db-clusters, or -.", valueName: "file"),
        completion: .file())
    var inventories: [String] = []
    @Flag(help: "Replace existing files.")
    var force = false
    @Flag(help: "Print systemd units for a run every 15 minutes; -o DIR writes them.")
    var systemd = false
    @Flag(help: "Print a line for `crontab -e`.")
    var cron = false
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if systemd, cron { throw ValidationError("give --systemd or --cron, not both") }
    }

    func run() throws {
        if systemd || cron { return try printUnits() }
        let loader = ProjectLoader(options: options)
        let stackPath = options.stackPath.path
        let queriesPath = options.file("queries.json")
        for path in [stackPath, queriesPath] where FileSystem.current.exists(path) && !force {
            throw ExitError(.configuration, "\(path): exists; --force replaces it")
        }
        let catalog = try loader.catalog()
        let metrics = try loader.metrics()
        let now = try time.time()
        let files = InitFiles(resources: try resources(metrics: metrics, now: now), catalog: catalog)
        try FileSystem.current.write(files.stack(), to: stackPath)
        try FileSystem.current.write(files.queries(metrics: metrics), to: queriesPath)
        let count = files.resources.count
        output.note("advisor: wrote \(stackPath) (\(count) \(count == 1 ? "resource" : "resources")) and \(queriesPath)\n")
        try output.write(files.nextSteps(now: now))
    }

    /// Prints or writes systemd units or a crontab line instead of stack file and queries.
    private func printUnits() throws {
        let stack = try ProjectLoader(options: options).project().stack
        let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "root"
        let program = CommandEnvironment.current.program ?? "/usr/local/bin/advisor"
        let units = UnitFiles(
            program: program, folder: FileSystem.current.realPath(options.folder) ?? options.folder, user: user,
            credentials: UnitFiles.credentials(of: stack))
        if cron { return try output.write(units.crontab) }
        guard units.isWritable else {
            throw ExitError(
                .usage,
                "advisor: a unit cannot name \(units.folder) and \(units.program); use paths without quotes, backslashes and line breaks"
            )
        }
        guard let folder = output.output else { return Console.out(units.systemd(nil)) }
        try FileSystem.current.write(units.service, to: "\(folder)/advisor.service")
        try FileSystem.current.write(UnitFiles.timer, to: "\(folder)/advisor.timer")
        Console.out(units.systemd(folder))
    }

    private func resources(metrics: MetricCatalog, now: Timestamp) throws -> [Stack.Resource] {
        if !inventories.isEmpty {
            var inventory = DatabaseInventory()
            for file in inventories {
                let bytes = file == "-" ? try StandardInput.bytes() : try FileSystem.current.bytes(file)
                guard !inventory.add(bytes) else { continue }
                if file == "-", bytes.isEmpty {
                    throw ExitError(.noInput, "advisor: standard input is empty; did the command before the pipe fail?")
                }
                throw ExitError(
                    .badData,
                    "\(file): not the output of `aws rds describe-db-instances` or `describe-db-clusters` (an object with DBInstances or DBClusters)"
                )
            }
            let databases = inventory.databases()
            for notice in inventory.notices { Console.error(SafeText.terminal("advisor: \(notice)")) }
            return databases
        }
        guard FileSystem.current.exists(options.storePath) else { return [] }
        return try options.readStore().discoveredResources(metrics, before: now)
    }
}
