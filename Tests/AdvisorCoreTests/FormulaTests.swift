import AdvisorCore
import AdvisorTestSupport
import Testing

@Suite("Expression language")
struct FormulaTests {
    struct InvalidCase: Sendable, CustomTestStringConvertible {
        let text: String
        let offset: Int
        let message: String
        var role = Formula.Role.when
        var testDescription: String { text }
    }

    static let errors = [
        InvalidCase(
            text: "avg(cpu) > 15GB", offset: 9, message: "cannot compare a ratio with bytes; did you mean 'storage_used'?"),
        InvalidCase(text: "avg(cpu) > 80", offset: 9, message: "cannot compare a ratio with a plain number; did you mean '80%'?"),
        InvalidCase(text: "storage_used > 500ms", offset: 13, message: "cannot compare bytes with a time"),
        InvalidCase(text: "avg(cpuu) > 80%", offset: 4, message: "unknown metric 'cpuu'; did you mean 'cpu'?"),
        InvalidCase(text: "agv(cpu) > 80%", offset: 0, message: "unknown function 'agv'; did you mean 'avg'?"),
        InvalidCase(text: "storage_usd > 15GB", offset: 0, message: "unknown name 'storage_usd'; did you mean 'storage_used'?"),
        InvalidCase(text: "avg(cpu)", offset: 0, message: "a ratio is not a condition; compare it with a value"),
        InvalidCase(text: "", offset: 0, message: "empty expression; write a condition such as 'avg(cpu) > 80%'"),
        InvalidCase(text: "avg(cpu) > ", offset: 11, message: "expected a value before the end"),
        InvalidCase(text: "(avg(cpu) > 80%", offset: 15, message: "expected ')' before the end"),
        InvalidCase(text: "avg(cpu) = 80%", offset: 9, message: "unknown '='; to compare write '=='"),
        InvalidCase(text: "avg(cpu) > 80% && max(cpu) > 90%", offset: 15, message: "unknown '&'; write 'and'"),
        InvalidCase(text: "1% < avg(cpu) < 2%", offset: 14, message: "two comparisons in a row; join them with 'and'"),
        InvalidCase(
            text: "avg(cpu) > 80foo", offset: 13,
            message: "unknown unit 'foo'; expected one of: %, ms, s, min, h, d, kB to TB, KiB to TiB, K, M and USD"),
        InvalidCase(text: "change(cpu, 7 days) > 1%", offset: 13, message: "unknown unit 'days'; write '7d'"),
        InvalidCase(text: "change(cpu, 2 weeks) > 1%", offset: 13, message: "unknown unit 'weeks'; write days, as in '7d'"),
        InvalidCase(text: "storage_used > 15 gb", offset: 17, message: "unknown unit 'gb'; write '15GB'"),
        InvalidCase(
            text: "avg(cpu) > 80 stage", offset: 14, message: "unexpected 'stage'; join conditions with 'and' or 'or'"),
        InvalidCase(
            text: "avg(cpu) > 0.8", offset: 9, message: "cannot compare a ratio with a plain number; did you mean '80%'?"),
        InvalidCase(
            text: "0.855 < avg(cpu)", offset: 6, message: "cannot compare a plain number with a ratio; did you mean '85.5%'?"),
        InvalidCase(
            text: "quantile(cpu, 42) > 80%", offset: 14, message: "'quantile' needs a share between 0 and 1, such as 0.42 or 42%"),
        InvalidCase(
            text: "quantile(cpu) > 80%", offset: 0, message: "'quantile' needs metric, share[, window]"),
        InvalidCase(
            text: "avg(cpu, ofset: 7d) > 80%", offset: 9, message: "unknown argument 'ofset'; statistics take 'offset: 7d'"),
        InvalidCase(text: "p100(cpu) > 80%", offset: 0, message: "unknown function 'p100'"),
        InvalidCase(text: "max(active_users) * 50% > 40%", offset: 24, message: "cannot compare a plain number with a ratio"),
        InvalidCase(
            text: "estimated_charges > $0.02 per", offset: 29,
            message: "expected what is counted after 'per', as in '$0.02 per user'"),
        InvalidCase(
            text: "forecast(cpu) > 80%", offset: 0,
            message: "'forecast' needs metric, time, as in 'forecast(storage_used, 30d) > 15GB'"),
        InvalidCase(
            text: "time_until(cpu) < 30d", offset: 11,
            message: "'time_until' needs metric > bound, as in 'time_until(storage_used > 15GB) < 30d'"),
        InvalidCase(text: "time_until(storage_used > 80%) < 30d", offset: 24, message: "cannot compare bytes with a ratio"),
        InvalidCase(text: "time_until(storage_used > 15GB) < 5GB", offset: 32, message: "cannot compare a time with bytes"),
        InvalidCase(
            text: "time_until(cpu > max(cpu)) < 30d", offset: 17,
            message: "'time_until' needs a bound of numbers and facts, not of metrics"),
        InvalidCase(
            text: "change(cpu, 5) > 1%", offset: 12,
            message: "'change' needs a duration of 1m to 455d as its second argument, e.g. 7d"),
        InvalidCase(
            text: "change(cpu, 9999d) > 1%", offset: 12,
            message: "'change' needs a duration of 1m to 455d as its second argument, e.g. 7d"),
        InvalidCase(text: "rate(storage_used) > 1GB", offset: 19, message: "cannot compare bytes per time with bytes"),
        InvalidCase(text: "change(cpuu, 7d) > 1%", offset: 7, message: "unknown metric 'cpuu'; did you mean 'cpu'?"),
        InvalidCase(
            text: "avg(cpu, 999999999999999999999999d) > 1%", offset: 9,
            message: "'avg' needs a window of at least 1m as its second argument, e.g. 24h"),
        InvalidCase(
            text: "p95(storage_used) > 15GB", offset: 0,
            message: "'p95' is not available for 'storage_used', which is derived; use avg, min or max"),
        InvalidCase(
            text: "avg(cpu, 5) > 80%", offset: 9, message: "'avg' needs a window of at least 1m as its second argument, e.g. 24h"),
        InvalidCase(
            text: "cpu > 80%", offset: 0, message: "'cpu' is a metric and 'where' takes facts only; use it in 'when'",
            role: .condition),
        InvalidCase(
            text: "storage_used + 5s > 1GB", offset: 13, message: "'+' needs the same unit on both sides, not bytes and a time"),
        InvalidCase(text: "$50/s > $1", offset: 6, message: "cannot compare money per time with money"),
        InvalidCase(
            text: "tier in \"a\"", offset: 5, message: "'in' needs a text and a list, as in 'stage in [\"mvp\", \"launch\"]'"),
        InvalidCase(text: "name == \"a", offset: 8, message: "unterminated text; add the closing \""),
    ]

