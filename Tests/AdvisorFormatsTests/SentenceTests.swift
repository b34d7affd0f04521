import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@Suite("The sentences of each language")
struct SentenceTests {
    @Test("every case of every reason has words; they are recorded")
    func english() throws {
        let groups = SentenceSamples(Languages.english).groups
        var lines: [String] = []
        for group in groups {
            lines += (lines.isEmpty ? [] : [""]) + [group.name]
            for (code, text) in group.sentences {
                #expect(!text.isEmpty, "\(group.name).\(code)")
                lines.append("  \(code): \(text)")
            }
        }
        try Golden.expect(lines.joined(separator: "\n") + "\n", is: "sentences-english.txt")
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
    }

    /// The cases of an enum in a source file, in snake case.
    private static func cases(of name: String, in source: String) -> [String] {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let begin = lines.firstIndex(where: { $0.contains("enum \(name):") }) else { return [] }
        let indent = String(lines[begin].prefix { $0 == " " })
        let body = lines[(begin + 1)...].prefix { $0 != indent + "}" }
        return body.filter { $0.hasPrefix(indent + "    case ") }.map { line in
            line.dropFirst(indent.count + 9).prefix { $0.isLetter || $0.isNumber }.reduce(into: "") { result, character in
                if character.isUppercase { result += "_" }
                result += character.lowercased()
            }
        }
    }
}
