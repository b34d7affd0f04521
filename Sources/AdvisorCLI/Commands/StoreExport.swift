import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation

/// `advisor store export`: the samples as text for other programs.
struct StoreExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the samples as CSV, which `ingest` reads, or OpenMetrics.")

    /// The format of the samples.
    enum Format: String, NamedArgument {
        case csv, openmetrics

        static var kind: String { "format" }
    }

    @Option(help: ArgumentHelp("\(Format.list).", valueName: "format"))
    var format = Format.csv
    @Option(help: ArgumentHelp("Start, inclusive (default: first sample).", valueName: "time"))
    var from: Timestamp?
    @Option(help: ArgumentHelp("End, exclusive (default: after the last sample).", valueName: "time"))
    var to: Timestamp?
    @Option(help: ArgumentHelp("Only series with this resource in a dimension.", valueName: "id"))
    var resource: String?
    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let store = try options.openStore(create: false)
        let all = try store.allSeries(before: Timestamp(milliseconds: .max))
        let series = all.filter { series in resource.map { id in series.key.dimensions.contains { $0.value == id } } ?? true }
        if let resource, series.isEmpty {
            let known = Set(all.flatMap { $0.key.dimensions.map(\.value) }).sorted()
            throw ExitError(
                .noInput, "advisor: no series of '\(resource)' in the store\(DidYouMean.hint(for: resource, among: known))")
        }
        let file = try OutputFile(output.output)
        defer { file.abandon() }
        switch format {
        case .csv:
            try file.write(CSVExport.header)
            for series in series { try file.write(CSVExport.lines(series.key, try samples(of: series, store))) }
        case .openmetrics:
            let ids = Dictionary(series.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
            for family in OpenMetricsExport.families(of: series.map(\.key), percentiles: try store.percentileNames()) {
                var isBegun = false
                for series in family.series.compactMap({ ids[$0] }) {
                    let lines = OpenMetricsExport.lines(family, series.key, try samples(of: series, store))
                    guard !lines.isEmpty else { continue }
                    if !isBegun { try file.write(OpenMetricsExport.header(family)) }
                    isBegun = true
                    try file.write(lines)
                }
            }
            try file.write(OpenMetricsExport.end)
        }
        try file.finish()
    }

    private func samples(of series: StoredSeries, _ store: Store) throws -> [Sample] {
        try store.samples(
            of: series.id, from: from ?? Timestamp(milliseconds: .min), to: to ?? Timestamp(milliseconds: .max))
    }

    /// Standard output, or a file that appears when it is complete.
    private final class OutputFile {
        private let path: String?
        private var part: String { "\(path ?? "").part-\(ProcessInfo.processInfo.processIdentifier)" }
        private var handle: FileHandle?
        /// A device or a pipe is written at once.
        private let isSpecial: Bool

        init(_ given: String?) throws {
            path = given.map(FileSystem.current.linkTarget)
            isSpecial = path.map(FileSystem.current.isSpecial) ?? false
            guard let path else { return }
            if isSpecial {
                guard let handle = FileHandle(forWritingAtPath: FileSystem.current.resolve(path)) else {
                    throw ExitError(.io, "\(path): cannot be written")
                }
                self.handle = handle
                return
            }
            guard FileManager.default.createFile(atPath: FileSystem.current.resolve(part), contents: nil),
                let handle = FileHandle(forWritingAtPath: FileSystem.current.resolve(part))
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
            try FileSystem.current.move(part, to: path)
        }

        func abandon() {
            guard let handle else { return }
            try? handle.close()
            guard !isSpecial else { return }
            FileSystem.current.remove(part)
        }
    }
}
