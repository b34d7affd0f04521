import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import ArgumentParser

/// The price book.
struct PricesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices", abstract: "The price book: every price, its day, its source, and what is stale.",
        discussion: """
            EXAMPLES
              advisor prices
              advisor prices show db.t4g.micro.hourly
              advisor prices list --format json

            YOUR OWN
              advisor.yaml:  region: eu-west-1
                             prices: { nat-gateway-hour: $0.048 }
              data/catalog/eu-west-1.yaml beside it: tiers and items as `advisor prices list` shows them
            """)

    @Argument(help: ArgumentHelp("list (default) or show.", valueName: "action"))
    var action = "list"
    @Argument(help: ArgumentHelp("The price to show.", valueName: "id"))
    var id: String?
    @Option(help: ArgumentHelp("text or json.", valueName: "form"))
    var format = "text"
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard ["list", "show"].contains(action) else {
            throw ValidationError(
                "unknown action '\(action)'\(DidYouMean.hint(for: action, among: ["list", "show"])); known are list, show")
        }
        guard ["text", "json"].contains(format) else { throw ValidationError("unknown form '\(format)'; known are text, json") }
        if action == "show", id == nil { throw ValidationError("show wants the id of a price; `advisor prices` lists them") }
        if action == "list", id != nil { throw ValidationError("list takes no id; `advisor prices show ID` shows one") }
    }

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let report = PricesReport(project.catalog, overrides: Set(project.stack.prices.keys), now: try options.time())
        if let id {
            guard let text = report.text(of: id) else {
                throw ExitError(
                    .noInput,
                    "advisor: no price '\(id)'\(DidYouMean.hint(for: id, among: report.ids)); `advisor prices` lists them"
                )
            }
            return try options.answer(format == "json" ? report.json(of: id) : text)
        }
        try options.answer(format == "json" ? report.json() : report.text(width: Console.width))
    }
}
