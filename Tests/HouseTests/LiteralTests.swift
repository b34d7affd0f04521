import Foundation
import Testing

@Suite("Literals in decisions")
struct LiteralTests {
    @Test("no decision names a metric, a tier or a provider by a literal", arguments: Literals.targets)
    func decisions(_ target: String) throws {
        let literals = try Literals.ofThisRepository()
        #expect(literals.metrics.contains("cpu") && literals.metrics.count > 20)
        let sources = URL(filePath: #filePath).appending(path: "../../../Sources").standardized
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path(percentEncoded: false)).sorted()
        for path in paths where path.hasPrefix("\(target)/") && path.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            for violation in literals.violations(path: path, text: text) { Issue.record("\(violation)") }
        }
        for path in Literals.exceptions.keys { #expect(paths.contains(path), "an exception without a file") }
    }

    @Test(
        "literals are found, longer texts and comments are not",
        arguments: [
            (#"if metric == "cpu" {"#, "\"cpu\" names a metric: use a constant of MetricID"),
            (#"id.hasPrefix("db.")"#, "\"db.\" names a tier or provider: use the tier's family"),
            (#"let id = "db.\(series).micro""#, "\"db.\" names a tier or provider"),
            (#"service == "rds""#, "\"rds\" names a tier or provider"),
            (#"catalog.item("aurora-io")"#, "\"aurora-io\" names a tier or provider"),
            (#"engine == "supabase", isKnown"#, "\"supabase\" names a tier or provider"),
            (#"add("the cpu of db.t4g.micro")"#, nil), (#"// "cpu""#, nil), (#"a("cpus")"#, nil), (#"a("\(cpu)")"#, nil),
        ] as [(String, String?)])
    func found(_ line: String, _ expected: String?) throws {
        let literals = Literals(metrics: ["cpu"])
        let violations = literals.violations(path: "AdvisorCore/Rules/A.swift", text: "struct A {\n    \(line)\n}\n")
        #expect(violations.count == (expected == nil ? 0 : 1))
        guard let expected else { return }
        let violation = try #require(violations.first)
        #expect(violation.hasPrefix("Sources/AdvisorCore/Rules/A.swift:2: ") && violation.contains(expected))
        #expect(literals.violations(path: "AdvisorCore/Pricing/Families/A.swift", text: line) == [])
    }
}
