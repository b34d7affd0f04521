import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

/// A stack with a load, and the advice that a senior engineer would sign for it.
struct Situation: Sendable, CustomTestStringConvertible {
    /// When a value is measured.
    struct Moment: Sendable {
        /// The start of the sample.
        var time: Timestamp
        /// The hour of the day, UTC.
        var hour: Int
        /// 0 is Monday.
        var weekday: Int
        /// The days before the report, 0 for the last 24 hours.
        var daysAgo: Int
    }

    /// A value in the metric's display unit (percent, MB, GB, ms, count) at every moment; nil without a sample.
    typealias Load = @Sendable (Moment) -> Double?

    /// What is expected, computed by hand or with scripts/situations.py.
    struct Expected: Sendable {
        /// `move db.t4g.small`, in order; empty for `stay` and `unknown`.
        var actions: [String]
        /// The word for what to do: the first action's kind, `stay` or `unknown`.
        var kind: String
        var clears: Bool?
        /// The monthly bill with the load, before and after; nil if unknown.
        var before: String?
        var after: String?
        /// `alarm_remains CPU`, `alarm_uncertain Query response`, `limit_exceeded memory`, in order.
        var caveats: [String] = []
        /// Of some candidates: whether each ends the alarms ("yes", "no", "unknown") and its bill with the load.
        var candidates: [String: String] = [:]
        /// Codes that are among the reasons.
        var reasons: [String] = []
        /// Codes that are not among the reasons.
        var absent: [String] = []
        /// Rules in ALARM about the database, by id; nil where it does not matter.
        var alarms: Set<String>?
        /// What options change on the monthly bill, by code, and by kind for commitments; nil where they do not matter.
        var options: [String: String]?
        /// Rules in ALARM about the account; nil where it does not matter.
        var accountAlarms: Set<String>?
        /// The actions for other databases, by id.
        var others: [String: [String]] = [:]
    }

    var name: String
    /// The lines of advisor.yaml before `resources:`.
    var head = "name: S\nstage: launch\nfunding: { round: pre-seed }\nstack: []\n"
    /// The tier and other keys of the one database, or of several.
    var resource = "tier: db.t4g.micro, engine: postgres 15, allocated_storage: 20GiB, multi_az: false, replicas: 0"
    /// Further databases under the same load, as lines of advisor.yaml.
    var others = ""
    /// The charges of the month so far, in dollars; nil without bills.
    var charges: Load?
    var now = "2026-03-16T00:00:00Z"
    var days = 4
    /// The hours of samples, where that is less than a day.
    var hours: Int?
    var hoursBetween = 1
    var loads: [MetricID: Load]
    var expected: Expected

    var testDescription: String { name }
}

extension Situation {
    /// A load that is the same all the time.
    static func steady(_ value: Double) -> Load { { _ in value } }

    /// A database that is well, with some metrics replaced.
    static func well(_ replaced: [MetricID: Load]) -> [MetricID: Load] {
        let well: [MetricID: Load] = [
            .cpu: steady(20), .freeableMemory: steady(300), .connections: steady(30), .activeUsers: steady(700),
            .freeStorage: steady(15), .queryLatency: steady(120),
        ]
        return well.merging(replaced) { $1 }
    }

    private static let files = Result {
        (
            metrics: try BundledFiles.metrics(), catalog: try BundledFiles.catalog(), services: try BundledFiles.services(),
            rules: try BundledFiles.yaml(in: "rules").map { (file: $0, text: try BundledFiles.text($0)) }
        )
    }

    /// The report of the situation.
    func report() throws -> Report {
        let files = try Self.files.get()
        let vocabulary = Vocabulary(metrics: files.metrics, usages: files.services.usages)
        let read = StackFile.read(
            head + "resources:\n  - { id: db, kind: database, \(resource) }\n\(others)", file: "advisor.yaml",
            catalog: files.catalog,
            services: files.services, metrics: files.metrics)
        #expect(read.diagnostics.filter { !$0.isNote }.isEmpty, "\(read.diagnostics)")
        let rules = RuleFile(vocabulary: vocabulary, catalog: files.catalog).read(files.rules, settings: read.value.language)
        #expect(rules.diagnostics.filter { !$0.isNote }.isEmpty, "\(rules.diagnostics)")
        var stack = read.value
        if charges != nil { stack.resources.append(Stack.Resource(id: "account", kind: .account)) }
        var project = Project(
            rules: rules.rules, stack: stack, catalog: files.catalog, vocabulary: vocabulary, services: files.services)
        let time: Timestamp = try #require(Timestamp(text: now))
        project.asOf = time
        let context = EvaluationContext(project: project, now: time)
        let analyses = project.stack.resources.map { resource in
            let own = resource.kind == .account ? charges.map { [.estimatedCharges: $0] } ?? [:] : loads
            let snapshot = ResourceSnapshot(
                target: project.target(resource, history: history(own, files.metrics, until: context.now)))
            return ResourceAnalysis(of: ResourceEvaluation(of: snapshot, in: context), in: context)
        }
        let review = Review(of: Recommendations(of: analyses, in: context), memory: nil, in: context)
        return Report(
            asOf: context.now, newestSample: context.now, stack: project.stack, entries: review.resources,
            bill: BillComparison(reviews: review.resources, stack: project.stack, catalog: files.catalog, now: context.now),
            procedures: review.procedures(in: context), tips: review.recommendations.tips)
    }

    private func history(_ loads: [MetricID: Load], _ metrics: MetricCatalog, until now: Timestamp) -> ResourceHistory {
        let step = Duration.seconds(Int64(hoursBetween) * 3600)
        let count = (hours ?? days * 24) / hoursBetween
        let series = loads.sorted { $0.key < $1.key }.compactMap { id, load -> SeriesHistory? in
            guard let metric = metrics.metrics[id] else { return nil }
            let samples = (0..<count).compactMap { number -> Sample? in
                let time = now - .seconds(Int64((count - number) * hoursBetween) * 3600)
                let hours = Int(time.milliseconds / 3_600_000)
                let moment = Moment(
                    time: time, hour: hours % 24, weekday: (hours / 24 + 3) % 7,
                    daysAgo: Int((now - time).seconds - 1) / 86_400)
                guard let value = load(moment) else { return nil }
                var sample = Sample(start: time, period: step, unit: metric.display.unit)
                (sample.count, sample.sum, sample.average, sample.minimum, sample.maximum) = (1, value, value, value, value)
                return sample
            }
            return SeriesHistory(metric: metric, samples: samples)
        }
        return ResourceHistory(series: series)
    }
}
