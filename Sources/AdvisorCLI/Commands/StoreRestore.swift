import AdvisorCore
import AdvisorEngine
import ArgumentParser

/// `advisor store restore`.
struct StoreRestore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Go back to a backup of the store.",
        discussion: """
            The damaged store stays beside it, with the ending .damaged. What was
            ingested since the backup is read again by the next run where its files
            still exist; alerts since then may be sent once more.

            EXAMPLES
              advisor store restore
              advisor store restore advisor.db.backup-2026-03-30
            """)
    @Argument(help: ArgumentHelp("The backup (default: the newest daily one).", valueName: "file"), completion: .file())
    var file: String?
    @Option(help: ArgumentHelp("Wait so long for a run of the store; 0 to not wait.", valueName: "duration"))
    var wait = DurationArgument(.seconds(30))
    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let path = options.storePath
        let lock = try RunLock(besides: path, files: .current, patience: wait.duration) { false }
        let backup = try withExtendedLifetime(lock) { try DailyBackups(of: path, in: .current).restore(file) }
        output.note("advisor: \(path) is now the backup \(backup); the former store is \(path).damaged")
    }
}
