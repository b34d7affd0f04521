public import AdvisorCore
internal import Foundation

/// Collects the batches and problems of an input.
public final class IngestCollector {
    /// The first hundred problems.
    public private(set) var problems: [IngestProblem] = []
    /// The number of rejected records.
    public private(set) var rejected = 0
    /// The number of records that were passed on.
    public private(set) var added = 0
    /// The metrics that rules cannot use, as `namespace name`.
    public private(set) var unusedMetrics: Set<String> = []
    private var batch = SampleBatch()
    private var series: [SeriesKey: Int32] = [:]
    /// The metric of each series by its number; nil where rules know none.
    private var metrics: [Metric?] = []
    private let metricsByName: [String: [String: Metric]]
    private let context: IngestContext
    private let sink: (SampleBatch) throws -> Void
    /// The number of each problem that is listed once.
    private var listedOnce: [String: Int] = [:]
    /// The line of a time without a zone that was read as UTC, until a record of that time is added.
    private var zonelessLine: Int?
    private var hasNotedZone = false
    /// The records within a record that are being read: their names, and the line of the outermost.
    private var enclosing: [(name: String, line: Int)] = []
    private static let listed = 100
    /// The samples of hours that occur twice.
    private var repeatedHours = RepeatedHours()

    /// Creates a collector that passes full batches on.
    public init(context: IngestContext, sink: @escaping (SampleBatch) throws -> Void) {
        (self.context, self.sink) = (context, sink)
        var metricsByName: [String: [String: Metric]] = [:]
        for metric in context.metrics.metrics.values where !metric.kinds.isEmpty {
            guard case .series(let namespace, let name) = metric.origin else { continue }
            metricsByName[namespace, default: [:]][name] = metric
        }
        self.metricsByName = metricsByName
    }

    /// How many records enclose the current one.
    var depth: Int { enclosing.count }

    /// Records a problem; `isRejection` says whether a record was lost.
    func note(_ problem: String, line: Int, column: Int? = nil, isRejection: Bool = true) {
        if isRejection { rejected += 1 }
        guard problems.count < Self.listed else { return }
        let place = (enclosing.map(\.name) + [problem]).joined(separator: ": ")
        problems.append(
            IngestProblem(
                line: enclosing.first?.line ?? line, column: enclosing.isEmpty ? column : nil, problem: place,
                records: isRejection ? 1 : 0))
    }

    /// Rejects records for a reason that many may share, or else for the same problem: it is listed with the first of them.
    func rejectOnce(_ problem: String, reason: String? = nil, line: Int, column: Int? = nil, count: Int = 1) {
        guard let index = listedOnce[reason ?? problem] else {
            let listed = problems.count
            note(problem, line: line, column: column)
            rejected += count - 1
            if problems.count > listed {
                listedOnce[reason ?? problem] = listed
                problems[listed].records = count
            }
            return
        }
        rejected += count
        problems[index].records += count
    }

    /// Reads the records within a record; their problems name it.
    func within(_ name: String, line: Int, _ body: () throws -> Void) rethrows {
        enclosing.append((name, line))
        defer { enclosing.removeLast() }
        try body()
    }

    /// The number of a series in this input; -1 for one that is too many.
    func number(of key: SeriesKey) -> Int32 {
        if let number = series[key] { return number }
        guard series.count < context.seriesLimit else { return -1 }
        let number = Int32(series.count)
        series[key] = number
        batch.newSeries.append(key)
        let isTarget = context.target?.key == key
        let metric = isTarget ? context.target?.metric : metricsByName[key.namespace]?[key.name]
        metrics.append(metric)
        if metric == nil, !context.isDeclared(key) { unusedMetrics.insert("\(key.namespace) \(key.name)") }
        return number
    }

    /// Adds a record, and passes the batch on when it is full; an impossible value is a problem of its line.
    func add(_ record: SampleBatch.Record, line: Int) throws {
        guard record.series >= 0 else {
            return rejectOnce(
                "more than \(context.seriesLimit) series in one input; only samples of the first are stored", line: line)
        }
        if let problem = metrics[Int(record.series)]?.problem(of: record.sample) { return note(problem, line: line) }
        if record.sample.known.contains(.count), record.sample.rawCount < 0 {
            return note("the count of the sample is negative", line: line)
        }
        if let zonelessLine { noteReadingAsUTC(line: zonelessLine) }
        guard !repeatedHours.hold(record, line: line) else { return }
        try pass(record)
    }

    private func pass(_ record: SampleBatch.Record) throws {
        added += 1
        batch.records.append(record)
        if batch.records.count >= context.batchSize { try flush() }
    }

    /// Ends the input: adds the samples of repeated hours, as far as their order shows which hour is meant.
    func finish() throws {
        let held = repeatedHours.resolved()
        for record in held.records { try pass(record) }
        if let line = held.firstLine {
            note(
                "the hour that occurs twice when clocks are put back is read in the order of the input: first before the change, then after it",
                line: line, isRejection: false)
        }
        for rejected in held.rejected {
            let zone = context.zone?.identifier ?? "UTC"
            rejectOnce(
                "\(rejected.shown.localText) occurs twice in \(zone), and the order of the input does not show which is meant; write times with their zone",
                reason: "repeated hour", line: rejected.line)
        }
        try flush()
    }

    /// Passes on the rest.
    func flush() throws {
        guard !batch.records.isEmpty else { return }
        let full = batch
        batch = SampleBatch(firstNewSeries: series.count)
        batch.records.reserveCapacity(context.batchSize)
        try sink(full)
    }

    // MARK: Times

    /// The time of a text: in the zone of the context where it names none, or in UTC, which is noted once.
    func time(_ text: String, line: Int) -> Timestamp? {
        guard let written = WrittenTime(text: Self.withHyphens(text)) else { return nil }
        guard !written.hasZone else { return written.utc }
        guard let zone = context.zone else {
            if !hasNotedZone { zonelessLine = line }
            return written.utc
        }
        switch written.times(in: zone) {
        case .once(let time): return time
        case .skipped: return IngestContext.skipped(written.utc)
        case .twice(let first, let second):
            repeatedHours.add(first, second: second, shown: written.utc)
            return first
        }
    }

    private func noteReadingAsUTC(line: Int) {
        (zonelessLine, hasNotedZone) = (nil, true)
        let words = "times without a zone are read as UTC; --zone (`zone:` under `ingest:`) sets another, e.g. Asia/Seoul"
        note(words, line: line, isRejection: false)
    }

    /// The time of an element: seconds or milliseconds since 1970, or a text.
    func time(_ element: JSONValue, line: Int) -> Timestamp? {
        guard case .text(let text) = element else { return Document.time(element) }
        return time(text, line: line)
    }

    /// `2026/11/01` as `2026-11-01`, as the console of CloudWatch writes days.
    private static func withHyphens(_ text: String) -> String {
        let bytes = text.utf8
        guard bytes.dropFirst(4).first == UInt8(ascii: "/"), bytes.dropFirst(7).first == UInt8(ascii: "/") else { return text }
        return String(text.prefix(10)).replacing("/", with: "-") + text.dropFirst(10)
    }
}

extension IngestContext {
    /// Whether advisor.yaml names the series for a metric of a resource, in whatever account and region.
    func isDeclared(_ key: SeriesKey) -> Bool {
        guard !declaredSeries.isEmpty else { return false }
        return declaredSeries.contains(SeriesKey(namespace: key.namespace, name: key.name, dimensions: key.dimensions))
    }
}
