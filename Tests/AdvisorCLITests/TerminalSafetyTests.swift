import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

/// Nothing that a terminal obeys or hides comes from data, whatever prints it.
@Suite("Terminal safety")
struct TerminalSafetyTests {
    /// A name that clears the screen, turns the line around, hides a letter and fakes a line.
    static let hostile = "x\u{1B}[2J\u{9B}31m\u{202E}y\u{200B}z\u{E0041}\rq\nadvisor: all is well"

    static let commands: [[String]] = [
        [hostile], ["report", hostile], ["--\(hostile)"], ["rules", hostile], ["ingest", hostile], ["alerts", "show", hostile],
        ["report", "--stack", hostile], ["report", "--db", hostile], ["rules", "explain", hostile],
        ["report", "--format", hostile],
        ["report", "--now", hostile], ["rules", "list"], ["report"], ["rules", "list", "--format", "json"], ["status"],
        ["ingest", "--metric", hostile, "--resource", hostile, "--value", "1"], ["ingest", "bad.csv"],
        ["alerts", "test", hostile],
        ["store", "backup", hostile], ["deliver", "--stack", "hostile.yaml"], ["report", "--stack", "hostile.yaml"],
    ]

    @Test("no command repeats control, zero-width or bidirectional characters", arguments: commands)
    func command(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        let quoted = JSONValue.text(Self.hostile).line()
        _ = try folder.write(
            "name: \(quoted)\nresources: [{ id: \(quoted), kind: database, note: \(quoted) }]\n", to: "advisor.yaml")
        _ = try folder.write("\(quoted): 1\nresources: [{ id: a, kind: \(quoted) }]\n", to: "hostile.yaml")
        _ = try folder.write("timestamp,metric,resource,value\n\(Self.hostile),cpu,\(Self.hostile),1\n", to: "bad.csv")
        _ = try folder.write(
            "rules:\n  - id: mine\n    title: \(quoted)\n    applies_to: database\n    when: avg(cpu) > 80%\n    cite: \(quoted)\n",
            to: "rules/mine.yaml")
        _ = try Program.run(
            ["ingest", "--metric", "cpu", "--resource", Self.hostile, "--value", "91", "--now", "2026-12-31T23:00:00Z"],
            in: folder.url)
        let run = try Program.run(arguments, in: folder.url, input: Self.hostile)
        for text in [run.output, run.errors] {
            let unsafe = text.unicodeScalars.filter { $0 != "\n" && SafeText.isUnsafe($0) }
            #expect(unsafe.isEmpty, "\(text.debugDescription)")
            #expect(!text.split(separator: "\n").contains("advisor: all is well"), "\(text.debugDescription)")
        }
    }

    @Test("an export stays as it is, so that it can be read back")
    func export() throws {
        let folder = try TemporaryFolder()
        let name = "a\u{200B}b"
        let ingest = ["ingest", "--metric", "cpu", "--resource", name, "--value", "91", "--now", "2026-12-31T23:00:00Z"]
        #expect(try Program.run(ingest, in: folder.url).status == 0)
        #expect(try Program.run(["store", "export"], in: folder.url).output.contains(name))
    }
}
