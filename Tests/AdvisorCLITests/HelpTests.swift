import AdvisorCLI
import AdvisorTestSupport
import ArgumentParser
import Testing

@Suite("Help pages")
struct HelpTests {
    /// Every command, by its names: `["rules", "check"]`.
    static let commands: [[String]] = paths(of: Advisor.self)

    private static func paths(of command: any ParsableCommand.Type) -> [[String]] {
        [[]] + command.configuration.subcommands.flatMap { child in paths(of: child).map { [child._commandName] + $0 } }
    }

    @Test("fit 78 columns on a wide terminal, and keep the lines of their examples", arguments: commands)
    func page(_ command: [String]) throws {
        let type = command.reduce(Advisor.self as any ParsableCommand.Type) { type, name in
            type.configuration.subcommands.first { $0._commandName == name } ?? type
        }
        let run = try Program.run(command + ["--help"], environment: ["COLUMNS": "200"])
        #expect(run.status == 0)
        for line in run.output.split(separator: "\n") { #expect(line.count <= 78, "\(line)") }
        for line in type.configuration.discussion.split(separator: "\n") where !line.isEmpty {
            #expect(run.output.contains("\n\(line)\n"), "\(line)")
        }
    }

    @Test(
        "are the same on terminals of any width from 78 columns on",
        arguments: SlowTests.cases([["report"], ["rules", "explain"]] + commands, quick: 2))
    func width(_ command: [String]) throws {
        let pages = try ["78", "80", "200"].map { try Program.run(command + ["--help"], environment: ["COLUMNS": $0]).output }
        #expect(Set(pages).count == 1)
    }

    @Test("the first page names every command")
    func welcome() throws {
        let run = try Program.run([])
        for command in Advisor.configuration.subcommands {
            #expect(run.output.contains("\n  advisor \(command._commandName) "), "\(command._commandName)")
        }
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 78 })
    }

    @Test("options that do not apply to a command are unknown to it")
    func needs() throws {
        for (command, option) in [("rules functions", "--db"), ("rules list", "--now"), ("store check", "--rules")] {
            let run = try Program.run(command.split(separator: " ").map(String.init) + [option, "x"])
            #expect(run.status == 64 && run.errors.contains("unknown option '\(option)'"), "\(command): \(run.errors)")
        }
    }
}
