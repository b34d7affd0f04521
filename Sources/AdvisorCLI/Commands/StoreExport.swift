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
        let store = try options.openStore(create: false)
        let exporter = try SampleExporter(store: store, resource: resource, from: from, to: to)
        let file = try OutputFile(output.output)
        defer { file.abandon() }
        try exporter.write(as: format, to: file.write)
        try file.finish()
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
