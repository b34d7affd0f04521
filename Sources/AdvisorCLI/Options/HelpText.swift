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

    /// A help page whose usage line is wrapped before an option; ArgumentParser wraps every line but this one.
    static func wrappingUsage(_ page: String, columns: Int) -> String {
        let prefix = "USAGE: "
        return page.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard line.hasPrefix(prefix), line.count > columns else { return String(line) }
            var rows = [prefix.dropLast().description]
            for part in line.dropFirst(prefix.count).replacing(" [", with: "\u{0}[").split(separator: "\u{0}") {
                let last = rows[rows.count - 1]
                if last.count + 1 + part.count <= columns {
                    rows[rows.count - 1] = last + " " + part
                } else {
                    rows.append(String(repeating: " ", count: prefix.count) + part)
                }
            }
            return rows.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
