import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// The life of recommendations.
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

            ID is the number, or the name of the resource. There is one recommendation a resource at any time.
            """,
        subcommands: [List.self, Show.self, Claim.self, Done.self, Dismiss.self, Snooze.self, Reopen.self],
        defaultSubcommand: List.self)

    /// Every recommendation that lasts.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every recommendation that lasts.")
        @Flag(help: "Those that are over, too.")
        var all = false
        @Option(help: ArgumentHelp("Those in this state: open, claimed, done, dismissed, snoozed.", valueName: "state"))
        var state: String?
        @Option(help: ArgumentHelp("This resource's alone.", valueName: "id"))
        var resource: String?
        @OptionGroup var form: AnswerForm
        @OptionGroup var options: CommonOptions

        func validate() throws {
            let known = RecommendationRecord.State.allCases.map(\.rawValue)
            if let state, !known.contains(state) {
                throw ValidationError(
                    "'\(state)' is no state\(DidYouMean.hint(for: state, among: known)); known are \(known.joined(separator: ", "))"
                )
            }
        }

        func run() throws {
            let lives = try options.openStore(create: false).recommendations().filter { life in
                (all || life.isCurrent) && (state == nil || life.state.rawValue == state)
                    && (resource == nil || life.resource == resource)
            }
            let report = try RecommendationsCommand.report(options)
            try options.answer(form.isJSON ? report.listJSON(lives) : report.list(lives))
        }
    }

    /// One recommendation in full.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One in full: why, what to do, what happened.")
        @OptionGroup var target: Target
        @OptionGroup var form: AnswerForm
        @OptionGroup var options: CommonOptions

        func run() throws {
            let found = try RecommendationsCommand.book(options).detail(named: target.id)
            var detail = RecommendationReport.Detail(
                life: found.record, evidence: found.storedEvidence ?? found.present?.evidence,
                isFrozen: found.storedEvidence != nil, documents: found.documents, entries: found.entries)
            detail.procedures = found.present?.procedures ?? []
            let report = try RecommendationsCommand.report(options)
            try options.answer(form.isJSON ? report.detailJSON(detail) : report.detail(detail))
        }
    }

    /// Takes it.
    struct Claim: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take it: what it stands on is frozen, and reports are calm about it.")
        @OptionGroup var target: Target
        @Option(help: ArgumentHelp("Who takes it.", valueName: "name"))
        var by: String?
        @OptionGroup var form: AnswerForm
        @OptionGroup var options: CommonOptions

        func validate() throws {
            if let by, by.allSatisfy(\.isWhitespace) { throw ValidationError("--by is empty; say who takes it") }
        }

        func run() throws { try target.act(.claim(by: by), form, options) }
    }

    /// Says that it was done.
    struct Done: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that it was done: three days later the advisor checks whether it helped, and the bill.")
        @OptionGroup var target: Target
        @Option(help: ArgumentHelp("What was done.", valueName: "text"))
        var note: String?
        @OptionGroup var form: AnswerForm
        @OptionGroup var options: CommonOptions

        func run() throws { try target.act(.done(note: note), form, options) }
    }

    /// Does not want it.
    struct Dismiss: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say no: it comes back only when another rule speaks for it, or it gets more severe.")
        @OptionGroup var target: Target
        @Option(help: ArgumentHelp("Why; the report says it.", valueName: "text"))
        var reason: String
        @OptionGroup var form: AnswerForm
        @OptionGroup var options: CommonOptions

        func validate() throws {
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason is empty; say why, the report says it on") }
        }

        func run() throws { try target.act(.dismiss(reason: reason), form, options) }
    }

    /// Not before a time.
    struct Snooze: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Not before an instant; then it comes back by itself.")
        @OptionGroup var target: Target
        @Option(help: ArgumentHelp("The instant, as in 2026-05-01.", valueName: "rfc3339"))
        var until: String?
        @Option(name: .customLong("for"), help: ArgumentHelp("How long, as in 7d.", valueName: "time"))
        var length: String?
        @OptionGroup var form: AnswerForm
        @OptionGroup var options: CommonOptions

        func validate() throws {
            if (until == nil) == (length == nil) { throw ValidationError("give one of --until and --for") }
            if let until, Timestamp(text: until) == nil {
                throw ValidationError("'\(until)' is no instant; write it as 2026-05-01 or 2026-05-01T09:00:00Z")
            }
            if let length, QuantityText.duration(length) == nil {
                throw ValidationError("'\(length)' is no time; write it as 12h or 7d")
            }
        }

        func run() throws {
            let now = try options.time()
            let end = until.flatMap { Timestamp(text: $0) } ?? length.flatMap(QuantityText.duration).map { now + $0 }
            guard let end else { return }
            try target.act(.snooze(until: end), form, options)
        }
    }

    /// Opens it again.
    struct Reopen: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open it again.")
        @OptionGroup var target: Target
        @OptionGroup var form: AnswerForm
        @OptionGroup var options: CommonOptions

        func run() throws { try target.act(.reopen, form, options) }
    }

    static func report(_ options: CommonOptions) throws -> RecommendationReport {
        RecommendationReport(now: try options.time(), options: ReportFormat.Options(width: Console.width))
    }

    static func book(_ options: CommonOptions) throws -> RecommendationBook {
        RecommendationBook(store: try options.openStore(create: false), now: try options.time()) {
            try ProjectLoader(options: options).project()
        }
    }
}

/// The form of an answer.
struct AnswerForm: ParsableArguments {
    @Option(help: ArgumentHelp("text or json.", valueName: "form"))
    var format = "text"

    var isJSON: Bool { format == "json" }

    func validate() throws {
        guard ["text", "json"].contains(format) else { throw ValidationError("unknown form '\(format)'; known are text, json") }
    }
}

/// A recommendation, as users name it.
struct Target: ParsableArguments {
    @Argument(help: ArgumentHelp("The recommendation's number, or its resource's name.", valueName: "id"))
    var id: String

    /// Does something with it, and shows what changed.
    func act(_ act: RecommendationCommand, _ form: AnswerForm, _ options: CommonOptions) throws {
        guard let change = try RecommendationsCommand.book(options).apply(act, named: id) else { return }
        let report = try RecommendationsCommand.report(options)
        try options.answer(form.isJSON ? report.changeJSON(change) : report.change(change))
    }
}
