import Testing

@testable import AdvisorFormats

@Suite("Width of text in terminal cells")
struct DisplayWidthTests {
    @Test(
        "cells",
        arguments: [
            ("", 0), ("abc", 3), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}글", 4), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("Ａ", 2),
            ("▲ ✓ █", 5), ("🚀", 2), ("🇰🇷", 2), ("⚠\u{FE0F}", 2), ("a\u{200B}b", 2), ("1,310명", 7),
        ])
    func width(_ text: String, _ cells: Int) { #expect(text.displayWidth == cells) }

    @Test("padding counts cells")
    func padding() {
        #expect("한글".padded(to: 6) == "한글  ")
        #expect("한글".leftPadded(to: 6) == "  한글")
        #expect("한글".padded(to: 3) == "한글")
    }

    @Test("cutting never exceeds the width, and never halves a character")
    func cutting() {
        #expect("한글입니다".truncated(to: 6) == "한글…")
        #expect("한글".truncated(to: 4) == "한글")
        #expect("abcdef".truncated(to: 4) == "abc…")
    }

    @Test("words wrap at the width, whatever they are written in")
    func wrapping() {
        let lines = TextLayout.wrapped("  · ", "데이터베이스 사용률이 임계값을 초과했습니다", width: 24, indent: 4)
        #expect(lines == ["  · 데이터베이스", "    사용률이 임계값을", "    초과했습니다"])
        #expect(lines.allSatisfy { $0.displayWidth <= 24 })
    }

    @Test("columns of a table line up")
    func table() {
        var layout = TextLayout(width: 60)
        layout.table([["데이터", "1"], ["cpu", "22"]], indent: 0, rightAligned: [1])
        #expect(layout.lines == ["데이터   1", "cpu     22"])
    }
}
