import Testing

@testable import AdvisorFormats

@Suite("CSV records")
struct CSVRecordTests {
    private static func cells(_ text: String, separator: UInt8 = UInt8(ascii: ",")) -> [String]? {
        Array(text.utf8).withUnsafeBufferPointer { CSVRecord.all($0, separator: separator) }
    }

    @Test(
        "RFC 4180",
        arguments: [
            ("a,b", ["a", "b"]), ("", [""]), (",", ["", ""]), ("a,", ["a", ""]), (#""a,b",c"#, ["a,b", "c"]),
            (#""say ""hi""",1"#, [#"say "hi""#, "1"]), (#" "a" , b "#, ["a", "b"]), (#"a"b,c"#, [#"a"b"#, "c"]),
            ("\"a\nb\",c", ["a\nb", "c"]), ("한글,é", ["한글", "é"]),
        ])
    func cut(_ text: String, _ cells: [String]) { #expect(Self.cells(text) == cells) }

    @Test("another separator")
    func separator() { #expect(Self.cells("a,b;c", separator: UInt8(ascii: ";")) == ["a,b", "c"]) }

    @Test("a record that ends within a quoted cell has no cells yet")
    func open() { #expect(Self.cells(#"a,"b"#) == nil) }

    @Test("what is written reads back", arguments: [["a", "b,c", "d\"e"], ["", " x ", "1\n2"], ["한글"]])
    func written(_ cells: [String]) {
        let row = CSVText.row(cells)
        var record = CSVRecord()
        let read = Array(row.utf8).withUnsafeBufferPointer { bytes -> [String] in
            record.cutAll(bytes) ? record.cells.indices.map { record.text($0, in: bytes) } : []
        }
        #expect(read == cells)
    }
}
