import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@Suite("advisor rules explain")
struct ExplainTests {
    /// One for all tests that change nothing.
    private static let shared = Result {
        let folder = try DemoStore.make()
        _ = try folder.write(pack, to: "mine/mine.yaml")
        return folder
    }

    private static let now = DemoStore.now

    private static func json(_ arguments: [String], in folder: TemporaryFolder) throws -> [String: Any] {
        let run = try Program.run(arguments + ["--format", "json"], in: folder.url)
        try #require(run.status == 0, "\(run.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        return try #require(object as? [String: Any])
    }

    @Test("any verdict of the demo adds up by hand, and is the report's")
    func demoByHand() throws {
        let folder = try Self.shared.get()
        let report = try Self.json(["report"] + Self.now, in: folder)
        var states: [String: String] = [:]
        for resource in report["resources"] as? [[String: Any]] ?? [] {
            for finding in resource["findings"] as? [[String: Any]] ?? [] {
                states["\(finding["rule"] ?? "") \(resource["id"] ?? "")"] = finding["state"] as? String
            }
        }
        #expect(states.count > 15)
        let rules = Set(states.keys.compactMap { $0.split(separator: " ").first.map(String.init) }).sorted()
        for rule in SlowTests.cases(rules, quick: 5) {
            let answer = try Self.json(["rules", "explain", rule] + Self.now, in: folder)
            for explanation in answer["explanations"] as? [[String: Any]] ?? [] {
                #expect(HandCheck.disagreements(explanation).isEmpty)
                let key = "\(rule) \(explanation["resource"] ?? "")"
                #expect(explanation["state"] as? String == states[key], "\(key)")
                states[key] = nil
            }
        }
        if SlowTests.areEnabled { #expect(states.isEmpty, "not explained: \(states.keys.sorted())") }
    }

    @Test("verdicts on random histories add up by hand", arguments: Set(EvaluationLawTests.seeds).union([490]).sorted())
    func randomByHand(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        var history = RandomHistory(&random)
        let rule = try history.rule(&random)
        if seed.isMultiple(of: 2) {
            let end = RandomHistory.start + .seconds(3600 * Int64.random(in: 1...9, using: &random))
            history.rollUp(before: end, to: [300_000, 900_000, 3_600_000].randomElement(using: &random) ?? 300_000)
        }
        let evaluator = Evaluator(rule: rule, target: history.target, vocabulary: RandomHistory.vocabulary)
        for _ in 0..<4 {
            let now = RandomHistory.start + .seconds(Int64.random(in: 0...40_000, using: &random))
            var seen = history.target
            seen.history.series = seen.history.series.mapValues { series in
                SeriesHistory(metric: series.metric, samples: series.samples.filter { $0.start < now })
            }
            let partial = Evaluator(rule: rule, target: seen, vocabulary: RandomHistory.vocabulary)
            let explanation = partial.explanation(asOf: now, keys: [:], unmatchedSeries: [])
            let text = ExplainJSON.render([explanation], asOf: now, language: TestLanguage.current)
            let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            let first = try #require((object?["explanations"] as? [[String: Any]])?.first)
            #expect(HandCheck.disagreements(first).isEmpty, "\(rule.when.text) at \(now), seed \(seed)")
            #expect(first["state"] as? String == evaluator.evaluate(upTo: now).alarm.state.rawValue)
        }
    }

    /// A pack of its own, so that the shipped ones may change.
    private static let pack = """
        vars: { cpu_limit: 80% }
        rules:
          - { id: cpu, title: CPU above 80 %, applies_to: database, where: tier == "db.t4g.micro", when: avg(cpu) > cpu_limit, for: 5m }
          - { id: storage, title: Storage, applies_to: database, when: storage_used > 75% * allocated_storage, cite: a guide }
          - id: sustained
            title: CPU for long
            applies_to: database
            when: p95(cpu, 1h) > 60% and max(cpu) > 70%
            datapoints: 2 of 3
            missing: ignore
            clear: avg(cpu) < 50%
            keep_firing_for: 30m
          - { id: requests, title: Requests, applies_to: api, when: "sum(api_requests, 30d) > 800K", period: 1d }
          - { id: stale, title: Queries, applies_to: database, when: avg(query_latency) > 500ms }
          - { id: full, title: Full soon, applies_to: database, when: time_until(storage_used > 15GB) < 90d, period: 1h }
          - { id: other-tier, title: Aurora, applies_to: database, where: tier == "aurora-serverless-v2", when: avg(cpu) > 1% }
          - { id: no-resource, title: Logs, applies_to: log_group, when: retention > 7d }

        """

    private static func explain(_ arguments: [String], _ columns: Int) throws -> Program.Run {
        let folder = try shared.get()
        return try Program.run(
            ["rules", "explain"] + arguments + ["--rules", "mine"] + now, in: folder.url, environment: ["COLUMNS": "\(columns)"])
    }

    @Test(
        "as people read it", arguments: ["cpu", "storage", "sustained", "requests", "full", "other-tier"],
        SlowTests.cases([60, 100], quick: 1))
    func text(_ rule: String, _ columns: Int) throws {
        let run = try Self.explain([rule], columns)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= columns })
        try Golden.expect(run.output, is: "explain-\(rule)-\(columns).txt")
    }

    @Test("every rule and resource in a line", arguments: SlowTests.cases([60, 100], quick: 1))
    func lines(_ columns: Int) throws {
        let run = try Self.explain([], columns)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= columns })
        try Golden.expect(run.output, is: "explain-lines-\(columns).txt")
        let shipped = try Program.run(
            ["rules", "explain"] + Self.now, in: try Self.shared.get().url, environment: ["COLUMNS": "\(columns)"])
        for line in shipped.output.split(separator: "\n") { #expect(line.count <= columns, "\(line)") }
        #expect(shipped.output.contains("▲ database-cpu-sustained"))
    }

    @Test("the same time gives the same answer after later samples and evaluations")
    func tomorrow() throws {
        let folder = try DemoStore.make()
        let past = ["rules", "explain", "database-cpu-sustained", "--now", "2026-03-20T12:00:00Z"]
        let before = try Program.run(past, in: folder.url).output
        let lines = try Program.run(["rules", "explain", "--now", "2026-03-20T12:00:00Z"], in: folder.url).output
        _ = try Program.run(["evaluate"] + Self.now, in: folder.url)
        _ = try folder.write("timestamp,value\n2026-04-01T00:00:00Z,3\n", to: "cpu.csv")
        let later = ["--now", "2026-04-01T01:00:00Z"]
        for resource in ["qp-dualtetrax-prod", "a-new-one"] {
            _ = try Program.run(["ingest", "cpu.csv", "--metric", "cpu", "--resource", resource] + later, in: folder.url)
        }
        _ = try Program.run(["evaluate"] + later, in: folder.url)
        #expect(try Program.run(past, in: folder.url).output == before)
        #expect(try Program.run(["rules", "explain", "--now", "2026-03-20T12:00:00Z"], in: folder.url).output == lines)
    }

    @Test("wrong names end with words and codes")
    func wrongNames() throws {
        let folder = try Self.shared.get()
        let rule = try Program.run(["rules", "explain", "database-cpu-sustaind"], in: folder.url)
        #expect(rule.status == 64)
        #expect(rule.errors.contains("did you mean 'database-cpu-sustained'?"))
        let resource = try Program.run(["rules", "explain", "--resource", "qp-dualtetrax-prd"] + Self.now, in: folder.url)
        #expect(resource.status == 66)
        #expect(resource.errors.contains("did you mean 'qp-dualtetrax-prod'?"))
        let other = try Program.run(["rules", "explain", "lambda-requests-nearly-used"] + Self.now, in: folder.url)
        #expect(other.output == "lambda-requests-nearly-used: no resource of kind function in advisor.yaml or the store\n")
    }
}
