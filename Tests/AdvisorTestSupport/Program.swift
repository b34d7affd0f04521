public import Foundation

/// The built program, run as users run it.
public enum Program {
    /// What a run printed and how it ended.
    public struct Run: Sendable {
        /// Standard output.
        public let output: String
        /// Standard error.
        public let errors: String
        /// The exit code.
        public let status: Int32

        /// A run that printed this and ended so.
        public init(output: String, errors: String, status: Int32) {
            (self.output, self.errors, self.status) = (output, errors, status)
        }
    }

    /// The repository's folder.
    public static let repository = URL(filePath: #filePath).appending(path: "../../..").standardized

    /// The built executable.
    public static var binary: URL {
        let besides = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent().appending(path: "advisor")
        let usual = repository.appending(path: ".build/debug/advisor")
        return FileManager.default.isExecutableFile(atPath: besides.path) ? besides : usual
    }

    /// `advisor` with these arguments, not yet started; what it prints is thrown away.
    public static func process(_ arguments: [String], in folder: URL) throws -> Process {
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp"]
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        return process
    }

    /// Runs `advisor` with these arguments.
    /// - Parameters:
    ///   - arguments: Without the program's name.
    ///   - folder: The current folder of the run.
    ///   - input: Standard input.
    ///   - environment: Added to a bare environment.
    /// - Returns: What it printed and how it ended.
    /// - Throws: When it cannot be started.
    public static func run(
        _ arguments: [String], in folder: URL? = nil, input: String = "", environment: [String: String] = [:]
    ) throws -> Run {
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.currentDirectoryURL = folder ?? FileManager.default.temporaryDirectory
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp"].merging(environment) { $1 }
        let scratch = FileManager.default.temporaryDirectory.appending(path: "advisor-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files, not pipes: a pipe without a reader stops the program.
        let names = ["in", "out", "err"].map { scratch.appending(path: $0) }
        try Data(input.utf8).write(to: names[0])
        for name in names.dropFirst() { try Data().write(to: name) }
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        try process.run()
        process.waitUntilExit()
        func text(_ name: URL) throws -> String { String(decoding: try Data(contentsOf: name), as: UTF8.self) }
        return Run(output: try text(names[1]), errors: try text(names[2]), status: process.terminationStatus)
    }
}

/// A folder that goes away with its last user.
public final class TemporaryFolder: Sendable {
    /// Where it is.
    public let url: URL

    /// Makes an empty folder.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "advisor-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Writes a file in it, and says where it is.
    public func write(_ text: String, to name: String) throws -> String {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
