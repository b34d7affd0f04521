import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorFormats

@Suite("JSON Schemas and language reference")
struct SchemaTests {
    static let names = SchemaNames(
        tiers: ValidFiles.catalog.tiers.map(\.id),
        metrics: ValidFiles.metrics.seriesNames,
        services: ValidFiles.services.services.flatMap { [$0.id] + $0.aliases }, presets: ValidFiles.services.presetNames)

    /// Reads the file of that kind that has every key, and gives the keys that the reader looked up, by section.
    private static func read(_ kind: String, _ text: String) -> (keys: [String: Set<String>], errors: [String]) {
        let reader = YAMLReader(file: "\(kind)-complete.yaml")
        var more: [String] = []
        switch kind {
        case "rule":
            let file = RuleFile(vocabulary: ValidFiles.vocabulary, catalog: ValidFiles.catalog)
            more = file.read([(text, reader)], settings: RuleSettings()).diagnostics.filter { !$0.isNote }.map(\.description)
        case "scenario":
            _ = ScenarioFile.read(
                text, reader, metrics: ValidFiles.metrics, catalog: ValidFiles.catalog, services: ValidFiles.services)
        default:
            if let root = reader.root(text) {
                _ = StackReader(catalog: ValidFiles.catalog, services: ValidFiles.services, metrics: ValidFiles.metrics).stack(
                    root)
            }
        }
        return (reader.keysRead, reader.diagnostics.filter { !$0.isNote }.map(\.description) + more)
    }

    @Test("the readers look up every key of the schema and no other", arguments: ["rule", "scenario", "stack"])
    func drift(_ kind: String) throws {
        let schema = try #require(FileSchema.all(Self.names).first { $0.id == kind })
        let found = Self.read(kind, try ValidFiles.text("Tests/Schema/good/\(kind)-complete.yaml"))
        #expect(found.errors == [])
        let sections = Dictionary(uniqueKeysWithValues: schema.sections.map { ($0.what, Set($0.fields.map(\.name))) })
        // A scenario's stack is a stack file's: that file has every key of it.
        let stack = try #require(FileSchema.all(Self.names).first { $0.id == "stack" })
        let elsewhere = kind == "scenario" ? Set(stack.sections.map(\.what)) : []
        for (what, keys) in found.keys {
            let known = try #require(sections[what], "the reader reads \(what), which no schema has")
            #expect(keys.subtracting(known).isEmpty, "\(what): a key is read that the schema does not have")
            guard !elsewhere.contains(what) else { continue }
            #expect(known.subtracting(keys).isEmpty, "\(what): a key of the schema is never read")
        }
        let unread = Set(sections.keys).subtracting(found.keys.keys)
        if kind != "scenario" {
            #expect(unread.isEmpty, "nothing in Tests/Schema/good/\(kind)-complete.yaml reads \(unread.sorted())")
        }
    }

    @Test("the complete scenario passes, and a broken file is refused by the loader as by the schema")
    func files() throws {
        let text = try ValidFiles.text("Tests/Schema/good/scenario-complete.yaml")
        let read = ScenarioFile.read(
            text, file: "s.yaml", metrics: ValidFiles.metrics, catalog: ValidFiles.catalog, services: ValidFiles.services)
        let rules = try ValidFiles.text("Tests/Schema/good/rule-complete.yaml")
        for scenario in read.scenarios {
            let failures = scenario.result(
                ruleFiles: [("rule-complete.yaml", rules)], catalog: ValidFiles.catalog, services: ValidFiles.services,
                vocabulary: ValidFiles.vocabulary)
            #expect(failures.map(\.description) == [])
        }
        #expect(read.scenarios.count == 1)
        let folder = ValidFiles.root.appending(path: "Tests/Schema/bad").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count > 20)
        for name in names {
            let kind = String(name.prefix { $0 != "-" })
            #expect(!Self.read(kind, try ValidFiles.text("Tests/Schema/bad/\(name)")).errors.isEmpty, "\(name) loads")
        }
    }

    @Test("a schema is JSON of draft 2020-12 in which every key has its meaning", arguments: ["rule", "scenario", "stack"])
    func json(_ kind: String) throws {
        let schema = try #require(FileSchema.all(Self.names).first { $0.id == kind })
        let document = try #require(try JSONSerialization.jsonObject(with: Data(schema.json().utf8)) as? [String: Any])
        #expect(document["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        var properties = 0
        func visit(_ value: Any) {
            if let list = value as? [Any] { list.forEach(visit) }
            guard let object = value as? [String: Any] else { return }
            if let members = object["properties"] as? [String: [String: Any]] {
                for (name, member) in members {
                    properties += 1
                    #expect((member["description"] as? String)?.isEmpty == false, "\(name) has no description")
                }
            }
            object.values.forEach(visit)
        }
        visit(document)
        #expect(properties > 10)
    }

    @Test("every function, fact and key has a unit and a meaning; examples of functions and facts load")
    func words() throws {
        let entries = LanguageEntry.all(ValidFiles.vocabulary, Self.names)
        for entry in entries { #expect(!entry.unit.isEmpty && !entry.words.isEmpty, "\(entry.form)") }
        for entry in entries where entry.kind == .fact || entry.kind == .function {
            let example = try #require(entry.example)
            let role: Formula.Role = entry.kind == .fact ? .condition : .when
            do {
                _ = try Formula.parse(example, vocabulary: ValidFiles.vocabulary, role: role)
            } catch {
                let isMissing = Function.named(entry.name).map { $0.statistic == nil && $0.datapointSeries == nil } ?? false
                #expect(isMissing, "\(example): \(error.problems.map(\.message))")
            }
        }
        #expect(entries.count > 100)
        let text = LanguageReference.text(entries.filter { $0.name == "time_until" }, width: 60)
        #expect(text.contains("time_until(storage_used > 15GB) < 30d"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 60 })
    }
}
