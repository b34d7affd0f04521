import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import ArgumentParser

/// `advisor prices`: the price book.
struct PricesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices", abstract: "Show prices with source and date, and which are stale.",
        discussion: """
            EXAMPLES
              advisor prices
              advisor prices show db.t4g.micro.hourly
              advisor prices list --format json

            YOUR OWN
              advisor.yaml:  region: eu-west-1
                             prices: { nat-gateway-hour: $0.048 }
              data/catalog/eu-west-1.yaml beside it: tiers and prices of a region
            """,
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    /// `advisor prices list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all prices.")
        @OptionGroup var form: FormatOption
        @OptionGroup var options: ProjectOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions
        @OptionGroup var language: LanguageOption

        func run() throws {
            let report = try PricesCommand.report(options, time, language)
            try output.write(form.isJSON ? report.json() : report.text(width: Console.width))
        }
    }

    /// `advisor prices show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one price.")
        @Argument(help: ArgumentHelp("Id of the price.", valueName: "id"))
        var id: String
        @OptionGroup var form: FormatOption
        @OptionGroup var options: ProjectOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions
        @OptionGroup var language: LanguageOption

        func run() throws {
            let report = try PricesCommand.report(options, time, language)
            guard let text = report.text(of: id) else {
                throw ExitError(
                    .noInput,
                    "advisor: no price '\(id)'\(DidYouMean.hint(for: id, among: report.ids)); `advisor prices` lists them")
            }
            try output.write(form.isJSON ? report.json(of: id) : text)
        }
    }

    private static func report(_ options: ProjectOptions, _ time: TimeOption, _ language: LanguageOption) throws -> PricesReport {
        let project = try ProjectLoader(options: options).project()
        return PricesReport(
            project.catalog, overrides: Set(project.stack.prices.keys), now: try time.time(),
            language: try Console.language(language, of: project))
    }
}
