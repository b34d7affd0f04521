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

    /// A help page whose usage line is broken between options; ArgumentParser leaves that line as long as it is.
    static func breakingUsage(of page: String) -> String {
        let label = "USAGE: "
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard line.hasPrefix(label), line.count > width else { return String(line) }
            var lines = [String(label.dropLast())]
            for part in usageParts(line.dropFirst(label.count)) {
                let last = lines[lines.count - 1]
                if last.count + 1 + part.count > width {
                    lines.append(String(repeating: " ", count: label.count) + part)
                } else {
                    lines[lines.count - 1] = last + " " + part
                }
            }
            return lines.joined(separator: "\n")
        }
        return lines.joined(separator: "\n")
    }

    /// Words and options of a usage line; `[--now <time>]` is one.
    private static func usageParts(_ usage: Substring) -> [String] {
        var parts: [String] = []
        var depth = 0
        for word in usage.split(separator: " ") {
            if depth > 0 { parts[parts.count - 1] += " " + word } else { parts.append(String(word)) }
            depth += word.count { $0 == "[" } - word.count { $0 == "]" }
        }
        return parts
    }
}
