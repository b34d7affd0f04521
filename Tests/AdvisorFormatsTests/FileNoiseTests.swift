import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Testing

@Suite("Random changes of configuration files")
struct FileNoiseTests {
    /// xorshift64*: the same noise on every run.
    struct Chance {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15

        mutating func next(below matched: Int) -> Int {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return Int((state &* 2_685_821_657_736_338_717) >> 33) % matched
        }
    }

    static let words = [
        "\"", "'", "{", "}", "[", "]", ":", "- ", "\n", "  ", "#", "&a ", "*a", "!!int ", "|", ">", "%", "$", "x", "_x-1", "0x10",
        "1e999",
        "é", "운영", "\u{1F600}", "\u{0}", "\u{2028}", "\t", "~", "null", "-", "()", "9999999999999999999", "rules:", "when: ",
        "for: 1d",
    ]

    /// A file with a few bits of it taken away, doubled or replaced.
    static func broken(_ text: String, _ chance: inout Chance) -> String {
        var characters = Array(text)
        for _ in 0...chance.next(below: 4) where !characters.isEmpty {
            let place = chance.next(below: characters.count)
            let end = min(characters.count, place + chance.next(below: 12))
            switch chance.next(below: 3) {
            case 0: characters.removeSubrange(place..<end)
            case 1: characters.insert(contentsOf: characters[place..<end], at: place)
            default: characters.replaceSubrange(place..<end, with: Array(words[chance.next(below: words.count)]))
            }
        }
        return String(characters)
    }

    @Test(
        "a broken file is named with its places, and never crashes",
        arguments: [
            "rules/guide-7.2-upgrade.yaml", "rules/guide-8-supabase.yaml", "rules/tests/guide-7.2-upgrade.yaml",
            "data/samples/advisor.yaml",
            "data/metrics.yaml", "data/services.yaml", "data/usage-types.yaml", "data/catalog/us-east-1.yaml",
        ])
    func noise(_ path: String) throws {
        let whole = try BundledFiles.text(path)
        let (metrics, catalog, services) = (try BundledFiles.metrics(), try BundledFiles.catalog(), try BundledFiles.services())
        let rules = RuleFile(vocabulary: Vocabulary(metrics: metrics, usages: services.usages), catalog: catalog)
        var chance = Chance()
        for _ in SlowTests.seeds(50, quick: 10) {
            let text = Self.broken(whole, &chance)
            let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.count
            let found =
                rules.read([("f", text)]).diagnostics
                + ScenarioFile.read(text, file: "f", metrics: metrics, catalog: catalog, services: services).diagnostics
                + StackFile.read(text, file: "f", catalog: catalog, services: services, metrics: metrics).diagnostics
                + MetricsFile.read(text, file: "f").diagnostics + ServicesFile.read(text, file: "f").diagnostics
                + CatalogFile.read(text, file: "f").diagnostics
                + UsageTypesFile.read(text, file: "f", services: services).diagnostics
            #expect(found.count >= 5, "of seven readers, six at least want another file")
            for diagnostic in found {
                #expect(diagnostic.file == "f" && !diagnostic.problem.isEmpty)
                #expect((1...lines + 1).contains(diagnostic.line ?? 1) && diagnostic.column ?? 1 >= 1, "\(diagnostic)")
            }
        }
    }
}
