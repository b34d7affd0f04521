import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorCore

/// Ways of forecasting, tried from many instants of real and bundled series against what came.
///
/// `scripts/forecast-compare` writes the table of all instants into `Documentation.docc/Forecasting.md`; the suite tries few.
@Suite("Forecasts against what came")
struct ForecastComparison {
    static let nab = Program.repository.appending(path: "../shared/data/nab").standardized
    static let length: Int64 = 3_600_000

    struct Way: Sendable {
        var name: String
        /// The value expected so many cells ahead, and its interval; nil where it says nothing.
        var forecast: @Sendable (_ cells: [Double?], _ end: Timestamp, _ ahead: Int) -> (Double, ClosedRange<Double>?)?
    }

    static func robust(_ name: String, _ method: Forecast.Method) -> Way {
        Way(name: name) { cells, end, ahead in
            guard
                case .forecast(let forecast) = Forecast.fit(
                    cells, length: length, endingAt: end, needs: Forecast.leastHistory, by: method)
            else { return nil }
            let instant = end + .milliseconds((Int64(ahead) - 1) * length)
            return (forecast.value(at: instant), forecast.interval(at: instant))
        }
    }

    static let ways: [Way] = [
        Way(name: "last value") { cells, _, _ in cells.last { $0 != nil }.flatMap { $0 }.map { ($0, nil) } },
        Way(name: "same hour, last known day") { cells, _, ahead in
            stride(from: cells.count + ahead - 1, to: -1, by: -24).lazy.filter { $0 < cells.count }.compactMap { cells[$0] }.first
                .map { ($0, nil) }
        },
        Way(name: "mean of all") { cells, _, _ in
            let known = cells.compactMap { $0 }
            return (known.reduce(0, +) / Double(known.count), nil)
        },
        Way(name: "least squares") { cells, _, ahead in
            let points = cells.enumerated().compactMap { index, value in value.map { (Double(index), $0) } }
            let count = Double(points.count)
            let (x, y) = (points.map(\.0).reduce(0, +) / count, points.map(\.1).reduce(0, +) / count)
            let covariance = points.map { ($0.0 - x) * ($0.1 - y) }.reduce(0, +)
            let variance = points.map { ($0.0 - x) * ($0.0 - x) }.reduce(0, +)
            return (y + covariance / variance * (Double(cells.count + ahead - 1) - x), nil)
        },
        robust("Theil–Sen", Forecast.Method(isSeasonal: false, wantsSignificance: false, isRecent: false)),
        robust("Theil–Sen, significant", Forecast.Method(isSeasonal: false, wantsSignificance: true, isRecent: false)),
        robust(
            "Theil–Sen, significant, last day's level",
            Forecast.Method(isSeasonal: false, wantsSignificance: true, isRecent: true)),
        robust("Theil–Sen, seasons", Forecast.Method(isSeasonal: true, wantsSignificance: false, isRecent: false)),
        robust("Theil–Sen, seasons, significant", Forecast.Method(isSeasonal: true, wantsSignificance: true, isRecent: false)),
        robust(
            "Theil–Sen, seasons, last day's level", Forecast.Method(isSeasonal: true, wantsSignificance: false, isRecent: true)),
        robust("Theil–Sen, seasons, significant, last day's level", Forecast.Method()),
    ]

    struct Course: Sendable {
        var name: String
        var begin: Int64
        var cells: [Double?]
    }

    /// The hourly medians of a series.
    static func course(_ name: String, _ points: [(Timestamp, Double)]) -> Course? {
        var byHour: [Int64: [Double]] = [:]
        for (instant, value) in points { byHour[instant.milliseconds / length, default: []].append(value) }
        guard let first = byHour.keys.min(), let last = byHour.keys.max() else { return nil }
        let cells = (first...last).map { byHour[$0].map { Aggregation.interpolated($0.sorted(), 0.5) } }
        return Course(name: name, begin: first, cells: cells)
    }

