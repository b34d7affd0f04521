import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@Suite("The sentences of each language")
struct SentenceTests {
    /// A line for each case, in groups.
    private static func table(_ language: any Language) -> [(name: String, lines: [(code: String, text: String)])] {
        SentenceSamples(language).groups.map { ($0.name, $0.sentences) }
            + PhraseSamples(language).groups.map { ($0.name, $0.sentences) }
    }

    @Test("every case of every reason, title and phrase has words; they are recorded", arguments: Languages.all.indices)
    func table(_ index: Int) throws {
        let language = Languages.all[index]
        var lines: [String] = []
        for group in Self.table(language) {
            lines += (lines.isEmpty ? [] : [""]) + [group.name]
            for (code, text) in group.lines {
                #expect(!text.isEmpty, "\(group.name).\(code)")
                lines.append("  \(code): \(text)")
            }
        }
        try Golden.expect(
            lines.joined(separator: "\n") + "\n", is: "sentences-\(language.id == "en" ? "english" : "korean").txt")
    }

    @Test("the samples are all cases of their title or phrase", arguments: PhraseSamples(SilentLanguage()).groups.indices)
    func completePhrases(_ index: Int) throws {
        let group = PhraseSamples(SilentLanguage()).groups[index]
        guard !group.file.isEmpty else { return }
        let path = Program.repository.appending(path: "Sources/\(group.file)")
        let declared = Self.cases(of: group.name, in: try String(contentsOf: path, encoding: .utf8))
        #expect(Set(group.sentences.map(\.code)) == Set(declared), "\(group.name)")
    }

    @Test("the samples are all cases of their enum", arguments: SentenceSamples(SilentLanguage()).groups.indices)
    func complete(_ index: Int) throws {
        let group = SentenceSamples(SilentLanguage()).groups[index]
        let path = Program.repository.appending(path: "Sources/AdvisorCore/\(group.file)")
        let declared = Self.cases(of: group.name, in: try String(contentsOf: path, encoding: .utf8))
        #expect(!declared.isEmpty, "no enum \(group.name) in \(group.file)")
        #expect(Set(group.sentences.map(\.code)) == Set(declared), "\(group.name)")
    }

    @Test("a silent language says nothing")
    func silent() {
        for group in SentenceSamples(SilentLanguage()).groups {
            #expect(group.sentences.allSatisfy { $0.text.isEmpty }, "\(group.name)")
        }
        for group in PhraseSamples(SilentLanguage()).groups {
            #expect(group.sentences.allSatisfy { $0.text.isEmpty }, "\(group.name)")
        }
    }

    /// The cases of an enum in a source file, in snake case.
    private static func cases(of name: String, in source: String) -> [String] {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let begin = lines.firstIndex(where: { $0.contains("enum \(name):") }) else { return [] }
        let indent = String(lines[begin].prefix { $0 == " " })
        let body = lines[(begin + 1)...].prefix { $0 != indent + "}" }
        return body.filter { $0.hasPrefix(indent + "    case ") }.flatMap { line -> [String] in
            let cases = line.dropFirst(indent.count + 9)
            // `case a, b` declares two; `case a(b: Int, c: Int)` one.
            return cases.contains("(") ? [snake(cases)] : cases.split(separator: ",").map { snake($0.drop { $0 == " " }) }
        }
    }

    private static func snake(_ text: Substring) -> String {
        text.prefix { $0.isLetter || $0.isNumber }.reduce(into: "") { result, character in
            if character.isUppercase { result += "_" }
            result += character.lowercased()
        }
    }
}
