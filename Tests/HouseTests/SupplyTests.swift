import Foundation
import Testing

@Suite("Supply")
struct SupplyTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    private struct Resolved: Decodable {
        struct Pin: Decodable {
            struct State: Decodable { var revision, version: String? }
            var identity: String
            var state: State
        }
        var pins: [Pin]
    }

    private static func listed() throws -> [String: (version: String, revision: String)] {
        let text = try String(contentsOf: root.appending(path: "scripts/packages.txt"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ").map(String.init) }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], ($0[1], $0[2])) })
    }

    @Test("every package that was resolved is in scripts/packages.txt, with this version and revision")
    func resolved() throws {
        let file = Self.root.appending(path: "Package.resolved")
        guard let data = try? Data(contentsOf: file) else { return print("skipped: nothing was resolved here") }
        let listed = try Self.listed()
        for pin in try JSONDecoder().decode(Resolved.self, from: data).pins {
            let row = listed[pin.identity]
            #expect(row?.version == pin.state.version && row?.revision == pin.state.revision, "\(pin.identity)")
        }
    }

    @Test("direct dependencies are pinned to one version, the listed one")
    func exact() throws {
        let text = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        let versions = Set(try Self.listed().values.map(\.version))
        let lines = text.split(separator: "\n").filter { $0.contains(".package(url:") }
        #expect(!lines.isEmpty)
        for line in lines {
            let version = line.firstMatch(of: /exact: "([^"]+)"/)?.1
            #expect(version.map { versions.contains(String($0)) } == true, "\(line)")
        }
    }

    @Test("no build step runs sudo")
    func sudo() throws {
        for name in ["Makefile", "scripts/setup", ".ci/run"] {
            let text = try String(contentsOf: Self.root.appending(path: name), encoding: .utf8)
            let calls = text.split(separator: "\n").filter { $0.contains("sudo -") || $0.firstMatch(of: #/^\s*sudo /#) != nil }
            #expect(calls.isEmpty, "\(name): \(calls)")
        }
    }
}