    static func nabCourses() -> [Course] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: nab.path)) ?? []
        return files.filter { $0.hasSuffix(".csv") }.sorted().compactMap { file in
            let text = (try? String(contentsOf: nab.appending(path: file), encoding: .utf8)) ?? ""
            let points = text.split(separator: "\n").dropFirst().compactMap { line -> (Timestamp, Double)? in
                let parts = line.split(separator: ",")
                guard parts.count == 2, let instant = Timestamp(text: "\(parts[0])Z"), let value = Double(parts[1]) else {
                    return nil
                }
                return (instant, value)
            }
            return course(String(file.dropLast(4)), points)
        }
    }

    static func bundledCourses() throws -> [Course] {
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
                    let mean = sample.sum.flatMap { sum in sample.count.map { sum / $0 } } ?? sample.average ?? sample.maximum
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
            course(key.name, points[key] ?? [])
        }
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

    /// Every way from every `step`-th hour that has a week of history, at most four weeks of it.
    static func scores(_ courses: [Course], _ ways: [Way] = ways, ahead: Int, step: Int) -> [Score] {
        var scores = [Score](repeating: Score(), count: ways.count)
        for course in courses {
            var errors = [Double](repeating: 0, count: ways.count)
            for end in stride(from: 168, through: course.cells.count - ahead, by: step) {
                guard let actual = course.cells[end + ahead - 1] else { continue }
                let history = Array(course.cells[max(0, end - 672)..<end])
                let instant = Timestamp(milliseconds: (course.begin + Int64(end)) * length)
                let found = ways.compactMap { $0.forecast(history, instant, ahead) }
                guard found.count == ways.count else { continue }
                for (index, value) in found.enumerated() {
                    errors[index] += abs(value.0 - actual)
                    scores[index].count += 1
                    guard let range = value.1 else { continue }
                    scores[index].bounded += 1
                    if range.contains(actual) { scores[index].inside += 1 }
                }
            }
            // A series that never moves tells nothing of forecasts.
            guard errors[0] > 0 else { continue }
            for (index, error) in errors.enumerated() { scores[index].logarithms.append(log(max(error, 1e-9) / errors[0])) }
        }
        return scores
    }

    static func table(step: Int) throws -> String {
        let groups = [("NAB", nabCourses(), [6, 24, 72]), ("bundled", try bundledCourses(), [6, 24, 168])]
        var columns: [(String, [Score])] = []
        for (name, courses, leads) in groups where !courses.isEmpty {
            for ahead in leads { columns.append(("\(name), \(ahead) h", scores(courses, ahead: ahead, step: step))) }
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
        let tries = columns.map { "\($0.0): \($0.1.first?.count ?? 0)" }.joined(separator: "; ")
        return lines.joined(separator: "\n") + "\n\nForecasts tried: \(tries).\n"
    }

    @Test(
        "the whole comparison, written where scripts/forecast-compare wants it",
        .enabled(if: ProcessInfo.processInfo.environment["COMPARE_FORECASTS"] != nil, "scripts/forecast-compare runs it"))
    func whole() throws {
        let file = try #require(ProcessInfo.processInfo.environment["COMPARE_FORECASTS"])
        try Self.table(step: 3).write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// Last value, least squares, and the chosen way: what the suite has time for.
    private static let few = [ways[0], ways[3], ways[ways.count - 1]]

    @Test(
        "the chosen way beats least squares on real series, and its interval holds",
        .enabled(if: FileManager.default.fileExists(atPath: nab.path), "the folder shared/data/nab is absent"))
    func real() throws {
        let scores = Self.scores(Self.nabCourses(), Self.few, ahead: 24, step: 31)
        let chosen = scores[2]
        #expect(chosen.count > 20)
        #expect(try #require(chosen.ratio) < scores[1].ratio ?? 0)
        #expect((0.55...1).contains(chosen.coverage ?? 0))
    }
}
