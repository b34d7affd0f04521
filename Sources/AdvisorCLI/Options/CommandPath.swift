import AdvisorCore
import ArgumentParser

/// The subcommand that arguments name.
struct CommandPath {
    /// Names after `advisor`, e.g. `rules check`.
    private(set) var names: [String] = []
    /// A word where a subcommand is expected and none has that name, and the names that there are.
    private(set) var unknown: (word: String, known: [String])?

    /// - Parameters:
    ///   - arguments: Without the program's name; `help` may come first.
    ///   - root: The root command.
    init(_ arguments: [String], root: any ParsableCommand.Type) {
        var command = root
        var words = arguments[...]
        let isHelp = words.first == "help"
        if isHelp { words = words.dropFirst().drop { $0.hasPrefix("-") } }
        while let word = words.first, !word.hasPrefix("-"), !command.configuration.subcommands.isEmpty {
            let children = command.configuration.subcommands
            guard let child = children.first(where: { $0._commandName == word }) else {
                unknown = (word, children.map { $0._commandName } + (names.isEmpty && !isHelp ? ["help"] : []))
                return
            }
            command = child
            names.append(word)
            words = words.dropFirst()
        }
    }

    /// `advisor rules check`.
    var text: String { (["advisor"] + names).joined(separator: " ") }

    /// The error of an unknown subcommand; nil when there is none.
    var problem: String? {
        guard let unknown else { return nil }
        let hint = DidYouMean.hint(for: unknown.word, among: unknown.known)
        return "unknown command '\(unknown.word)'\(hint)"
    }
}
