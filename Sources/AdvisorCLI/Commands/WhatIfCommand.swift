import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor whatif`: a plan month by month.
struct WhatIfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatif", abstract: "Plan month by month: tier, bill and the first limit reached.",
        discussion: """
            EXAMPLES
              advisor whatif                         your database, growing as it does
              advisor whatif --growth 20%/month --months 18
              advisor whatif --tier db.t4g.micro --users 800 --growth 10%/month
                                                     on paper, without a store
            """)

    @Option(help: ArgumentHelp("First tier (default: the resource's own).", valueName: "id"))
    var tier: String?
    @Option(help: ArgumentHelp("Active users now (default: newest sample of active_users).", valueName: "n"))
    var users: UserCount?
    @Option(
        help: ArgumentHelp(
            "Growth of users and load, e.g. 10%/month (default: last 7 days against the 7 before).", valueName: "rate"))
    var growth: GrowthRate?
    @Option(help: ArgumentHelp("Number of months, 1 to 60.", valueName: "n"))
    var months = MonthCount(12)
    @Option(help: ArgumentHelp("Database whose load is planned (default: the only one).", valueName: "id"))
    var resource: String?
    @OptionGroup var form: FormatOption
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var language: LanguageOption

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let now = try time.time()
        let request = WhatIfPass.Request(
            tier: tier, users: users?.count, growth: growth?.share, months: months.count,
            resource: resource)
        // Without a store only a plan on paper is possible.
        let isOnPaper = resource == nil && tier != nil && !FileSystem.current.exists(options.storePath)
        let store = try isOnPaper ? nil : options.readStore()
        let result = try WhatIfPass(project: project, now: now).run(request, store: store)
        let report = WhatIfReport(
            result.timeline, stack: project.stack, newestSample: result.newestSample, now: now,
            language: try Console.language(language, of: project))
        try output.write(form.isJSON ? report.json() : report.text(width: Console.width))
    }
}
