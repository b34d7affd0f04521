internal import AdvisorCore
internal import Foundation

/// The maximum length of a text, in the unit of its receiver.
enum TextLimit: Hashable, Sendable {
    /// Characters as seen by people.
    case characters(Int)
    /// Unicode scalars, called runes in Go.
    case scalars(Int)
    /// UTF-16 code units, as counted by JavaScript; never fewer than characters or scalars.
    case utf16(Int)
    /// Bytes of UTF-8.
    case bytes(Int)

    private static let ellipsis = "…"

    /// The text, or its beginning with an ellipsis, in whole characters if at least one fits.
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
        // A single character can be too long: a letter with a thousand accents.
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

/// Sanitizes text from data for a receiver.
enum OutputSanitizer {
    /// On one line, without control and bidirectional characters.
    static func line(_ text: String) -> String { SafeText.terminal(text) }

    /// As `line`, for Slack: without mentions and links.
    static func slack(_ text: String) -> String {
        line(text).replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }

    /// As `line`, for Markdown without HTML, with a backslash before all markup.
    static func markdown(_ text: String) -> String {
        var result = ""
        for character in line(text) {
            if "\\`*_{}[]()<>#+-!|~@:".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}