    @Test("an error has its place and its message", arguments: errors)
    func error(_ row: InvalidCase) {
        do {
            _ = try Formula.parse(row.text, vocabulary: Fixtures.vocabulary, role: row.role)
            Issue.record("'\(row.text)' loads")
        } catch {
            #expect(error.problems == [FormulaProblem(offset: row.offset, message: row.message)])
        }
    }

    @Test("every error of an expression is found, not the first")
    func several() {
        do {
            _ = try Formula.parse("avg(cpuu) > 80% and stag == \"mvp\" or storage_used > 1s", vocabulary: Fixtures.vocabulary)
            Issue.record("it loads")
        } catch {
            #expect(error.problems.map(\.offset) == [4, 20, 50])
        }
    }

    struct Truth: Sendable, CustomTestStringConvertible {
        let text: String
        let expected: Formula.FactVerdict
        var testDescription: String { text }
    }

    static let facts: Facts = [
        "tier": .text("db.t4g.micro"), "allocated_storage": .number(21_474_836_480), "multi_az": .boolean(false),
        "funding.raised": .number(60_000), "wants": .list(["aws-integration"]), "retention": .number(604_800),
    ]

    static let truths = [
        Truth(text: "tier == \"db.t4g.micro\"", expected: .known(true)),
        Truth(text: "tier in [\"db.t4g.small\", \"db.t4g.micro\"]", expected: .known(true)),
        Truth(text: "allocated_storage <= 20GiB", expected: .known(true)),
        Truth(text: "allocated_storage > 20GB", expected: .known(true)),
        Truth(text: "funding.raised > $50K", expected: .known(true)),
        Truth(text: "funding.raised > 60000 USD", expected: .known(false)),
        Truth(text: "\"aws-integration\" in wants", expected: .known(true)),
        Truth(text: "not multi_az", expected: .known(true)),
        Truth(text: "multi_az == false and stage == \"growth\"", expected: .unknown(.factNotSet(fact: "stage"))),
        Truth(text: "multi_az == true and stage == \"growth\"", expected: .known(false)),
        Truth(text: "stage == \"growth\" and multi_az == true", expected: .known(false)),
        Truth(text: "multi_az == false or stage == \"growth\"", expected: .known(true)),
        Truth(text: "stage == \"growth\" or multi_az == true", expected: .unknown(.factNotSet(fact: "stage"))),
        Truth(text: "not (stage == \"growth\")", expected: .unknown(.factNotSet(fact: "stage"))),
        Truth(text: "retention > 7d", expected: .known(false)),
        Truth(text: "retention >= 7d", expected: .known(true)),
        Truth(text: "allocated_storage / 20GiB == 100%", expected: .known(true)),
        Truth(text: "allocated_storage / 2 == 10GiB", expected: .known(true)),
        Truth(text: "75% * allocated_storage == 15GiB", expected: .known(true)),
        Truth(text: "allocated_storage / 1h * 1h == 20GiB", expected: .known(true)),
        Truth(text: "-(2 - 3) * 5_000 == 5K", expected: .known(true)),
        Truth(text: "2 + 3 * 4 == 14", expected: .known(true)),
        Truth(text: "retention >= 7 d and retention <= 10080 min and retention == 168 h", expected: .known(true)),
        Truth(text: "allocated_storage == 20 GiB and allocated_storage * 0.5 == 10 GiB", expected: .known(true)),
        Truth(text: "allocated_storage * 75 % == 15 GiB", expected: .known(true)),
        Truth(text: "funding.raised / 10 >= $6000 per user", expected: .known(true)),
    ]

