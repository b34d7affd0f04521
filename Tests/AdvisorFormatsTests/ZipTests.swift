import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorFormats

@Suite("Zip archives")
struct ZipTests {
    /// An archive as Python's zipfile writes it; each file deflated or stored.
    static func archive(_ files: [(name: String, text: String)], stored: Bool = false, isStream: Bool = false) throws -> [UInt8] {
        let script = """
            import io,json,sys,zipfile
            class Pipe(io.RawIOBase):
                def __init__(self): self.data = b''
                def writable(self): return True
                def write(self, data): self.data += bytes(data); return len(data)
            out = Pipe() if \(isStream ? "True" : "False") else io.BytesIO()
            with zipfile.ZipFile(out, 'w', zipfile.\(stored ? "ZIP_STORED" : "ZIP_DEFLATED")) as archive:
                for name, text in json.load(sys.stdin): archive.writestr(name, text)
            sys.stdout.buffer.write(out.data if \(isStream ? "True" : "False") else out.getvalue())
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        let list = JSONValue.array(files.map { .array([.text($0.name), .text($0.text)]) }).render()
        try input.fileHandleForWriting.write(contentsOf: Data(list.utf8))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }

    private static func texts(_ bytes: [UInt8], chunk: Int = 1 << 20) throws -> [String: String] {
        let files = try #require(try ByteSource(bytes, chunk: chunk).archivedFiles())
        return try Dictionary(
            uniqueKeysWithValues: files.map { file in
                let text = String(decoding: try file.source.rest(limit: 1 << 24), as: UTF8.self)
                return (file.name, file.source.failure ?? text)
            })
    }

    @Test("gives its files, however they are stored", arguments: [false, true], [false, true])
    func files(_ stored: Bool, _ isStream: Bool) throws {
        let long = (0..<200_000).map { "\($0 &* 2_654_435_761 % 1_000_003)\n" }.joined()
        let files = [("a.csv", "timestamp,value\n"), ("folder/b.csv", long), ("__MACOSX/._a.csv", "x"), ("empty", "")]
        let bytes = try Self.archive(files, stored: stored, isStream: isStream)
        for chunk in [100, 1 << 20] {
            #expect(try Self.texts(bytes, chunk: chunk) == ["a.csv": "timestamp,value\n", "folder/b.csv": long, "empty": ""])
        }
    }

    @Test("damage is named, never read as something else")
    func damage() throws {
        let text = (0..<5000).map { "line \($0)\n" }.joined()
        let bytes = try Self.archive([("a.csv", text)])
        #expect(try Self.texts(Array(bytes.dropLast(30))) == ["": "truncated zip file"])
        var generator = SplitMix(seed: 3)
        for _ in 0..<300 {
            var changed = bytes
            changed[Int.random(in: 4..<changed.count, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            guard let files = try ByteSource(changed).archivedFiles() else { continue }
            for file in files {
                let read = String(decoding: try file.source.rest(limit: 1 << 24), as: UTF8.self)
                #expect(read == text || file.source.failure != nil)
            }
        }
    }

    @Test("anything else is no archive")
    func others() throws {
        #expect(try ByteSource(Array("timestamp,value".utf8)).archivedFiles() == nil)
        #expect(try ByteSource([]).archivedFiles() == nil)
    }
}
