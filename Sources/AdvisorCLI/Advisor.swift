import AdvisorCore
package import ArgumentParser

/// The root command.
package struct Advisor: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "advisor",
        abstract: "Recommend when to resize a database, at what cost and why.",
        discussion: """
            Evaluates rules over CloudWatch metrics and the AWS bill.

            EXAMPLES
              advisor demo                       try it on bundled data, without setup
              advisor ingest metrics.jsonl.gz    store samples; the format is detected
              advisor report                     what to do, and what it costs
              advisor rules check                check your rules
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, InitCommand.self, IngestCommand.self, EvaluateCommand.self, ReportCommand.self, RulesCommand.self,
            BacktestCommand.self, RecommendationsCommand.self, WhatIfCommand.self, DeliverCommand.self, AlertsCommand.self,
            RunCommand.self, StatusCommand.self, StoreCommand.self, PricesCommand.self,
        ])

    static let welcome = """
        advisor recommends when to resize a database, at what cost and why.

          advisor demo             try it on bundled data, without setup
          advisor init             write advisor.yaml and queries.json for your stack
          advisor ingest           store samples from files or standard input
          advisor evaluate         evaluate all rules and record what changed
          advisor report           what to do, and what it costs
          advisor backtest         replay the rules over stored history
          advisor whatif           plan month by month: tier, bill, first limit
          advisor rules            list, check, test and explain rules
          advisor recommendations  list, claim, finish, dismiss or snooze
          advisor run              for cron: ingest, evaluate and send alerts
          advisor alerts           list and retry alerts, test receivers
          advisor deliver          send pending alerts
          advisor status           last run, lag of the data, pending alerts
          advisor store            check, compact, back up and export the store
          advisor prices           every price with its source and date

        Start with `advisor demo`, then `advisor init`.
        `advisor help COMMAND` explains each command.

        """

    package init() {}
}
