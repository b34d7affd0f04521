import AdvisorFormats

/// Text of help pages, at most ``width`` columns wide.
enum HelpText {
    /// Columns of a help page.
    static let width = 78

    /// Words after each other, separated by commas.
    static func list(_ words: [String]) -> String {
        TerminalText.wrapped("  ", words.joined(separator: ", "), width: width, indent: 2)
    }

    /// A name and what it is.
    static func item(_ name: String, _ description: String) -> String {
        TerminalText.wrapped("  \(name): ", description, width: width, indent: 6)
    }
}
