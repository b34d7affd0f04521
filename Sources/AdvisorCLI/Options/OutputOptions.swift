import AdvisorEngine
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

/// Whether an answer is colored.
struct ColorOption: ParsableArguments {
    @Flag(name: .customLong("no-color"), help: "Do not use color.")
    var noColor = false
}

/// Whether more is shown.
struct VerboseOption: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Show more.")
    var verbose = false
}

/// The format of an answer: text or JSON.
struct FormatOption: ParsableArguments {
    @Option(help: ArgumentHelp("\(AnswerFormat.list).", valueName: "format"))
    var format = AnswerFormat.text

    var isJSON: Bool { format == .json }
}
