internal import Foundation
public import Testing

/// Compares text with a file of the repository; `RECORD=1` writes the file anew.
public enum Golden {
    /// Expects `text` to be what the file `Golden/name` beside the test says.
    public static func expect(
        _ text: String, is name: String, besides test: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = URL(filePath: test).deletingLastPathComponent().appending(path: "Golden/\(name)")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            return
        }
        let recorded = try String(contentsOf: file, encoding: .utf8)
        #expect(text == recorded, "\(name) differs; RECORD=1 records it anew", sourceLocation: sourceLocation)
    }
}
