import ArgumentParser
import AdvisorCore

/// Placeholder replaced below.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "init", abstract: "Write advisor.yaml and queries.json for your own stack.")
    @OptionGroup var options: CommonOptions
    func run() throws {}
}
