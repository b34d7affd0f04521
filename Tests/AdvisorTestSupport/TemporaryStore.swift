import AdvisorCore
package import AdvisorStore
package import Foundation

/// A store in a folder that goes away with its last user.
package final class TemporaryStore: Sendable {
    /// The store's file.
    package let file: URL
    private let folder: TemporaryFolder

    /// An empty folder; the file is not made yet.
    package init() throws {
        folder = try TemporaryFolder()
        file = folder.url.appending(path: "advisor.sqlite")
    }

    /// Where the file is, or will be.
    package var path: String { file.path }

    /// The store, made when it is missing.
    package func open(patience: Duration = .seconds(30)) throws -> Store {
        let exists = FileManager.default.fileExists(atPath: path)
        return try Store(path: path, create: true, exists: exists, patience: patience)
    }

    /// Runs SQL on the file from another process, and returns what it printed.
    @discardableResult
    package func sql(_ text: String) throws -> String {
        try SQLiteShell.run(text, on: path).trimmingCharacters(in: .newlines)
    }

    /// Holds the file for writing until the value returned goes away.
    package func lock() throws -> Lock { try Lock(path: path) }

    /// Another process that holds a store for writing.
    package final class Lock: Sendable {
        private let input: FileHandle
        private let output: FileHandle
        private let process: Process

        fileprivate init(path: String) throws {
            let (input, output) = (Pipe(), Pipe())
            process = Process()
            process.executableURL = URL(filePath: "/usr/bin/sqlite3")
            process.arguments = [path]
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            self.input = input.fileHandleForWriting
            self.output = output.fileHandleForReading
            try self.input.write(contentsOf: Data("BEGIN EXCLUSIVE;\nSELECT 'held';\n".utf8))
            _ = self.output.availableData
        }

        deinit {
            try? input.close()
            process.waitUntilExit()
        }
    }
}
