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
        let target = try target(project, now: now)
        guard let start = tier ?? target?.resource.tier else {
            throw ExitError(.usage, "advisor: nobody says which tier it begins with; add --tier, or declare it in advisor.yaml")
        }
        guard project.catalog.tier(start) != nil else {
            let known = project.catalog.tiers.map(\.id)
            throw ExitError(
                .usage,
                "advisor: unknown tier '\(start)'\(DidYouMean.hint(for: start, among: known)); known are \(known.joined(separator: ", "))"
            )
        }
        let suppositions = WhatIf(
            tier: start, users: users.flatMap(QuantityText.number), growth: growth.flatMap(Self.share), months: months,
            target: target, vocabulary: project.vocabulary, now: now)
        let datapointSeries = WhatIfProjector(project: project, now: now).datapointSeries(suppositions, target: target)
        let report = WhatIfReport(datapointSeries, stack: project.stack, newestSample: target?.history.lastSample, now: now)
        try options.answer(format == "json" ? report.json() : report.text(width: Console.width))
    }

    /// The database whose load is planned with; nil for a plan on paper.
    private func target(_ project: Project, now: Timestamp) throws -> EvaluationTarget? {
        guard Files.exists(options.storePath) else {
            if resource != nil || tier == nil { _ = try options.openStore(create: false) }
            return nil
        }
        let loader = try HistoryLoader(store: try options.openStore(create: false), project: project, now: now)
        let databases = loader.resources.filter { $0.resource.kind == .database }
        let names = databases.map(\.resource.id)
        if let resource {
            guard let found = databases.first(where: { $0.resource.id == resource }) else {
                throw ExitError(
                    .noInput,
                    "advisor: no database '\(resource)' in stack file or store\(DidYouMean.hint(for: resource, among: names))")
            }
            return try loader.target(found)
        }
        if databases.count > 1, tier == nil {
            throw ExitError(
                .usage, "advisor: there are \(databases.count) databases; add --resource, one of \(names.joined(separator: ", "))"
            )
        }
        return databases.count == 1 ? try loader.target(databases[0]) : nil
    }
}
