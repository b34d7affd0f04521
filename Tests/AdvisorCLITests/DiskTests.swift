import AdvisorTestSupport
import Foundation
import Testing

@Suite("Full and read-only disks", .serialized, .tags(.slow), .onlyWithSlowTests)
struct DiskTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static func shell(_ command: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static func csv(_ minutes: Range<Int>) -> String {
        let start = Date(timeIntervalSince1970: 1_767_225_600)
        let lines = minutes.map { "\(Int(start.timeIntervalSince1970) + $0 * 60),cpu,db,\($0 % 50),60" }
        return (["timestamp,metric,resource,value,period"] + lines).joined(separator: "\n") + "\n"
    }

    private func run(_ day: String) throws -> Program.Run {
        try Program.runProcess(["run", "--dir", "disk", "--accept-clock", "--now", "2026-01-\(day)T00:00:00Z"], in: folder.url)
    }

    @Test("a full disk, then a read-only one: said, nothing lost, and the next run goes on")
    func disk() throws {
        let place = folder.url.appending(path: "disk")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        guard try Self.shell("mount -t tmpfs -o size=1m tmpfs \(place.path)") == 0 else {
            return print("skipped: this user may not mount a small tmpfs")
        }
        defer { _ = try? Self.shell("umount -l \(place.path)") }
        _ = try folder.write("ingest: [../exports/]\nalerts: { stale_after: never }\n", to: "disk/advisor.yaml")
        _ = try folder.write(Self.csv(0..<1000), to: "exports/1.csv")
        let first = try run("02")
        #expect(first.status == 0, "\(first.errors)")

        _ = try folder.write(Self.csv(1000..<40_000), to: "exports/2.csv")
        let full = try run("29")
        #expect(full.status == 74)
        #expect(full.errors.contains("disk/advisor.db: disk full; the batch was not stored\n"), "\(full.errors)")
        let check = try Program.runProcess(["store", "check", "--dir", "disk"], in: folder.url)
        #expect(check.output.contains("no problems; "), "\(check.output)\(check.errors)")

        #expect(try Self.shell("mount -o remount,ro,size=1m \(place.path)") == 0)
        let readOnly = try run("29")
        #expect(readOnly.status == 74)
        #expect(
            readOnly.errors.contains("disk/advisor.db.lock: cannot be created: Read-only file system"),
            "\(readOnly.errors)")

        #expect(try Self.shell("mount -o remount,rw,size=64m \(place.path)") == 0)
        let next = try run("29")
        #expect(next.status == 0, "\(next.errors)")
        let after = try Program.runProcess(["store", "check", "--dir", "disk"], in: folder.url)
        #expect(after.status == 0)
        #expect(after.output.contains("no problems; "), "\(after.output)")
    }
}