    @Test("facts are three-valued, units scale", arguments: truths)
    func truth(_ truth: Truth) {
        #expect(Fixtures.formula(truth.text).holds(of: Self.facts) == truth.expected)
    }

    @Test(
        "a plain number scales on either side, and a space before a unit changes nothing",
        arguments: [
            ("2 * avg(cpu) > 160%", "avg(cpu) * 2 > 160 %"), ("50% * max(active_users) > 40", "max(active_users) * 50 % > 40"),
            ("storage_used > 15GB", "storage_used > 15 GB"), ("avg(cpu, 15m) > 80%", "avg(cpu, 15 min) > 80 %"),
            ("max(active_users, 30d) > 800K", "max(active_users, 30 d) > 800 K"),
        ])
    func spaces(_ pair: (String, String)) {
        let (first, second) = (Fixtures.formula(pair.0), Fixtures.formula(pair.1))
        #expect(first.shownMeasure == second.shownMeasure)
        #expect(first.readings == second.readings)
    }

    @Test(
        "any percentile",
        arguments: [
            ("p42(cpu) > 1%", 42), ("p99.95(cpu) > 1%", 99.95), ("quantile(cpu, 0.42) > 1%", 42),
            ("quantile(cpu, 7 %, 1h) > 1%", 7),
        ])
    func percentile(_ pair: (String, Double)) {
        #expect(Fixtures.formula(pair.0).readings.map(\.statistic) == [.percentile(pair.1)])
    }

    @Test("every function's example loads")
    func examples() throws {
        for function in Function.all {
            _ = try Formula.parse(function.example, vocabulary: Fixtures.vocabulary)
            #expect(function.statistic != nil || function.datapointSeries != nil)
        }
    }

    @Test("random text never crashes the parser")
    func noise() {
        var generator = SplitMix(seed: 7)
        let pieces = [
            "avg", "(", ")", "cpu", ">", "80%", " ", "and", "not", "-", "\"", "[", "]", ",", "$", "5", "GB", ".", "é", "\u{0}",
            "in",
        ]
        var loaded = 0
        for _ in SlowTests.seeds(20_000, quick: 2000) {
            let text = (0..<Int.random(in: 0..<14, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined()
            if (try? Formula.parse(text, vocabulary: Fixtures.vocabulary)) != nil { loaded += 1 }
        }
        #expect(loaded < 20_000)
        #expect((try? Formula.parse(String(repeating: "(", count: 100_000), vocabulary: Fixtures.vocabulary)) == nil)
    }
}
