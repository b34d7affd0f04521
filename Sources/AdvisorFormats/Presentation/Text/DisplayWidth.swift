/// Text measured in the cells of a terminal: a Hangul syllable takes two, a combining mark none.
extension String {
    /// How many terminal cells the text takes on one line.
    public var displayWidth: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.displayWidth } }

    /// The text with spaces behind it, at least that many cells wide.
    public func padded(to width: Int) -> String { self + .spaces(width - displayWidth) }

    /// The text with spaces before it, at least that many cells wide.
    public func leftPadded(to width: Int) -> String { .spaces(width - displayWidth) + self }

    /// The text, or its beginning with an ellipsis where it is wider than that many cells.
    public func truncated(to width: Int) -> String {
        guard displayWidth > width else { return self }
        var used = 1
        return prefix { character in
            used += character.displayWidth
            return used <= width
        } + "…"
    }

    /// That many spaces; none for a negative number.
    static func spaces(_ count: Int) -> String { String(repeating: " ", count: Swift.max(0, count)) }

    /// The text without spaces at its end.
    var trimmingEnd: String {
        guard let last = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[...last])
    }

    /// The text, to be wrapped.
    var words: [String] { split(separator: " ").map(String.init) }
}

extension Character {
    /// 2 for East Asian wide and fullwidth characters and emoji, 0 for what is only combined or invisible, else 1.
    ///
    /// Source: Unicode Standard Annex 11, "East Asian Width"; ambiguous characters are narrow, as most terminals draw them.
    fileprivate var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if Self.wide.contains(where: { $0.contains(first.value) }) || first.properties.isEmojiPresentation { return 2 }
        // U+FE0F asks for the colored form of a character that is text otherwise.
        if unicodeScalars.contains("\u{FE0F}") { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return 1
        }
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F,  // Hangul Jamo, leading consonants
        0x2E80...0x303E,  // CJK radicals, Kangxi, ideographic description, CJK punctuation
        0x3041...0x33FF,  // Hiragana to CJK compatibility
        0x3400...0x4DBF, 0x4E00...0x9FFF,  // CJK ideographs
        0xA000...0xA4CF, 0xA960...0xA97F,  // Yi, Hangul Jamo Extended-A
        0xAC00...0xD7A3,  // Hangul syllables
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,  // CJK compatibility
        0xFF00...0xFF60, 0xFFE0...0xFFE6,  // fullwidth forms
        0x1F200...0x1F2FF, 0x20000...0x3FFFD,  // enclosed ideographs, CJK extensions
    ]
}
