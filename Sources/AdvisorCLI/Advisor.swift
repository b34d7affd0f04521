import AdvisorCore
package import ArgumentParser

/// The root command.
package struct Advisor: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "advisor",
        abstract: "Says when to move, grow or stay, what it costs, and why: rules over CloudWatch samples.",
        discussion: """
            EXAMPLES
              advisor demo                          the main job on bundled data, nothing to set up
              advisor ingest metrics.jsonl.gz       store samples; the format is detected
              advisor report                        what to do, with the bill before and after
              advisor rules check                   every mistake in your rules, with its place
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, InitCommand.self, IngestCommand.self, EvaluateCommand.self, ReportCommand.self, RulesCommand.self,
            BacktestCommand.self, RecommendationsCommand.self, WhatIfCommand.self, DeliverCommand.self, AlertsCommand.self,
            RunCommand.self, StatusCommand.self, StoreCommand.self, PricesCommand.self,
        ])

    static let welcome = """
        advisor says when to move, grow or stay, what it costs, and why.

          advisor demo        see it on bundled data; needs nothing
          advisor init        write advisor.yaml and queries.json for your own stack
          advisor ingest      store samples: files, gzip, or - for standard input
          advisor evaluate    judge all rules and record what changed
          advisor report      what to do, with the bill before and after
          advisor backtest    what the rules would have said over stored history
          advisor whatif      a plan month by month: which tier, which bill, which limit first
          advisor rules       list, check, test and explain rules
          advisor recommendations  claim, finish, dismiss or snooze what is recommended
          advisor run         what cron calls: ingest, judge, tell who should know
          advisor alerts      what was told to whom; try an endpoint with `alerts test`
          advisor deliver     send what is owed
          advisor status      last run, lag of the data, alerts owed and held
          advisor store       check, compact, back up and export the store
          advisor prices      the price book: every price, its source, what is stale

        Begin with `advisor demo`, then `advisor init`. `advisor help COMMAND` explains each.

        """

    package init() {}

    /// What to say of a mistyped command; nil when the first word is a command or an option.
    static func unknownCommand(_ arguments: [String]) -> String? {
        guard var first = arguments.first, !first.hasPrefix("-") else { return nil }
        if first == "help" {
            guard let topic = arguments.dropFirst().first(where: { !$0.hasPrefix("-") }) else { return nil }
            first = topic
        }
        let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
        guard !names.contains(first) else { return nil }
        return "advisor: unknown command '\(first)'\(DidYouMean.hint(for: first, among: names)); `advisor --help` lists them"
    }
}
