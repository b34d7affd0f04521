import AdvisorCore
import AdvisorTestSupport
import Testing

@testable import AdvisorFormats

/// The short form of `scripts/fuzz-rules`, which takes a million inputs.
@Suite("Random text as a rule file")
struct RuleNoiseTests {
    private static let words =
        FileNoiseTests.words + [
            "vars: ", "cpu_limit", "time_until(", "forecast(", "rate(", "avg(cpu", ", 9999999d)", "storage_used", " > ", "15GB",
            "80%", ")",
            "unless_alarm: ", "{cpu_limit}", "applies_to: database", "title: t", "id: a", "  - ", "month_end(", "period: ", "5m",
            "datapoints: ",
            "3 of 5", "recommend: ", "{ any_of: [", "summary: ",
        ]

    @Test("what is no rule file is said, and never crashes")
    func noise() {
        let file = RuleFile(vocabulary: ValidFiles.vocabulary, catalog: ValidFiles.catalog)
        var chance = FileNoiseTests.Chance()
        var errors = 0
        for _ in SlowTests.seeds(600, quick: 80) {
            let noise = (0..<chance.next(below: 30)).map { _ in Self.words[chance.next(below: Self.words.count)] }.joined()
            let whole = "rules:\n  - id: a\n    title: t\n    applies_to: database\n    when: " + noise.filter { $0 != "\n" }
            for text in [noise, whole] {
                let read = file.read([("f", text)])
                errors += read.diagnostics.count
                #expect(read.diagnostics.allSatisfy { $0.file == "f" && !$0.problem.isEmpty })
                #expect(read.rules.isEmpty || text.contains("when: "))
            }
        }
        #expect(errors > SlowTests.size(600, quick: 80))
    }

    @Test("a rule of random words that loads can be evaluated")
    func evaluated() {
        var chance = FileNoiseTests.Chance(state: 77)
        let pieces = [
            "avg(cpu)", "storage_used", "80%", "15GB", "time_until(storage_used > 15GB)", "30d", "forecast(cpu, 1h)",
            "change(cpu, 30d)",
            "rate(storage_used)", "1kB/s", " > ", " < ", " and ", " or ", "not ", " * ", " / ", " - ", "allocated_storage", "2",
            "0s", "tier == \"x\"",
        ]
        let vocabulary = ValidFiles.vocabulary
        let start = Timestamp(seconds: 1_767_225_600)
        func series(_ name: MetricID, _ values: [Double]) -> SeriesHistory? {
            vocabulary.metrics.metrics[name].map { metric in
                SeriesHistory(
                    metric: metric,
                    samples: values.enumerated().map { index, value in
                        var sample = Sample(start: start + .seconds(Int64(index) * 3600), period: .seconds(3600))
                        (sample.average, sample.minimum, sample.maximum) = (value, value, value)
                        return sample
                    })
            }
        }
        let wild = [0, 1e300, 5, 5, -1e300, 7, 8, 1e-300] + (0..<40).map { Double($0) }
        let target = EvaluationTarget(
            resource: Stack.Resource(id: "db", kind: .database),
            facts: ["allocated_storage": .number(2e10), "engine": .text("postgres")],
            history: ResourceHistory(series: [.cpu, .freeStorage].compactMap { series($0, wild) }))
        var evaluated = 0
        for _ in SlowTests.seeds(4000, quick: 400) {
            let text = (0...chance.next(below: 6)).map { _ in pieces[chance.next(below: pieces.count)] }.joined()
            guard let when = try? Formula.parse(text, vocabulary: vocabulary) else { continue }
            let rule = Rule(id: "r", title: "r", appliesTo: .database, when: when)
            let evaluation = Evaluator(rule: rule, target: target, vocabulary: vocabulary).evaluate(
                upTo: start + .seconds(50 * 3600))
            #expect(evaluation.finding != nil)
            evaluated += 1
        }
        #expect(evaluated > SlowTests.size(20, quick: 2))
    }
}
