import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation

/// `advisor store export`: the samples as text for other programs.
struct StoreExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the samples as CSV that `ingest` reads back, or as OpenMetrics text.")

    /// What samples are written as.
    enum Form: String, CaseIterable, ExpressibleByArgument {
        case csv, openmetrics
    }

    @Option(help: ArgumentHelp("csv or openmetrics.", valueName: "form"))
    var format = Form.csv
    @Option(help: ArgumentHelp("The first instant (default: the first sample).", valueName: "rfc3339"))
    var from: String?
    @Option(help: ArgumentHelp("The first instant after it (default: after the last sample).", valueName: "rfc3339"))
    var to: String?
    @Option(help: ArgumentHelp("Series that name this resource in a dimension alone.", valueName: "id"))
    var resource: String?
    @OptionGroup var options: CommonOptions

    func validate() throws {
        for text in [from, to] {
            if let text, Timestamp(text: text) == nil {
                throw ValidationError("'\(text)' is no instant; write it as 2026-03-31T00:00:00Z")
            }
        }
    }

    func run() throws {
        let store = try options.openStore(create: false)
        let all = try store.allSeries(before: Timestamp(milliseconds: .max))
        let series = all.filter { series in resource.map { id in series.key.dimensions.contains { $0.value == id } } ?? true }
        if let resource, series.isEmpty {
            let known = Set(all.flatMap { $0.key.dimensions.map(\.value) }).sorted()
            throw ExitError(
                .noInput, "advisor: no series of '\(resource)' in the store\(DidYouMean.hint(for: resource, among: known))")
        }
        let output = try Output(options.output)
        defer { output.abandon() }
        switch format {
        case .csv:
            try output.write(CSVExport.header)
            for series in series { try output.write(CSVExport.lines(series.key, try samples(of: series, store))) }
        case .openmetrics:
            let ids = Dictionary(series.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
            for family in OpenMetricsExport.families(of: series.map(\.key), percentiles: try store.percentileNames()) {
                var isBegun = false
                for series in family.series.compactMap({ ids[$0] }) {
                    let lines = OpenMetricsExport.lines(family, series.key, try samples(of: series, store))
                    guard !lines.isEmpty else { continue }
                    if !isBegun { try output.write(OpenMetricsExport.header(family)) }
                    isBegun = true
                    try output.write(lines)
                }
            }
            try output.write(OpenMetricsExport.end)
        }
        try output.finish()
    }

    private func samples(of series: StoredSeries, _ store: Store) throws -> [Sample] {
        try store.samples(
            of: series.id, from: from.flatMap { Timestamp(text: $0) } ?? Timestamp(milliseconds: .min),
            to: to.flatMap { Timestamp(text: $0) } ?? Timestamp(milliseconds: .max))
    }

    /// Standard output, or a file that appears when it is whole.
    private final class Output {
        private let path: String?
        private var part: String { "\(path ?? "").part-\(ProcessInfo.processInfo.processIdentifier)" }
        private var handle: FileHandle?
        /// A device or a pipe is written as it comes.
        private let isSpecial: Bool

        init(_ given: String?) throws {
            path = given.map(Files.linkTarget)
            isSpecial = path.map(Files.isSpecial) ?? false
            guard let path else { return }
            if isSpecial {
                guard let handle = FileHandle(forWritingAtPath: Files.resolve(path)) else {
                    throw ExitError(.io, "\(path): cannot be written")
                }
                self.handle = handle
                return
            }
            guard FileManager.default.createFile(atPath: Files.resolve(part), contents: nil),
                let handle = FileHandle(forWritingAtPath: Files.resolve(part))
            else {
                throw ExitError(.io, "\(path): cannot be written")
            }
            self.handle = handle
        }

        func write(_ text: String) throws {
            guard let handle else { return Console.out(text) }
            do { try handle.write(contentsOf: Data(text.utf8)) } catch {
                throw ExitError(.io, "\(path ?? ""): cannot be written; is the disk full?")
            }
        }

        func finish() throws {
            guard let handle, let path else { return }
            try? handle.close()
            self.handle = nil
            guard !isSpecial else { return }
            try Files.move(part, to: path)
        }

        func abandon() {
            guard let handle else { return }
            try? handle.close()
            guard !isSpecial else { return }
            Files.remove(part)
        }
    }
}
