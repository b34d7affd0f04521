import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// A plan's months: which tier, which bill, which limit is met first.
struct WhatIfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatif", abstract: "A plan month by month: which tier, which bill, which limit is met first.",
        discussion: """
            EXAMPLES
              advisor whatif                                      your database, growing as its users do
              advisor whatif --growth 20%/month --months 18
              advisor whatif --tier db.t4g.micro --users 800 --growth 10%/month     on paper, without a store
            """)

    @Option(help: ArgumentHelp("The tier to begin with (default: the resource's own).", valueName: "id"))
    var tier: String?
    @Option(help: ArgumentHelp("Active users now (default: the newest sample of active_users).", valueName: "n"))
    var users: String?
    @Option(
        help: ArgumentHelp(
            "Growth of users and load (default: the last 7 days against the 7 before).", valueName: "10%/month"))
    var growth: String?
    @Option(help: ArgumentHelp("How many months, 1 to 60.", valueName: "n"))
    var months = 12
    @Option(help: ArgumentHelp("The database whose load it is (default: the only one).", valueName: "id"))
    var resource: String?
    @Option(help: ArgumentHelp("text or json.", valueName: "form"))
    var format = "text"
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard ["text", "json"].contains(format) else { throw ValidationError("unknown form '\(format)'; known are text, json") }
        guard (1...60).contains(months) else { throw ValidationError("'\(months)' months cannot be planned; 1 to 60 can") }
        if let growth, Self.share(growth) == nil {
            throw ValidationError("'\(growth)' is no growth; write it as 10%/month, above -100 % and below 1000 %")
        }
        if let users, QuantityText.number(users).map({ $0 < 1 }) ?? true {
            throw ValidationError("'\(users)' is no number of users; write it as 5000 or 5_000, at least 1")
        }
    }

    /// `10%/month` as 0.1; a bare share is a month's too.
    private static func share(_ text: String) -> Double? {
        let isFalling = text.hasPrefix("-")
        let digits = text.drop { $0 == "-" || $0 == "+" }
        let share = digits.hasSuffix("/month") ? digits.dropLast("/month".count) : digits
        guard let number = QuantityText.percent(String(share)), number < 10, !isFalling || number < 1 else { return nil }
        return isFalling ? -number : number
    }

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let now = try options.time()
        let request = WhatIfPass.Request(
            tier: tier, users: users.flatMap(QuantityText.number), growth: growth.flatMap(Self.share), months: months,
            resource: resource)
        // Without a store only a plan on paper is possible.
        let isOnPaper = resource == nil && tier != nil && !Files.exists(options.storePath)
        let store = try isOnPaper ? nil : options.openStore(create: false)
        let result = try WhatIfPass(project: project, now: now).run(request, store: store)
        let report = WhatIfReport(result.timeline, stack: project.stack, newestSample: result.newestSample, now: now)
        try options.answer(format == "json" ? report.json() : report.text(width: Console.width))
    }
}
