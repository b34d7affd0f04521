import AdvisorCore
import AdvisorEngine
import ArgumentParser
import Foundation

/// `advisor store export`: the samples as text for other programs.
struct StoreExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the samples as CSV, which `ingest` reads, or OpenMetrics.")

    @Option(help: ArgumentHelp("\(SampleExporter.Format.list).", valueName: "format"))
    var format = SampleExporter.Format.csv
    @Option(help: ArgumentHelp("Start, inclusive (default: first sample).", valueName: "time"))
    var from: Timestamp?
    @Option(help: ArgumentHelp("End, exclusive (default: after the last sample).", valueName: "time"))
    var to: Timestamp?
    @Option(help: ArgumentHelp("Only series with this resource in a dimension.", valueName: "id"))
    var resource: String?
    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let store = try options.readStore()
        let exporter = try SampleExporter(store: store, resource: resource, from: from, to: to)
        guard let path = output.output else { return try exporter.write(as: format, to: Console.data) }
        let file = try OutputFile(path, in: .current)
        defer { file.abandon() }
        try exporter.write(as: format, to: file.write)
        try file.finish()
    }
}
