internal import Foundation

/// The `sqlite3` program, which sees a store as another process does.
public enum SQLiteShell {
    /// Runs SQL on a file, and waits up to ten seconds for its locks.
    /// - Returns: What it printed.
    @discardableResult
    public static func run(_ text: String, on path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = ["-cmd", ".timeout 10000", path, text]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
