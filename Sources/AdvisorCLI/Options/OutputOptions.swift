import AdvisorEngine
import AdvisorFormats
import ArgumentParser

/// Where an answer goes.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write the answer to this file.", valueName: "file"), completion: .file())
    var output: String?
    @Flag(name: .shortAndLong, help: "Print only results and errors.")
    var quiet = false

    func write(_ text: String) throws {
        guard let output else { return Console.out(text) }
        try FileSystem.current.write(text, to: output)
    }

    /// Says something on standard error that is neither result nor error.
    func note(_ text: String) {
        if !quiet { Console.error(text) }
    }
}

/// A language by its tag.
struct LanguageTag: CommandArgument {
    let language: any Language

    init(parsing text: String) throws(InvalidArgument) {
        guard let language = Languages.all.first(where: { $0.id == text }) else {
            throw InvalidArgument(text, unknown: "language", among: Languages.all.map(\.id))
        }
        self.language = language
    }

    var defaultValueDescription: String { language.id }
    static var allValueStrings: [String] { Languages.all.map(\.id) }
}

/// The language of an answer.
struct LanguageOption: ParsableArguments {
    @Option(help: ArgumentHelp("en or ko (default: ADVISOR_LANGUAGE, `language:` in advisor.yaml, LANG).", valueName: "tag"))
    var language: LanguageTag?
}

/// Whether an answer is colored.
struct ColorOption: ParsableArguments {
    @Flag(name: .customLong("no-color"), help: "Do not use color.")
    var noColor = false
}

/// Whether more is shown.
struct VerboseOption: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Print details: all rows, and each attempt.")
    var verbose = false
}

/// The format of an answer: text or JSON.
struct FormatOption: ParsableArguments {
    @Option(help: ArgumentHelp("\(AnswerFormat.list).", valueName: "format"))
    var format = AnswerFormat.text

    var isJSON: Bool { format == .json }
}
