import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import ArgumentParser
import Foundation
import Testing

@testable import AdvisorCLI

/// An evaluation reads no more samples than it needs: it must give what all of them would give.
@Suite("Laws of bounded reading")
struct RecallLawTests {
    /// `scripts/law-check` asks for more.
    static let seeds =
        ProcessInfo.processInfo.environment["ADVISOR_SEEDS"].flatMap(Int.init).map { 0..<max(1, $0 / 10) }
        ?? SlowTests.seeds(30, quick: 2)
    private static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z
    private static let hour: Int64 = 3600
    private static let day: Int64 = 86_400

    /// The built-in rules, with a database that is declared.
    private static func project(_ random: inout SplitMix) throws -> Project {
        let folder = try TemporaryFolder()
        return try CommandEnvironment.$current.withValue(Program.environment(in: folder.url)) {
            var project = try ProjectLoader(options: try WorkspaceOptions.parse([])).project()
            var resource = Stack.Resource(id: "db", kind: .database)
            resource.tier = ["db.t4g.micro", "db.t4g.small", "db.m6g.large"].randomElement(using: &random)
            (resource.allocatedStorage, resource.engine, resource.multiAZ) = (20, EngineVersion(text: "postgres 15"), false)
            project.stack.resources = [resource]
            project.stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
            return project
        }
    }

    /// Samples of the metrics of a database and of the account, with gaps, levels, and periods that change.
    private static func entries(_ project: Project, days: Int64, _ random: inout SplitMix) -> [Entry] {
        let levels: [(MetricID, ClosedRange<Double>, MetricUnit)] = [
            (.cpu, 5...98, .percent), (.freeableMemory, 5e7...6e8, .bytes), (.connections, 0...90, .count),
            (.freeStorage, 1e9...1.9e10, .bytes), (.activeUsers, 100...1_400, .count), (.creditBalance, 0...288, .count),
            (.surplusCreditsCharged, 0...2, .count),
        ]
        return levels.flatMap { id, range, unit -> [Entry] in
            guard let metric = project.vocabulary.metrics.metrics[id], let key = metric.series(of: "db") else { return [] }
            var result: [Entry] = []
            var (at, step, level) = (
                Int64.random(in: 0...5, using: &random) * day, hour, Double.random(in: range, using: &random)
            )
            let isStated = Bool.random(using: &random)
            while at < days * day {
                if Int.random(in: 0..<150, using: &random) == 0 { level = Double.random(in: range, using: &random) }
                if Int.random(in: 0..<300, using: &random) == 0 {
                    step = [900, 1800, hour].randomElement(using: &random) ?? hour
                    at = (at + step - 1) / step * step
                }
                if Int.random(in: 0..<250, using: &random) == 0 { at += Int64.random(in: 1...80, using: &random) * step }
                let value = (level * Double.random(in: 0.9...1.1, using: &random)).rounded()
                var sample = Sample(start: start + .seconds(at), period: isStated ? .seconds(step) : nil, unit: unit)
                (sample.average, sample.minimum, sample.maximum) = (value, value * 0.75, value * 1.25)
                if Bool.random(using: &random) { (sample.count, sample.sum) = (3, value * 3) }
                result.append(Entry(key: key, sample: sample))
                at += step
            }
            return result
        }
    }

    private static func expectSame(_ store: Store, _ project: Project, at now: Timestamp, _ place: String) throws {
        let bounded = try EvaluationPipeline(store: store, project: project, now: now, recall: .bounded).run(.report)
        let whole = try EvaluationPipeline(store: store, project: project, now: now, recall: .whole).run(.report)
        for (one, other) in zip(bounded.report.entries, whole.report.entries) where one != other {
            for (left, right) in zip(one.findings, other.findings) where left != right {
                Issue.record("\(place): \(left.rule.id) on \(left.resource): \(left) is not \(right)")
            }
            #expect(one.recommendation?.outlook == other.recommendation?.outlook, "\(place)")
        }
        #expect(bounded.report == whole.report, "\(place)")
        #expect(bounded.transitions == whole.transitions, "\(place)")
        #expect(bounded.lateTransitions == whole.lateTransitions, "\(place)")
        #expect(bounded.corrections == whole.corrections, "\(place)")
        #expect(bounded.recommendationChanges == whole.recommendationChanges, "\(place)")
    }

    @Test("an evaluation that reads what it needs gives what one of all samples gives", arguments: seeds)
    func equality(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed) &* 104_729 &+ 5)
        let project = try Self.project(&random)
        var waiting = Self.entries(project, days: 75, &random)
        let store = try Store(path: nil, create: true, exists: false)
        var now = Self.start + .seconds(50 * Self.day)
        for step in 0..<SlowTests.size(8, quick: 5) {
            // Some samples are late, by minutes or by weeks.
            let late = Int.random(in: 0...2, using: &random) == 0 ? 30 : 400
            let held = waiting.filter { $0.sample.start >= now || Int.random(in: 0..<late, using: &random) == 0 }
            var kept = Set(held.map(\.sample.start))
            if step % 3 == 2 { kept = kept.filter { $0 >= now } }
            let come = waiting.filter { !kept.contains($0.sample.start) }
            try store.ingest(come)
            waiting.removeAll { !kept.contains($0.sample.start) }
            if step > 0 { try Self.expectSame(store, project, at: now, "seed \(seed), evaluation \(step)") }
            _ = try EvaluationPipeline(store: store, project: project, now: now).run(.record)
            try Self.expectSame(store, project, at: now, "seed \(seed), again after evaluation \(step)")
            let steps: [Int64] = [300, 900, Self.hour, 7 * Self.hour, 3 * Self.day]
            let ahead = steps.randomElement(using: &random) ?? 300
            now = now + .seconds(ahead)
        }
    }
}

extension Metric {
    /// The series of a resource.
    fileprivate func series(of resource: String) -> SeriesKey? {
        guard case .series(let namespace, let name) = origin, let dimension else { return nil }
        return SeriesKey(
            namespace: namespace, name: name, dimensions: otherDimensions + [SeriesKey.Dimension(dimension, resource)])
    }
}
