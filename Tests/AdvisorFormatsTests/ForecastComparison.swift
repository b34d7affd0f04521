import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorCore

/// Compares forecasting methods on real, bundled and simulated series.
///
/// `scripts/forecast-compare` writes the full table into `Documentation.docc/Forecasting.md`; the suite runs a part of it.
@Suite("Forecast methods compared with the actual values")
struct ForecastComparison {
    static let nab = Program.repository.appending(path: "../shared/data/nab").standardized
    static let length: Int64 = 3_600_000

    /// The value expected so many cells ahead, and its interval; nil where it says nothing.
    typealias Foresight = (_ ahead: Int) -> (Double, ClosedRange<Double>?)?

    struct Way: Sendable {
        var name: String
        /// Looks at cells, the last of which ends at a time.
        var fit: @Sendable (_ cells: [Double?], _ end: Timestamp) -> Foresight
    }

    static func robust(_ name: String, _ method: Forecast.Method) -> Way {
        Way(name: name) { cells, end in
            let outcome = Forecast.fit(cells, length: length, endingAt: end, needs: Forecast.leastHistory, by: method)
            guard case .forecast(let forecast) = outcome else { return { _ in nil } }
            return { ahead in
                let time = end + .milliseconds((Int64(ahead) - 1) * length)
                return (forecast.value(at: time), forecast.interval(at: time))
            }
        }
    }

    static func method(_ isSeasonal: Bool, _ wantsSignificance: Bool, _ isRecent: Bool, _ isFresh: Bool = false)
        -> Forecast.Method
    {
        Forecast.Method(isSeasonal: isSeasonal, wantsSignificance: wantsSignificance, isRecent: isRecent, isFresh: isFresh)
    }

    static let lastValue = Way(name: "last value") { cells, _ in
        { _ in cells.last { $0 != nil }.flatMap { $0 }.map { ($0, nil) } }
    }
    static let leastSquares = Way(name: "least squares") { cells, _ in
        let points = cells.enumerated().compactMap { index, value in value.map { (Double(index), $0) } }
        let count = Double(points.count)
        let (x, y) = (points.map(\.0).reduce(0, +) / count, points.map(\.1).reduce(0, +) / count)
        let covariance = points.map { ($0.0 - x) * ($0.1 - y) }.reduce(0, +)
        let variance = points.map { ($0.0 - x) * ($0.0 - x) }.reduce(0, +)
        return { ahead in (y + covariance / variance * (Double(cells.count + ahead - 1) - x), nil) }
    }
    static let chosen = robust("**the same, slope of the last two weeks, daily season of the last week**", Forecast.Method())

    static let ways: [Way] = [
        lastValue,
        Way(name: "same hour of the last known day") { cells, _ in
            { ahead in
                stride(from: cells.count + ahead - 1, to: -1, by: -24).lazy.filter { $0 < cells.count }.compactMap { cells[$0] }
                    .first.map { ($0, nil) }
            }
        },
        Way(name: "mean") { cells, _ in
            let known = cells.compactMap { $0 }
            return { _ in (known.reduce(0, +) / Double(known.count), nil) }
        },
        leastSquares,
        robust("Theil–Sen", method(false, false, false)),
        robust("Theil–Sen where significant", method(false, true, false)),
        robust("Theil–Sen where significant, last day's level", method(false, true, true)),
        robust("Theil–Sen, seasons", method(true, false, false)),
        robust("Theil–Sen where significant, seasons", method(true, true, false)),
        robust("Theil–Sen, seasons, last day's level", method(true, false, true)),
        robust("Theil–Sen where significant, seasons, last day's level", method(true, true, true)),
        chosen,
    ]

    struct DatapointSeries: Sendable {
        var name: String
        var begin: Int64
        var cells: [Double?]
    }

