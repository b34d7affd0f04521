import AdvisorCore

/// The results of a run of scenarios.
public struct ScenarioReport: Sendable {
    /// One scenario with its failures; or the errors of a file.
    public struct Entry: Sendable {
        /// The text of the file.
        public var file: String
        /// The line.
        public var line: Int
        /// The name of the scenario; that of the file if it is invalid.
        public var name: String
        /// Empty if all expectations are met.
        public var failures: [ScenarioFailure]
    }

    /// The results in file order.
    public private(set) var results: [Entry] = []

    /// Creates an empty report.
    public init() {}

    /// Adds the errors of a file, without notes.
    public mutating func add(_ diagnostics: [Diagnostic], of file: String) {
        let errors = diagnostics.filter { !$0.isNote }
        guard !errors.isEmpty else { return }
        let failures = errors.map { error in
            ScenarioFailure(
                file: error.file, line: error.line ?? 1, column: error.column, scenario: nil, problem: error.problem)
        }
        results.append(Entry(file: file, line: 1, name: file, failures: failures))
    }

    /// Adds the failures of a scenario.
    public mutating func add(_ scenario: Scenario, _ failures: [ScenarioFailure]) {
        results.append(Entry(file: scenario.file, line: scenario.line, name: scenario.name, failures: failures))
    }

    /// The number of scenarios and files with failures.
    public var failed: Int { results.count { !$0.failures.isEmpty } }

    /// All failures with their datapoints, then the count.
    public func text(isQuiet: Bool = false) -> String {
        let failures = results.flatMap(\.failures).map { failure in
            ([failure.description] + failure.details.map { "    " + $0 }).joined(separator: "\n") + "\n"
        }
        let count = "\(results.count - failed) passed, \(failed) failed\n"
        return failures.joined() + (isQuiet && failures.isEmpty ? "" : count)
    }

    /// For CI: one suite per file, one case per scenario.
    public func junit() -> String {
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append("<testsuites name=\"advisor rules test\" tests=\"\(results.count)\" failures=\"\(failed)\" errors=\"0\">")
        var files: [String] = []
        for result in results where !files.contains(result.file) { files.append(result.file) }
        for file in files {
            let own = results.filter { $0.file == file }
            let broken = own.count { !$0.failures.isEmpty }
            lines.append(
                "  <testsuite name=\"\(Self.escaped(file))\" tests=\"\(own.count)\" failures=\"\(broken)\" errors=\"0\">")
            for entry in own { lines += Self.testCase(entry) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func testCase(_ entry: Entry) -> [String] {
        let file = escaped(entry.file)
        let head = "    <testcase name=\"\(escaped(entry.name))\" classname=\"\(file)\" file=\"\(file)\" line=\"\(entry.line)\""
        guard !entry.failures.isEmpty else { return [head + "/>"] }
        var lines = [head + ">"]
        for failure in entry.failures {
            let text = ([failure.description] + failure.details).joined(separator: "\n")
            lines.append("      <failure message=\"\(escaped(failure.problem))\">\(escaped(text))</failure>")
        }
        return lines + ["    </testcase>"]
    }

    /// Escaped for XML 1.0; invalid characters are replaced.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default:
                let isKnown = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                result.unicodeScalars.append(isKnown ? scalar : "\u{FFFD}")
            }
        }
        return result
    }
}
