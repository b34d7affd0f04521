import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorCLI

@Suite("The language of answers and alerts")
struct LanguageTests {
    /// The demo's report in a language, with the texts of its rules.
    private static func demo(_ format: String, _ language: any Language, width: Int = 100) throws -> String {
        let report = try CommandTests.report.get()
        var options = ReportFormat.Options(
            width: width, language: language.naming(report.entries.flatMap { $0.findings.map(\.rule) }))
        options.showsBill = format != "html"
        return try ReportFormat(parsing: format).render(report, options)
    }

    @Test("the demo in Korean, in every format", arguments: [("text", "txt"), ("markdown", "md"), ("html", "html")])
    func demo(_ format: String, _ ending: String) throws {
        try Golden.expect(try Self.demo(format, Languages.korean), is: "demo-ko.\(ending)")
    }

    @Test("no line is wider than the terminal", arguments: [40, 72, 100, 140])
    func width(_ columns: Int) throws {
        for line in try Self.demo("text", Languages.korean, width: columns).split(separator: "\n") {
            #expect(String(line).displayWidth <= columns, "\(line)")
        }
    }

    @Test("option, variable, stack file and default, in this order")
    func order() throws {
        let folder = try TemporaryFolder()
        let stack = folder.url.appending(path: "advisor.yaml")
        try "name: shop\n".write(to: stack, atomically: true, encoding: .utf8)
        func isKorean(_ arguments: [String] = [], _ variables: [String: String] = [:]) throws -> Bool {
            let run = try Program.run(["prices"] + arguments, in: folder.url, environment: variables)
            #expect(run.status == 0, "\(run.errors)")
            return run.output.contains("온디맨드 가격")
        }
        #expect(try !isKorean())
        #expect(try isKorean(["--language", "ko"]))
        #expect(try isKorean([], ["ADVISOR_LANGUAGE": "ko"]))
        #expect(try !isKorean(["--language", "en"], ["ADVISOR_LANGUAGE": "ko"]))
        try "name: shop\nlanguage: ko\n".write(to: stack, atomically: true, encoding: .utf8)
        #expect(try isKorean())
        #expect(try !isKorean([], ["ADVISOR_LANGUAGE": "en"]))
    }

    @Test("alerts are in the stack's language, whoever runs the command")
    func alerts() throws {
        let folder = try TemporaryFolder()
        let stack = folder.url.appending(path: "advisor.yaml")
        let receiver = "webhooks: [{ name: log, format: file, path: log.jsonl }]\n"
        try ("language: ko\n" + receiver).write(to: stack, atomically: true, encoding: .utf8)
        let run = try Program.run(["alerts", "test"], in: folder.url, environment: ["ADVISOR_LANGUAGE": "en"])
        #expect(run.status == 0, "\(run.errors)")
        let sent = try String(contentsOf: folder.url.appending(path: "log.jsonl"), encoding: .utf8)
        #expect(sent.contains("테스트 메시지입니다"), "\(sent)")
    }

    @Test("unknown languages are refused")
    func unknown() throws {
        let option = try Program.run(["prices", "--language", "fr"])
        #expect(option.status == 64 && option.errors.contains("'fr'"))
        let variable = try Program.run(["prices"], environment: ["ADVISOR_LANGUAGE": "fr"])
        #expect(variable.errors.contains("unknown ADVISOR_LANGUAGE 'fr'; expected one of: en, ko"))
        #expect(variable.status == 64)
    }

    @Test("codes, ids and keys of JSON are the same in both languages")
    func json() throws {
        func shape(_ language: any Language) throws -> [String] {
            let object = try JSONSerialization.jsonObject(with: Data(try Self.demo("json", language).utf8))
            return Self.keys(object).sorted()
        }
        let (english, korean) = (try shape(Languages.english), try shape(Languages.korean))
        #expect(Set(english).symmetricDifference(korean) == [])
        #expect(english.count == korean.count)
    }

    /// The paths of all keys, and the values of those that are codes.
    private static func keys(_ value: Any, _ path: String = "") -> [String] {
        if let object = value as? [String: Any] {
            return object.flatMap { key, value -> [String] in
                let isCode = ["code", "state", "severity", "rule", "action", "schema"].contains(key) && value is String
                return ["\(path).\(key)\(isCode ? "=\(value)" : "")"] + keys(value, "\(path).\(key)")
            }
        }
        return (value as? [Any])?.flatMap { keys($0, path + "[]") } ?? []
    }
}
