import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Situations and their advice")
struct SituationGoldenTests {
    @Test("what is recommended, what it does, and what it costs", arguments: Situation.all)
    func advice(_ situation: Situation) throws {
        let (expected, json) = (situation.expected, try Self.json(situation))
        let resource = try #require(json.objects("resources").first)
        let advice = try #require(resource["recommendation"] as? [String: Any])
        let actions = advice.objects("actions").map { "\($0.text("action") ?? "") \($0.text("to") ?? "")" }
        #expect(actions == expected.actions)
        #expect(advice.text("action") == expected.kind)
        #expect(advice["clears"] as? Bool == expected.clears)
        #expect(Self.cents(advice.amount("monthly_cost_before_expected")) == expected.before, "before")
        #expect(Self.cents(advice.amount("monthly_cost_after_expected")) == expected.after, "after")
        #expect(advice.objects("caveats").map(Self.caveat) == expected.caveats)
        let reasons = advice.objects("reasons").compactMap { $0.text("code") }
        #expect(expected.reasons.filter { !reasons.contains($0) } == [], "\(reasons)")
        #expect(expected.absent.filter(reasons.contains) == [])
        for candidate in advice.objects("candidates") {
            guard let wanted = expected.candidates[candidate.text("tier") ?? ""] else { continue }
            let clears = (candidate["clears"] as? Bool).map { $0 ? "yes" : "no" } ?? "unknown"
            let cost = Self.cents(candidate.amount("monthly_cost_expected")) ?? "unknown"
            #expect("\(clears) \(cost)" == wanted, "\(candidate.text("tier") ?? "")")
        }
        if let options = expected.options {
            let found = advice.objects("options").map {
                (Self.option($0), Self.cents($0.amount("monthly_cost_change")) ?? "unknown")
            }
            #expect(Dictionary(found, uniquingKeysWith: { "\($0), \($1)" }) == options)
        }
        let resources = json.objects("resources")
        for (id, wanted) in expected.others {
            let other = resources.first { $0.text("id") == id }?["recommendation"] as? [String: Any] ?? [:]
            #expect(other.objects("actions").map { "\($0.text("action") ?? "") \($0.text("to") ?? "")" } == wanted, "\(id)")
        }
        for (id, alarms) in [("db", expected.alarms), ("account", expected.accountAlarms)] {
            guard let alarms else { continue }
            let findings = resources.first { $0.text("id") == id }?.objects("findings") ?? []
            #expect(Set(findings.filter { $0.text("state") == "ALARM" }.compactMap { $0.text("rule") }) == alarms, "\(id)")
        }
    }

    /// `stop_at_night`, `commitment reserved-1-year`.
    private static func option(_ option: [String: Any]) -> String {
        let kind = (option["values"] as? [String: Any])?.text("kind")
        return [option.text("code"), kind].compactMap { $0 }.joined(separator: " ")
    }

    @Test("no report contradicts itself, and every page has the caveat", arguments: Situation.all)
    func consistent(_ situation: Situation) throws {
        let found = try ReportConsistency.contradictions(in: SituationPages.page(of: situation, "json"))
        #expect(found.isEmpty, "\(found)")
        let onPage = try Self.pageConsistency.get().contradictions(in: SituationPages.page(of: situation, "text"))
        #expect(onPage.isEmpty, "\(onPage)")
        let report = try SituationPages.report(of: situation)
        let advice = try Self.json(situation).objects("resources").first?["recommendation"] as? [String: Any] ?? [:]
        let asBill = try Self.pageConsistency.get().listAsBill(SituationPages.page(of: situation, "text"), recommendation: advice)
        #expect(asBill.isEmpty, "\(asBill)")
        let (language, effect) = (TestLanguage.current, report.entries.first?.recommendation?.effect)
        guard let caveat = effect.flatMap({ language.caveats($0.caveats) }) else { return }
        for format in ["text", "markdown", "html", "csv", "json"] {
            let page = try SituationPages.page(of: situation, format).split(whereSeparator: \.isWhitespace).joined(separator: " ")
                .lowercased()
            let shown = format == "html" ? caveat.replacing("'", with: "&#39;").replacing(">", with: "&gt;") : caveat
            #expect(page.contains(shown.lowercased()), "\(format)")
        }
    }

    /// Reports of an earlier version, with what is wrong in each.
    static let contradictory: [(name: String, codes: Set<Contradiction.Code>)] = [
        ("steady", [.caveatMissing, .twoPrices]), ("night-at-noon", [.caveatMissing, .rejectedWithinLimit, .twoPrices]),
        ("latency", [.exemptionClears]), ("users5500", [.largerClassRejected]),
        ("users5500-storage", [.largerClassRejected, .needlessStep]),
        ("cpu-latency-users", [.caveatMissing]), ("oversized-users", [.tipVetoes, .tipAgainstMove]),
        ("aurora-stack", [.stackBillDiffers]),
    ]

    private static let pageConsistency = Result { try PageConsistency() }

    @Test(
        "what is called fine beside an alarm about it is found",
        arguments: ["storage-nearly-full", "connections-near", "memory-low"])
    func fineInAlarm(_ name: String) throws {
        let page = try BundledFiles.text("Tests/Fixtures/contradictions/\(name).txt")
        let found = try Self.pageConsistency.get().contradictions(in: page)
        #expect(found.map(\.code) == [.fineInAlarm], "\(found)")
    }

    @Test("a contradiction is found where there is one", arguments: contradictory)
    func contradictions(_ row: (name: String, codes: Set<Contradiction.Code>)) throws {
        let json = try BundledFiles.text("Tests/Fixtures/contradictions/\(row.name).json")
        let found = Set(try ReportConsistency.contradictions(in: json).map(\.code))
        #expect(found.isSuperset(of: row.codes), "\(found)")
    }

    @Test("the pages of all situations are as reviewed")
    func pages() throws {
        let pages = try Situation.all.map { "# \($0.name)\n\n" + (try SituationPages.page(of: $0, "text")) }
        try Golden.expect(pages.joined(separator: "\n"), is: "situations.txt", besides: Self.goldenFolder)
    }

    private static let goldenFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "x.swift").path

    private static func json(_ situation: Situation) throws -> [String: Any] {
        let page = try SituationPages.page(of: situation, "json")
        return try #require(try JSONSerialization.jsonObject(with: Data(page.utf8)) as? [String: Any])
    }

    private static func cents(_ amount: Decimal?) -> String? { amount.map { Money($0).cents } }

    /// `alarm_remains CPU`: the code, and what it is about.
    private static func caveat(_ caveat: [String: Any]) -> String {
        let values = caveat["values"] as? [String: Any] ?? [:]
        let inner = (values["reason"] as? [String: Any]).flatMap { $0.text("code") ?? $0.keys.first }
        let rule = (values["rule"] as? [String: Any])?.text("id")
        let code = caveat.text("code") ?? ""
        let about = values.text("metric") ?? (code.hasPrefix("limit") ? inner : rule)
        return about.map { "\(code) \($0)" } ?? code
    }
}

extension Situation {
    /// All situations.
    static let all = onTheGuide + limits + aurora + extendedSupport + coldStart + more
}