    /// The hourly medians of a series.
    static func datapointSeries(_ name: String, _ points: [(Timestamp, Double)]) -> DatapointSeries? {
        var byHour: [Int64: [Double]] = [:]
        for (time, value) in points { byHour[time.milliseconds / length, default: []].append(value) }
        guard let first = byHour.keys.min(), let last = byHour.keys.max() else { return nil }
        let cells = (first...last).map { byHour[$0].map { $0.sorted().quantile(0.5) } }
        return DatapointSeries(name: name, begin: first, cells: cells)
    }

    static func nabSeries() -> [DatapointSeries] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: nab.path)) ?? []
        return files.filter { $0.hasSuffix(".csv") }.sorted().compactMap { file in
            let text = (try? String(contentsOf: nab.appending(path: file), encoding: .utf8)) ?? ""
            let points = text.split(separator: "\n").dropFirst().compactMap { line -> (Timestamp, Double)? in
                let parts = line.split(separator: ",")
                guard parts.count == 2, let time = Timestamp(text: "\(parts[0])Z"), let value = Double(parts[1]) else {
                    return nil
                }
                return (time, value)
            }
            return datapointSeries(String(file.dropLast(4)), points)
        }
    }

    static func bundledSeries() throws -> [DatapointSeries] {
        let metrics = MetricsFile.read(
            try String(contentsOf: Program.repository.appending(path: "data/metrics.yaml"), encoding: .utf8), file: "m"
        ).value
        var keys: [SeriesKey] = []
        var points: [SeriesKey: [(Timestamp, Double)]] = [:]
        for file in ["cloudwatch.jsonl.gz", "app.csv"] {
            let bytes = Array(try Data(contentsOf: Program.repository.appending(path: "data/samples/\(file)")))
            var own: [SeriesKey] = []
            let context = IngestContext(now: Timestamp(seconds: 1_774_915_200), metrics: metrics)
            let collector = IngestCollector(context: context) { batch in
                own += batch.newSeries
                for record in batch.records {
                    let sample = record.sample
                    // Requests are counted; everything else is a mean.
                    let mean =
                        own[Int(record.series)].name == "Count"
                        ? sample.sum : sample.sum.flatMap { sum in sample.count.map { sum / $0 } } ?? sample.average
                    if let mean { points[own[Int(record.series)], default: []].append((sample.start, mean)) }
                }
            }
            let source = ByteSource(bytes)
            guard let format = try SampleFormat.detect(source) else { continue }
            try format.parse(source, context, collector)
            keys += own
        }
        // Six-hourly charges have too few cells to try much; the others are by the hour or finer.
        return keys.sorted().filter { $0.name != "EstimatedCharges" }.compactMap { key in
            datapointSeries(key.name, points[key] ?? [])
        }
    }

    /// Courses made with known rules, of seeds that nothing was chosen by: four weeks by the hour, three of each family.
    static func simulatedSeries() -> [DatapointSeries] {
        var generator = SplitMix(seed: 20_261_124)
        func noise() -> Double {
            (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0...1, using: &generator) }
        }
        func day(_ hour: Int) -> Double { sin(Double(hour % 24) / 24 * 2 * .pi) }
        var datapointSeriesList: [DatapointSeries] = []
        for family in ["noise", "trend", "day", "week", "growth", "step", "wander", "bursts", "saturation"] {
            for number in 0..<3 {
                let (slope, step) = (
                    Double.random(in: -0.05...0.08, using: &generator), Int.random(in: 200...500, using: &generator)
                )
                var level = 40.0
                let cells = (0..<672).map { hour -> Double? in
                    let plain = 40 + noise() * 2
                    switch family {
                    case "trend": return plain + slope * Double(hour)
                    case "day": return plain + 12 * day(hour)
                    case "week": return plain + 12 * day(hour) - ((hour / 24) % 7 > 4 ? 9 : 0)
                    case "growth": return (plain + 12 * day(hour)) * (1 + Double(hour) / 900)
                    case "step": return plain + (hour > step ? 15 : 0)
                    case "wander":
                        level += noise() * 0.6
                        return level + noise()
                    case "bursts": return plain + (Int.random(in: 0..<12, using: &generator) == 0 ? 45 : 0)
                    case "saturation": return 80 - 50 * exp(-Double(hour) / 250) + noise()
                    default: return plain
                    }
                }
                // A tenth of the hours is missing.
                let holed = cells.map { Int.random(in: 0..<10, using: &generator) == 0 ? nil : $0 }
                datapointSeriesList.append(DatapointSeries(name: "\(family) \(number)", begin: 490_896, cells: holed))
            }
        }
        return datapointSeriesList
    }

    struct Score {
        /// The mean over series of the logarithm of error over the last value's error: each series counts alike.
        var logarithms: [Double] = []
        var count = 0
        var inside = 0
        var bounded = 0

        /// Below 1 is better than "it stays as it is"; nil where nothing was tried.
        var ratio: Double? {
            logarithms.isEmpty ? nil : exp(logarithms.reduce(0, +) / Double(logarithms.count))
        }
        var coverage: Double? { bounded > 0 ? Double(inside) / Double(bounded) : nil }
    }

    /// What the ways made of the courses, a column for each lead.
    struct Trial {
        var scores: [[Score]]
        /// Of each column and course the errors of all ways; courses that tell nothing are left out.
        var errors: [[(datapointSeries: Int, ofWays: [Double])]]
    }

    /// Every way from every `step`-th hour that has a week of history, at most four weeks of it; a column for each lead.
    static func trial(_ datapointSeriesList: [DatapointSeries], _ ways: [Way] = ways, leads: [Int], step: Int) -> Trial {
        var scores = leads.map { _ in [Score](repeating: Score(), count: ways.count) }
        var kept: [[(datapointSeries: Int, ofWays: [Double])]] = leads.map { _ in [] }
        for (number, datapointSeries) in datapointSeriesList.enumerated() {
            var errors = leads.map { _ in [Double](repeating: 0, count: ways.count) }
            for end in stride(from: 168, to: datapointSeries.cells.count, by: step) {
                let history = Array(datapointSeries.cells[max(0, end - 672)..<end])
                let time = Timestamp(milliseconds: (datapointSeries.begin + Int64(end)) * length)
                let foresights = ways.map { $0.fit(history, time) }
                for (column, ahead) in leads.enumerated() where end + ahead <= datapointSeries.cells.count {
                    guard let actual = datapointSeries.cells[end + ahead - 1] else { continue }
                    let found = foresights.compactMap { $0(ahead) }
                    guard found.count == ways.count else { continue }
                    for (index, value) in found.enumerated() {
                        errors[column][index] += abs(value.0 - actual)
                        scores[column][index].count += 1
                        guard let range = value.1 else { continue }
                        scores[column][index].bounded += 1
                        if range.contains(actual) { scores[column][index].inside += 1 }
                    }
                }
            }
            for column in leads.indices {
                // A series that never moves tells nothing of forecasts.
                guard errors[column][0] > 0 else { continue }
                kept[column].append((number, errors[column]))
                for (index, error) in errors[column].enumerated() {
                    scores[column][index].logarithms.append(log(max(error, 1e-9) / errors[column][0]))
                }
            }
        }
        return Trial(scores: scores, errors: kept)
    }

    static func scores(_ datapointSeriesList: [DatapointSeries], _ ways: [Way] = ways, leads: [Int], step: Int) -> [[Score]] {
        trial(datapointSeriesList, ways, leads: leads, step: step).scores
    }

    /// For each column what a way chosen by all other series makes of the series that it was not chosen by.
    static func heldOut(_ trials: [Trial]) -> [Double?] {
        let all = trials.enumerated().flatMap { group, trial in
            trial.errors.flatMap { column in
                column.map { entry in
                    (
                        group: group, datapointSeries: entry.datapointSeries,
                        logarithms: entry.ofWays.map { log(max($0, 1e-9) / entry.ofWays[0]) }
                    )
                }
            }
        }
        func choice(without group: Int, _ datapointSeries: Int) -> Int {
            let others = all.filter { $0.group != group || $0.datapointSeries != datapointSeries }
            let sums = ways.indices.map { way in others.reduce(0) { $0 + $1.logarithms[way] } }
            return sums.indices.min { sums[$0] < sums[$1] } ?? 0
        }
        return trials.enumerated().flatMap { group, trial in
            trial.errors.map { column -> Double? in
                guard !column.isEmpty else { return nil }
                let sum = column.reduce(0) { sum, entry in
                    sum + log(max(entry.ofWays[choice(without: group, entry.datapointSeries)], 1e-9) / entry.ofWays[0])
                }
                return exp(sum / Double(column.count))
            }
        }
    }

    static func table(step: Int) throws -> String {
        // Not a whole number of days ahead, or the last value would be that of the same hour.
        let groups = [
            ("NAB", nabSeries(), [6, 33, 75], step), ("bundled", try bundledSeries(), [6, 33, 171], step),
            ("simulated", simulatedSeries(), [33, 171], step * 5),
        ].filter { !$0.1.isEmpty }
        let trials = groups.map { trial($0.1, leads: $0.2, step: $0.3) }
        let columns = zip(groups, trials).flatMap { group, trial in
            zip(group.2, trial.scores).map { ("\(group.0), \($0) h", $1) }
        }
        func rounded(_ value: Double) -> String { String(format: "%.2f", value) }
        var lines = ["| method | " + columns.map(\.0).joined(separator: " | ") + " |"]
        lines.append("|" + String(repeating: " --- |", count: columns.count + 1))
        for (index, way) in ways.enumerated() {
            let cells = columns.map { _, scores -> String in
                let score = scores[index]
                guard let ratio = score.ratio else { return "" }
                return rounded(ratio) + (score.coverage.map { ", \(Int(($0 * 100).rounded())) %" } ?? "")
            }
            lines.append("| \(way.name) | " + cells.joined(separator: " | ") + " |")
        }
        let heldOut = heldOut(trials).map { $0.map(rounded) ?? "" }
        lines.append("| *best method on all other series* | " + heldOut.joined(separator: " | ") + " |")
        let tries = columns.map { "\($0.0): \($0.1.first?.count ?? 0)" }.joined(separator: "; ")
        return lines.joined(separator: "\n") + "\n\nNumber of forecasts: \(tries).\n"
    }

    @Test(
        "the whole comparison, written where scripts/forecast-compare wants it",
        .enabled(if: ProcessInfo.processInfo.environment["COMPARE_FORECASTS"] != nil, "scripts/forecast-compare runs it"))
    func whole() throws {
        let file = try #require(ProcessInfo.processInfo.environment["COMPARE_FORECASTS"])
        try Self.table(step: 13).write(toFile: file, atomically: true, encoding: .utf8)
    }

    @Test(
        "the chosen way beats the last value and least squares on bundled series, and its interval holds", .tags(.slow),
        .onlyWithSlowTests)
    func bundled() throws {
        let ways = [Self.lastValue, Self.leastSquares, Self.chosen]
        for column in Self.scores(try Self.bundledSeries(), ways, leads: [33, 171], step: 131) {
            #expect(column[2].count > 20)
            let ratio = try #require(column[2].ratio)
            #expect(ratio < 1 && ratio < column[1].ratio ?? 0)
            #expect((0.6...1).contains(column[2].coverage ?? 0))
        }
    }

    @Test(
        "so it does on real series",
        .enabled(if: FileManager.default.fileExists(atPath: nab.path), "the folder shared/data/nab is absent"))
    func real() throws {
        let ways = [Self.lastValue, Self.leastSquares, Self.chosen]
        for column in Self.scores(Self.nabSeries(), ways, leads: [33], step: 31) {
            #expect(column[2].count > 20)
            #expect(try #require(column[2].ratio) < column[1].ratio ?? 0)
            #expect((0.6...1).contains(column[2].coverage ?? 0))
        }
    }
}
