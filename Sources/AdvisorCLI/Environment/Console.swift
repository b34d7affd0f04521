import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import Glibc
import Synchronization

/// Standard output for results, standard error for everything else, of the running command.
enum Console {
    /// The first error that kept results from standard output.
    final class OutputFailure: Sendable {
        private let number = Mutex<Int32>(0)

        /// The error's description; nil while everything was written, and when the reader left.
        var description: String? {
            let number = number.withLock { $0 }
            return number == 0 ? nil : String(cString: strerror(number))
        }

        fileprivate func set(_ error: Int32) { number.withLock { if $0 == 0 { $0 = error } } }
    }

    /// Where a failure to write standard output is noted.
    @TaskLocal static var outputFailure = OutputFailure()

    private static var streams: StandardStreams { CommandEnvironment.current.streams }

    /// Writes text for people, or JSON, which escapes what is replaced here.
    static func out(_ text: String) {
        data(SafeText.screen(text, colors: isColored(false) ? .allowed : .none))
    }

    /// Writes data for programs as it is; on a terminal as text.
    static func data(_ text: String) {
        let text = streams.isTerminal(.standardOutput) ? SafeText.screen(text, colors: .allowed) : text
        let error = streams.write(Array(text.utf8), .standardOutput)
        // A reader that closed the pipe has what it wanted: the output ends, the work continues.
        if error != 0, error != EPIPE { outputFailure.set(error) }
    }

    static func error(_ text: String) {
        write(SafeText.screen(text.hasSuffix("\n") ? text : text + "\n", colors: .none))
    }

    /// Replaces the line of progress, on a terminal.
    static func progress(_ text: String) { write("\r\u{1B}[K" + SafeText.terminal(text)) }

    private static func write(_ text: String) { _ = streams.write(Array(text.utf8), .standardError) }

    /// Asks on the terminal; only `y` and `yes` confirm.
    static func confirms(_ question: String) throws -> Bool {
        write(SafeText.terminal(question) + " [y/N] ")
        guard let read = streams.read else { return false }
        var answer: [UInt8] = []
        while !answer.contains(10), answer.count < 100 {
            let bytes = try read(100)
            if bytes.isEmpty { break }
            answer += bytes
        }
        let word = String(decoding: answer, as: UTF8.self).split(whereSeparator: \.isWhitespace).first?.lowercased()
        return word == "y" || word == "yes"
    }

    /// The variable's value; nil when it is not set or empty.
    static func environment(_ name: String) -> String? {
        CommandEnvironment.current.variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether progress can be shown: standard error is a terminal.
    static var showsProgress: Bool { streams.isTerminal(.standardError) }

    /// The language of an answer, with the texts of the project's rules.
    ///
    /// In this order: `--language`, `ADVISOR_LANGUAGE`, `language:` of the stack file, the locale.
    /// - Parameters:
    ///   - option: The option; nil without one.
    ///   - project: The project; nil if the answer is about none.
    /// - Returns: The language.
    /// - Throws: `ExitError` for an unknown `ADVISOR_LANGUAGE`.
    static func language(_ option: LanguageOption? = nil, of project: Project?) throws -> any Language {
        let chosen = try option?.language?.language ?? named() ?? project?.stack.reportLanguage.flatMap(Languages.language)
        return (chosen ?? CommandEnvironment.current.language).naming(project?.rules ?? [])
    }

    /// The language of log lines: English.
    static var logLanguage: any Language { fallback }

    /// The language of a stack's alerts, which does not depend on who runs the command.
    static func alertLanguage(of project: Project) throws -> any Language {
        let chosen = try project.stack.reportLanguage.flatMap(Languages.language) ?? named()
        return (chosen ?? fallback).naming(project.rules)
    }

    /// English, or the language of a test.
    private static var fallback: any Language {
        let language = CommandEnvironment.current.language
        return Languages.all.contains { $0.id == language.id && language.id != "en" } ? Languages.english : language
    }

    private static func named() throws -> (any Language)? {
        guard let tag = environment("ADVISOR_LANGUAGE") else { return nil }
        guard let language = Languages.language(tag) else {
            let known = Languages.all.map(\.id).joined(separator: ", ")
            throw ExitError(
                .usage, "advisor: unknown ADVISOR_LANGUAGE '\(SafeText.terminal(tag))'; expected one of: \(known)")
        }
        return language
    }

    /// Columns of the terminal, or of `COLUMNS`; 100 where neither says so.
    static var width: Int {
        [environment("COLUMNS").flatMap(Int.init), streams.columns()].compactMap { $0 }.first { $0 >= 20 } ?? 100
    }

    /// Whether standard output may be colored: only on a terminal, and never against `NO_COLOR` or `TERM=dumb`.
    static func isColored(_ isRefused: Bool) -> Bool {
        !isRefused && streams.isTerminal(.standardOutput) && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
    }
}
