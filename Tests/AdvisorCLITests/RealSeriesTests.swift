import AdvisorTestSupport
import Foundation
import Testing

/// Real CloudWatch series (Numenta Anomaly Benchmark); beside the repository where there are any, never in it.
@Suite("Real series (Numenta Anomaly Benchmark)")
struct RealSeriesTests {
    private static let folder = Program.repository.appending(path: "../shared/data/nab").standardized

    struct File: Sendable, CustomTestStringConvertible {
        let name: String
        let metric: String
        var testDescription: String { name }
    }

    static let files = [
        File(name: "rds_cpu_utilization_cc0c53", metric: "cpu"), File(name: "ec2_cpu_utilization_825cc2", metric: "cpu"),
        File(name: "ec2_cpu_utilization_ac20cd", metric: "cpu"), File(name: "ec2_network_in_5abac7", metric: "network_in"),
        File(name: "elb_request_count_8c0756", metric: "request_count"),
    ]

    /// Five minutes, in seconds.
    private static let step = 300

    /// The greatest value of each stamp, by its seconds since 1970.
    private static func values(_ text: String) -> [Int: Double] {
        let formatter = DateFormatter()
        formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.locale = Locale(identifier: "en_US_POSIX")
        var result: [Int: Double] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",")
            guard cells.count == 2, let date = formatter.date(from: String(cells[0])),
                let value = Double(cells[1].filter { $0 != "\r" })
            else { continue }
            let stamp = Int(date.timeIntervalSince1970)
            result[stamp] = max(result[stamp] ?? value, value)
        }
        return result
    }

    /// Episodes over 80 %, counted without the evaluator: at each five minutes' end the newest of the last three datapoints
    /// decides, and none of them means no data.
    ///
    /// With fewer than three samples a database's CPU counts as published each minute: the first one alone, if it breaches,
    /// alarms when it is five minutes old.
    private static func episodes(_ stamps: [Int: Double]) -> [[String]] {
        let values = Dictionary(grouping: stamps, by: { $0.key / step }).mapValues { group in
            group.map(\.value).reduce(0, +) / Double(group.count)
        }
        guard let first = values.keys.min(), let last = values.keys.max(), let earliest = stamps.keys.min() else { return [] }
        let formatter = ISO8601DateFormatter()
        var result: [[String]] = []
        var isOpen = false
        for number in first...(last + 10) {
            let newest = [number, number - 1, number - 2].lazy.compactMap { values[$0] }.first
            let isAlarm = newest.map { $0 > 80 } ?? false
            guard isAlarm != isOpen else { continue }
            let end = formatter.string(from: Date(timeIntervalSince1970: Double((number + 1) * step)))
            if isAlarm, number == first {
                result.append([formatter.string(from: Date(timeIntervalSince1970: Double(earliest + step)))])
            } else if isAlarm {
                result.append([end])
            } else {
                result[result.count - 1].append(end)
            }
            isOpen = isAlarm
        }
        return result
    }

    private struct Backtest: Decodable {
        struct Episode: Decodable {
            var rule: String
            var start: String
            var end: String?
        }
        var episodes: [Episode]
    }

    @Test(
        "goes in whole, twice changes nothing, shuffled is the same, and CPU episodes are those counted by hand",
        .enabled(if: FileManager.default.fileExists(atPath: folder.path), "the folder shared/data/nab is absent"),
        arguments: SlowTests.cases(files, quick: 1))
    func series(_ file: File) throws {
        let text = try String(contentsOf: Self.folder.appending(path: file.name + ".csv"), encoding: .utf8)
        let folder = try TemporaryFolder()
        _ = try folder.write(text, to: "series.csv")
        var lines = text.split(separator: "\n")
        let header = lines.removeFirst()
        var generator = SplitMix(seed: 42)
        lines.shuffle(using: &generator)
        _ = try folder.write(([header] + lines).joined(separator: "\n") + "\n", to: "shuffled.csv")
        let stack = "resources:\n  - { id: x, kind: database, tier: db.t4g.micro, allocated_storage: 20GiB }\n"
        _ = try folder.write(stack, to: "advisor.yaml")
        let series = ["--metric", file.metric, "--resource", "x"]
        let values = Self.values(text)
        let first = try Program.run(["ingest", "series.csv"] + series, in: folder.url)
        #expect(first.status == 0)
        #expect(first.output.hasPrefix("\(values.count) new, 0 unchanged, "))
        let second = try Program.run(["ingest", "series.csv"] + series, in: folder.url)
        #expect(second.output.hasPrefix("0 new, \(values.count) unchanged, "))
        let shuffled = try Program.run(["ingest", "shuffled.csv"] + series, in: folder.url)
        #expect(shuffled.output.hasPrefix("0 new, \(values.count) unchanged, "))
        guard file.metric == "cpu" else { return }
        let run = try Program.run(["backtest", "--rule", "database-cpu-sustained", "--format", "json"], in: folder.url)
        let backtest = try JSONDecoder().decode(Backtest.self, from: Data(run.output.utf8))
        let found = backtest.episodes.map { [$0.start] + ($0.end.map { [$0] } ?? []) }
        #expect(found == Self.episodes(values))
    }
}
