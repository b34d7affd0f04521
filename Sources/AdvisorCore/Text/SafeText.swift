/// Escapes text from data for display.
public enum SafeText {
    /// Replaces control characters and invisible characters by `�`, and line breaks and tabs by a space.
    public static func terminal(_ text: String) -> String {
        replacing(text) { [0x09, 0x0A, 0x0D, 0x2028, 0x2029].contains($0.value) ? " " : nil }
    }

    /// As ``terminal(_:)``, with the lines and tabs of a whole output; colors stay where they are `allowed`.
    ///
    /// The last step before a terminal, so that no text reaches it otherwise. Text from data never has colors: `terminal` comes
    /// first where it is shown.
    public static func screen(_ text: String, colors: Colors) -> String {
        let kept: Set<UInt32> = colors == .allowed ? [0x09, 0x0A, 0x1B] : [0x09, 0x0A]
        let safe = replacing(text) { kept.contains($0.value) ? $0 : [0x0D, 0x2028, 0x2029].contains($0.value) ? " " : nil }
        guard colors == .allowed, safe.utf8.contains(0x1B) else { return safe }
        let pieces = safe.split(separator: "\u{1B}", omittingEmptySubsequences: false)
        return pieces.dropFirst().reduce(into: String(pieces[0])) { result, piece in
            let isColor = Self.colors.contains { piece.hasPrefix($0) }
            result += (isColor ? "\u{1B}" : "\u{FFFD}") + piece
        }
    }

    /// Whether the colors of reports may be in a text.
    public enum Colors: Sendable {
        case allowed, none
    }

    /// The sequences of `TextReport`, after escape.
    private static let colors = ["[0m", "[1m", "[1;33m"]

    /// Whether a character moves the cursor, changes the order of others or is not visible: no name needs it.
    public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF, 0xAC00...0xD7A3: false
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
        default: scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .format
        }
    }

    /// Replaces each unsafe character by what `exception` gives for it, and by `�` where that is nil.
    private static func replacing(_ text: String, _ exception: (Unicode.Scalar) -> Unicode.Scalar?) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var result = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let isPartOfEmoji = index > 0 && isEmojiPart(scalar, after: scalars[index - 1], before: scalars[(index + 1)...].first)
            let isKept = !isUnsafe(scalar) || isPartOfEmoji
            result.append(isKept ? scalar : exception(scalar) ?? "\u{FFFD}")
        }
        return String(result)
    }

    /// A joiner between emoji, or the selector of an emoji's form.
    private static func isEmojiPart(_ scalar: Unicode.Scalar, after last: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
        func isEmoji(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isEmoji && scalar.value > 0xFF }
        return switch scalar.value {
        case 0xFE0E, 0xFE0F: isEmoji(last)
        case 0x200D: (isEmoji(last) || last.value == 0xFE0F) && (next.map(isEmoji) ?? false)
        default: false
        }
    }

    /// Also escapes what Markdown or HTML would read as markup.
    public static func markdown(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in terminal(text).unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "~", "!":
                result.append("\\")
                result.append(scalar)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
