import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorFormats

@Suite("Article of the rule language")
struct ArticleTests {
    private static let path = "Sources/AdvisorCore/Documentation.docc/RuleLanguage.md"

    /// The fenced blocks of a language, with the line each begins in.
    private static func blocks(_ text: String, _ language: String) -> [(line: Int, text: String)] {
        var result: [(Int, String)] = []
        var open: (line: Int, lines: [Substring])?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```"), let block = open {
                result.append((block.line, block.lines.joined(separator: "\n")))
                open = nil
            } else if line == "```\(language)" {
                open = (number + 2, [])
            } else {
                open?.lines.append(line)
            }
        }
        return result
    }

    @Test("every example loads; every scenario passes")
    func examples() throws {
        let blocks = Self.blocks(try ValidFiles.text(Self.path), "yaml")
        #expect(blocks.count > 8)
        let vocabulary = ValidFiles.vocabulary
        var rules: [(file: String, text: String)] = []
        for (line, text) in blocks {
            let file = "RuleLanguage.md:\(line)"
            if text.contains("scenarios:") {
                let read = ScenarioFile.read(
                    text, file: file, metrics: ValidFiles.metrics, catalog: ValidFiles.catalog, services: ValidFiles.services)
                #expect(read.diagnostics == [] && !read.scenarios.isEmpty)
                for scenario in read.scenarios {
                    let failures = scenario.result(
                        ruleFiles: rules, catalog: ValidFiles.catalog, services: ValidFiles.services, vocabulary: vocabulary)
                    #expect(failures.map(\.description) == [])
                }
            } else if text.contains("rules:\n") || text.hasPrefix("vars:") && text.contains("applies_to:") {
                rules.append((file, text))
            } else {
                let read = StackFile.read(
                    text, file: file, catalog: ValidFiles.catalog, services: ValidFiles.services, metrics: ValidFiles.metrics)
                #expect(read.diagnostics == [])
                let all = rules + (try BundledFiles.yaml(in: "rules").map { (file: $0, text: try BundledFiles.text($0)) })
                let names = RuleFile(vocabulary: vocabulary, catalog: ValidFiles.catalog).read(all, settings: read.value.language)
                #expect(names.diagnostics.filter { $0.file == file } == [])
            }
        }
        let read = RuleFile(vocabulary: vocabulary, catalog: ValidFiles.catalog).read(rules)
        #expect(read.diagnostics.filter { !$0.isNote }.map(\.description) == [])
        #expect(read.rules.count > 5)
    }

    @Test("its expressions load")
    func expressions() throws {
        for (line, text) in Self.blocks(try ValidFiles.text(Self.path), "expression") {
            for expression in text.split(separator: "\n") {
                do {
                    _ = try Formula.parse(String(expression), vocabulary: ValidFiles.vocabulary)
                } catch {
                    Issue.record("RuleLanguage.md:\(line): \(expression): \(error.problems.map(\.message))")
                }
            }
        }
    }

    @Test(
        "its tables are those of `advisor rules functions`; RECORD=1 writes them",
        arguments: [LanguageEntry.Kind.function, .fact])
    func tables(_ kind: LanguageEntry.Kind) throws {
        let entries = LanguageEntry.all(ValidFiles.vocabulary, SchemaTests.names)
        let table = LanguageReference.markdown(entries, of: kind)
        let (begin, end) = ("<!-- \(kind.rawValue)s -->\n", "<!-- end of \(kind.rawValue)s -->")
        let text = try ValidFiles.text(Self.path)
        let parts = text.components(separatedBy: begin)
        let rest = try #require(parts.count == 2 ? parts[1].components(separatedBy: end) : nil)
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            let file = ValidFiles.root.appending(path: Self.path)
            try (parts[0] + begin + "\n" + table + "\n" + end + rest[1]).write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(rest[0] == "\n" + table + "\n")
        }
    }
}
