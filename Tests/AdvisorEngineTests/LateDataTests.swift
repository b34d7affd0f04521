import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Testing

/// Samples that arrive after the time of their evaluation: what they reveal is notified once, with its own times.
@Suite("Late data")
struct LateDataTests {
    /// An interval in minutes; without an end it lasts.
    private struct Span {
        var begin: Int
        var end: Int?

        func overlaps(_ other: Span) -> Bool { begin < other.end ?? .max && other.begin < end ?? .max }
    }

    private let temporary: TemporaryStore
    private let store: Store

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private func project(_ rule: Rule) -> Project {
        var project = EvaluationBench.project([rule])
        project.stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
        project.stack.unattended.alerts = AlertSettings(repeatEvery: nil, staleAfter: nil)
        return project
    }

    private static func minute(_ time: Timestamp) -> Int { Int((time - Fixtures.start).milliseconds / 60_000) }

    private static func spans(of alert: Alert) -> [Span] {
        alert.reasons.compactMap { reason in
            guard let begin = reason.startsAt, let end = reason.endsAt else { return nil }
            return Span(begin: minute(begin), end: minute(end))
        }
    }

    /// What was notified, in order; a second beginning without an end between is an issue.
    private func notified() throws -> [Span] {
        var spans: [Span] = []
        for alert in try store.outbox().reversed().map(\.alert) {
            let isOpen = spans.last.map { $0.end == nil } ?? false
            let begin = Self.minute(alert.startsAt)
            // A message names the intervals that were over before it, and its own.
            let others = Self.spans(of: alert).filter { alert.kind == .alarm || $0.begin != begin }
            spans.insert(contentsOf: others, at: 0)
            switch alert.kind {
            case .alarm:
                #expect(!isOpen || !others.isEmpty, "notified twice")
                if !isOpen { spans.append(Span(begin: begin, end: nil)) }
            case .resolved where isOpen: spans[spans.count - 1].end = alert.endsAt.map(Self.minute)
            case .resolved: spans.append(Span(begin: begin, end: alert.endsAt.map(Self.minute)))
            default: Issue.record("\(alert.kind)")
            }
        }
        return spans
    }

    /// The alarms as the store has them in the end.
    private func recorded() throws -> [Span] {
        var spans: [Span] = []
        for transition in try store.transitions() {
            let isOpen = spans.last.map { $0.end == nil } ?? false
            if transition.to == .alarm, !isOpen { spans.append(Span(begin: Self.minute(transition.at), end: nil)) }
            if transition.to == .ok, isOpen { spans[spans.count - 1].end = Self.minute(transition.at) }
        }
        return spans
    }

    @Test("peaks of eight minutes, three minutes late, evaluated every quarter of an hour: each once, with its own times")
    func peaks() throws {
        let project = project(try EvaluationBench.rule("cpu", "avg(cpu) > 80%"))
        var peaks: [Int] = []
        for number in 0..<32 { peaks.append(20 + number * 47) }
        let last = (peaks.last ?? 0) + 60
        var stored = 0
        for now in stride(from: 0, through: last, by: 15) {
            let known = max(stored, now - 3)
            try store.ingest(
                (stored..<known).map { minute in
                    let isHigh = peaks.contains { $0 <= minute && minute < $0 + 8 }
                    return Fixtures.value(minute, isHigh ? 90 : 50, period: .seconds(60))
                })
            stored = known
            try store.evaluate(project, at: now)
        }
        let spans = try notified()
        #expect(spans.map(\.begin) == (try recorded()).map(\.begin))
        #expect(spans.map(\.end) == (try recorded()).map(\.end))
        #expect(spans.count == peaks.count)
        let before = try store.outbox().count
        try store.evaluate(project, at: last + 15)
        #expect(try store.outbox().count == before)
    }

    @Test(
        "random lags up to 20 minutes and failed ingests: each alarm is covered by one notification, and none by two",
        arguments: SlowTests.seeds(200, quick: 8) + [439, 489, 630])
    func histories(_ seed: Int) throws {
        var generator = SplitMix(seed: UInt64(4000 + seed))
        var rule = try EvaluationBench.rule("cpu", "avg(cpu) > 80%")
        let evaluated = Int.random(in: 1...4, using: &generator)
        let datapoints = Sustain.Datapoints(toAlarm: Int.random(in: 1...evaluated, using: &generator), evaluated: evaluated)
        rule.sustain = Sustain(period: .seconds(60), datapoints: datapoints)
        let project = project(rule)
        var waiting: [(arrival: Int, sample: Sample)] = []
        var (minute, isHigh) = (0, false)
        while minute < 360 {
            let length = Int.random(in: 3...20, using: &generator)
            let lag = Int.random(in: 0...20, using: &generator)
            for start in minute..<min(360, minute + length) {
                let lag = seed % 2 == 0 ? lag : Int.random(in: 0...20, using: &generator)
                let value = Double.random(in: isHigh ? 85...95 : 40...75, using: &generator)
                waiting.append((start + 1 + lag, Fixtures.value(start, value, period: .seconds(60))))
            }
            (minute, isHigh) = (minute + length, !isHigh)
        }
        for now in stride(from: 0, through: 420, by: 15) {
            if now >= 400 || Int.random(in: 0..<5, using: &generator) > 0 {
                try store.ingest(waiting.filter { $0.arrival <= now }.map(\.sample))
                waiting.removeAll { $0.arrival <= now }
            }
            try store.evaluate(project, at: now)
        }
        #expect(waiting.isEmpty)
        let (recorded, notified) = (try recorded(), try notified().sorted { $0.begin < $1.begin })
        for span in recorded {
            #expect(notified.contains { $0.overlaps(span) }, "\(span) was never notified")
        }
        for (one, next) in zip(notified, notified.dropFirst()) {
            #expect(one.end.map { $0 <= next.begin } ?? false, "\(one) and \(next) overlap")
        }
    }
}
