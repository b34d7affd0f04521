import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Testing

/// Small files whose reading would cost much end at a limit that is named.
@Suite("Bounded input")
struct BoundedInputTests {
    private static let nineTimes = (1..<20).map { level in
        "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
    }.joined()

    @Test(
        "aliases that repeat too much, and keys that are collections, are errors at their place",
        arguments: [
            ("a0: &a0 [x]\n" + nineTimes, "advisor.yaml:7:40: the aliases of the file repeat more than 1000000 values"),
            ("a: &a [k]\n? [*a, *a]\n: v\n", "advisor.yaml:2:3: a key must be text, not a list or a mapping"),
            ("a: &a { k: v }\n*a : v\n", "advisor.yaml:2:1: a key must be text, not a list or a mapping"),
            ("name: é\n{ [a]: b }: c\n", "advisor.yaml:2:3: a key must be text, not a list or a mapping"),
            ("? {a: b}\n: c\n", "advisor.yaml:1:3: a key must be text, not a list or a mapping"),
        ])
    func expansion(_ text: String, _ problem: String) throws {
        let clock = ContinuousClock()
        let begin = clock.now
        #expect(try BundledFiles.stack(text).diagnostics.map(\.description) == [problem])
        #expect(clock.now - begin < .seconds(5))
    }

    @Test("of very many errors the first are listed")
    func errors() throws {
        let keys = (0..<20_000).map { "key\($0): x\n" }.joined()
        let diagnostics = try BundledFiles.stack(keys).diagnostics
        #expect(diagnostics.count == 1001)
        #expect(diagnostics.first?.description == "advisor.yaml:1:1: unknown key 'key0'")
        #expect(diagnostics.last?.description == "advisor.yaml:1001: more than 1000 problems; only the first are listed")
    }

    @Test("aliases of values and of text keys stay")
    func aliases() throws {
        let read = try BundledFiles.stack(
            """
            resources:
              - { id: &id db, kind: database, metrics: &m { active_users: { namespace: Shop, name: Users } } }
              - { id: other, kind: database, metrics: *m }
            alerts: { repeat: 4h }   # Is *this* fine? [yes]: {it} & that is.
            """)
        #expect(read.diagnostics == [])
        #expect(read.value.resources.map(\.metrics.count) == [1, 1])
    }

    @Test("an input with too many series is stored as far as the limit, and the rest is one problem")
    func series() throws {
        var context = IngestContext(now: Fixtures.start + .seconds(86_400), metrics: try BundledFiles.metrics())
        context.seriesLimit = 2
        let lines = (0..<5).map { "2026-01-01T00:00:00Z,cpu,db\($0 % 4),50\n" }.joined()
        var stored = 0
        let collector = IngestCollector(context: context) { stored += $0.records.count }
        let source = ByteSource(Array(("timestamp,metric,resource,value\n" + lines).utf8))
        try #require(SampleFormat.named("csv")).parse(source, context, collector)
        #expect((stored, collector.rejected) == (3, 2))
        #expect(
            collector.problems == [
                IngestProblem(
                    line: 4, column: nil, problem: "more than 2 series in one input; only samples of the first are stored",
                    records: 2)
            ])
    }
}
