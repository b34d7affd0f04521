internal import AdvisorCore
internal import Foundation

/// How long a text may be, in the unit that its receiver counts by.
enum TextLimit: Hashable, Sendable {
    /// What people see as one.
    case characters(Int)
    /// Unicode scalars, which Go calls runes.
    case scalars(Int)
    /// Half-words of UTF-16, which JavaScript counts; never fewer than characters or scalars.
    case utf16(Int)
    /// Bytes of UTF-8.
    case bytes(Int)

    private static let ellipsis = "…"

    /// The text, or its beginning with an ellipsis: whole characters as far as one fits at all.
    func cut(_ text: String) -> String {
        guard length(text) > limit else { return text }
        let room = limit - length(Self.ellipsis)
        guard room >= 0 else { return "" }
        var (used, end) = (0, text.startIndex)
        for index in text.indices {
            used += length(String(text[index]))
            if used > room { break }
            end = text.index(after: index)
        }
        if end > text.startIndex { return text[..<end] + Self.ellipsis }
        // One character alone is too long: a letter under a thousand accents.
        used = 0
        let scalars = text.unicodeScalars.prefix { scalar in
            used += length(String(scalar))
            return used <= room
        }
        return String(String.UnicodeScalarView(scalars)) + Self.ellipsis
    }

    private var limit: Int {
        switch self {
        case .characters(let limit), .scalars(let limit), .utf16(let limit), .bytes(let limit): limit
        }
    }

    func length(_ text: String) -> Int {
        switch self {
        case .characters: text.count
        case .scalars: text.unicodeScalars.count
        case .utf16: text.utf16.count
        case .bytes: text.utf8.count
        }
    }
}

/// Makes text that comes from data harmless for a receiver.
enum OutputSanitizer {
    /// On one line, without control characters and such as turn text round.
    static func line(_ text: String) -> String { SafeText.terminal(text) }

    /// As `line`, for Slack: nothing in it is a mention or a link.
    static func slack(_ text: String) -> String {
        line(text).replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }

    /// As `line`, for Markdown that knows no HTML, with a backslash before whatever it would read as markup.
    static func markdown(_ text: String) -> String {
        var result = ""
        for character in line(text) {
            if "\\`*_{}[]()<>#+-!|~@:".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}
