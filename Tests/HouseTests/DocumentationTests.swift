import Foundation
import Testing

/// One Markdown file of the repository.
private struct Article: CustomTestStringConvertible {
    static let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    static let catalog = "Sources/AdvisorCore/Documentation.docc"

    /// Relative to the repository.
    let path: String
    let text: String

    var testDescription: String { path }

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    /// Every article, README and CONTRIBUTING.
    static func all() throws -> [Article] {
        let folder = root.appending(path: catalog).path(percentEncoded: false)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let articles = names.filter { $0.hasSuffix(".md") }.sorted().map { "\(catalog)/\($0)" }
        return try (articles + ["README.md", "CONTRIBUTING.md"]).map { try Article($0) }
    }

    /// The matches of a pattern's only group, with the line of each; code blocks are left out.
    func matches(of pattern: Regex<(Substring, Substring)>) -> [(line: Int, text: String)] {
        var isCode = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { number, line in
            if line.hasPrefix("```") { isCode.toggle() }
            return isCode ? [] : line.matches(of: pattern).map { (number + 1, String($0.1)) }
        }
    }
}

@Suite("Documentation names what exists")
struct DocumentationTests {
    @Test("symbols in double backticks are public types of AdvisorCore")
    func symbols() throws {
        let folder = Article.root.appending(path: "Sources/AdvisorCore")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
            .filter { $0.hasSuffix(".swift") }
        let declaration = /public (?:final |indirect )?(?:struct|class|enum|protocol|actor|typealias) (\w+)/
        let declared = try files.flatMap { file in
            try String(contentsOf: folder.appending(path: file), encoding: .utf8).matches(of: declaration).map { String($0.1) }
        }
        let known = Set(declared + ["AdvisorCore"])
        for article in try Article.all() {
            for (line, symbol) in article.matches(of: /(?:^|[^`])``([A-Za-z]\w*)[^`]*``/) where !known.contains(symbol) {
                Issue.record("\(article.path):\(line): AdvisorCore has no public type '\(symbol)'")
            }
        }
    }

    @Test("file paths exist")
    func paths() throws {
        for article in try Article.all() {
            let folders = "Sources|Tests|scripts|rules|data|Benchmarks"
            let pattern = try Regex("(?:^|[^\\w/])((?:\(folders))/[\\w./-]*\\w)", as: (Substring, Substring).self)
            for (line, path) in article.matches(of: pattern) {
                let isPlaceholder = ["rules/x.yaml", "rules/cpu.yaml"].contains(path)
                let exists = FileManager.default.fileExists(
                    atPath: Article.root.appending(path: path).path(percentEncoded: false))
                if !exists, !isPlaceholder { Issue.record("\(article.path):\(line): there is no '\(path)'") }
            }
        }
    }

    @Test("links between articles have a target, and the start page lists every article")
    func links() throws {
        let articles = try Article.all()
        let names = articles.compactMap { $0.path.split(separator: "/").last?.split(separator: ".").first.map(String.init) }
        for article in articles {
            for (line, name) in article.matches(of: /<doc:(\w+)>/) where !names.contains(name) {
                Issue.record("\(article.path):\(line): there is no article '\(name)'")
            }
        }
        let start = try Article("\(Article.catalog)/Advisor.md").matches(of: /<doc:(\w+)>/).map(\.text)
        #expect(Set(start + ["Advisor", "README", "CONTRIBUTING"]) == Set(names))
    }

    @Test("the report in README is the recorded one; RECORD=1 copies it")
    func readme() throws {
        let recorded = try Article("Tests/AdvisorCLITests/Golden/demo-100.txt").text
        let readme = try Article("README.md").text
        let (begin, end) = ("<!-- demo -->\n```\n", "\n```\n<!-- /demo -->")
        let parts = readme.components(separatedBy: begin)
        let rest = try #require(parts.count == 2 ? parts[1].components(separatedBy: end) : nil)
        try #require(rest.count == 2)
        let wanted = recorded.trimmingCharacters(in: .newlines)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            let text = parts[0] + begin + wanted + end + rest[1]
            try Data(text.utf8).write(to: Article.root.appending(path: "README.md"))
        } else {
            #expect(rest[0] == wanted, "README.md shows another report than demo-100.txt; RECORD=1 copies it")
        }
    }
}
