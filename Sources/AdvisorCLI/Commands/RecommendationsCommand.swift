import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor recommendations`: their life cycle.
struct RecommendationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommendations", abstract: "List, show, claim, finish, dismiss, snooze and reopen recommendations.",
        discussion: """
            EXAMPLES
              advisor recommendations
              advisor recommendations show 1
              advisor recommendations claim 1 --by kim
              advisor recommendations done 1
              advisor recommendations dismiss prod-db --reason "moving to another region"
              advisor recommendations snooze 1 --until 2026-05-01

            ID is the number, or the id of the resource: each resource has at most one
            active recommendation.
            """,
        subcommands: [List.self, Show.self, Claim.self, Done.self, Dismiss.self, Snooze.self, Reopen.self],
        defaultSubcommand: List.self)

    /// `advisor recommendations list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List active recommendations.")
        @Flag(help: "Include past ones.")
        var all = false
        @Option(help: ArgumentHelp("Only this state: \(RecommendationRecord.State.list).", valueName: "state"))
        var state: RecommendationRecord.State?
        @Option(help: ArgumentHelp("Only this resource's.", valueName: "id"))
        var resource: String?
        @OptionGroup var form: FormatOption
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions
        @OptionGroup var language: LanguageOption

        func run() throws {
            let lives = try options.readStore().recommendations().filter { life in
                (all || life.isCurrent) && (state == nil || life.state == state)
                    && (resource == nil || life.resource == resource)
            }
            let report = try RecommendationsCommand.report(time, options, language)
            try output.write(form.isJSON ? report.listJSON(lives) : report.list(lives))
        }
    }

    /// `advisor recommendations show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a recommendation: reasons, steps and history.")
        @OptionGroup var target: Target
        @OptionGroup var form: FormatOption
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions
        @OptionGroup var language: LanguageOption

        func run() throws {
            let found = try RecommendationsCommand.book(options, time).detail(named: target.id)
            var detail = RecommendationReport.Detail(
                life: found.record, evidence: found.storedEvidence ?? found.present?.evidence,
                isFrozen: found.storedEvidence != nil, documents: found.documents, entries: found.entries)
            detail.procedures = found.present?.procedures ?? []
            let report = try RecommendationsCommand.report(time, options, language)
            try output.write(form.isJSON ? report.detailJSON(detail) : report.detail(detail))
        }
    }

    /// `advisor recommendations claim`.
    struct Claim: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Claim a recommendation: snapshot its evidence and stop repeating it.")
        @OptionGroup var target: Target
        @Option(help: ArgumentHelp("Who claims it.", valueName: "name"))
        var by: NonemptyText?
        @OptionGroup var form: FormatOption
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions

        func run() throws { try target.act(.claim(by: by?.text), self) }
    }

    /// `advisor recommendations done`.
    struct Done: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mark a recommendation done; verified after three days.")
        @OptionGroup var target: Target
        @Option(help: ArgumentHelp("What was done.", valueName: "text"))
        var note: String?
        @OptionGroup var form: FormatOption
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions

        func run() throws { try target.act(.done(note: note), self) }
    }

    /// `advisor recommendations dismiss`.
    struct Dismiss: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Dismiss a recommendation until a new rule or a higher severity reopens it.")
        @OptionGroup var target: Target
        @Option(help: ArgumentHelp("Reason, shown by the report.", valueName: "text"))
        var reason: NonemptyText
        @OptionGroup var form: FormatOption
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions

        func run() throws { try target.act(.dismiss(reason: reason.text), self) }
    }

    /// `advisor recommendations snooze`.
    struct Snooze: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Snooze a recommendation until a time.")
        @OptionGroup var target: Target
        @Option(help: ArgumentHelp("End of the snooze, e.g. 2026-05-01.", valueName: "time"))
        var until: Timestamp?
        @Option(name: .customLong("for"), help: ArgumentHelp("Length of the snooze, e.g. 7d.", valueName: "duration"))
        var length: DurationArgument?
        @OptionGroup var form: FormatOption
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if (until == nil) == (length == nil) { throw ValidationError("give one of --until and --for") }
        }

        func run() throws {
            let now = try time.time()
            let end = until ?? length.map { now + $0.duration }
            guard let end else { return }
            try target.act(.snooze(until: end), self)
        }
    }

    /// `advisor recommendations reopen`.
    struct Reopen: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Reopen a recommendation.")
        @OptionGroup var target: Target
        @OptionGroup var form: FormatOption
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions

        func run() throws { try target.act(.reopen, self) }
    }

    static func report(
        _ time: TimeOption, _ options: WorkspaceOptions, _ language: LanguageOption? = nil
    ) throws -> RecommendationReport {
        // Rules with errors do not keep anyone from reading: their titles are then missing.
        let project = try ProjectLoader(options: options).load().project
        let language = try Console.language(language, of: project)
        return RecommendationReport(
            now: try time.time(), options: ReportFormat.Options(width: Console.width, language: language))
    }

    static func book(_ options: WorkspaceOptions, _ time: TimeOption) throws -> RecommendationBook {
        RecommendationBook(
            store: try options.openStore(create: false), now: try time.time(),
            language: Console.logLanguage
        ) {
            try ProjectLoader(options: options).project()
        }
    }
}

/// A command that changes a recommendation.
protocol RecommendationChanging {
    var form: FormatOption { get }
    var options: WorkspaceOptions { get }
    var time: TimeOption { get }
    var output: OutputOptions { get }
}

extension RecommendationsCommand.Claim: RecommendationChanging {}
extension RecommendationsCommand.Done: RecommendationChanging {}
extension RecommendationsCommand.Dismiss: RecommendationChanging {}
extension RecommendationsCommand.Snooze: RecommendationChanging {}
extension RecommendationsCommand.Reopen: RecommendationChanging {}

/// A recommendation, as named by the user.
struct Target: ParsableArguments {
    @Argument(help: ArgumentHelp("Number of the recommendation, or id of its resource.", valueName: "id"))
    var id: String

    /// Applies a command to it and prints the change.
    func act(_ act: RecommendationCommand, _ command: some RecommendationChanging) throws {
        let book = try RecommendationsCommand.book(command.options, command.time)
        guard let change = try book.apply(act, named: id) else { return }
        let report = try RecommendationsCommand.report(command.time, command.options)
        try command.output.write(command.form.isJSON ? report.changeJSON(change) : report.change(change))
    }
}
