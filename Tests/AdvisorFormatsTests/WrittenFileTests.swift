import AdvisorCore
import Foundation
import Testing

@testable import AdvisorFormats

@Suite("Diagnostics of rule and stack files")
struct WrittenFileTests {
    private var rules: RuleFile { RuleFile(vocabulary: ValidFiles.vocabulary, catalog: ValidFiles.catalog) }

    @Test("a rule file with ten different errors gives exactly ten diagnostics with their places")
    func tenErrors() {
        let text = """
            rules:
              - { id: one, title: t, applies_to: database, when: avg(cpu) > 15GB }
              - { id: two, title: t, applies_to: database, when: avg(cpu) > 80%, fore: 5m }
              - { id: three, title: t, applies_to: databse, when: avg(cpu) > 80% }
              - { id: four, title: t, applies_to: database, when: avg(cppu) > 80% }
              - { id: five, title: t, applies_to: database, when: avg(cpu) > 80%, for: 5m, datapoints: 2 of 3 }
              - { id: six, title: t, applies_to: database, when: avg(cpu) > 80%, recommend: { move_to: db.t4g.smal } }
              - { id: seven, title: t, applies_to: database, when: avg(cpu) > 80%, period: 90s }
              - { id: Eight, title: t, applies_to: database, when: avg(cpu) > 80% }
              - { title: t, applies_to: database, when: avg(cpu) > 80% }
              - { id: ten, title: t, applies_to: database, when: avg(cpu) > 80%, missing: ignored }
              - { id: good, title: t, applies_to: database, when: avg(cpu) > 80% }
            """
        let (read, diagnostics) = rules.read([("r.yaml", text)])
        #expect(read.map(\.id) == ["good"])
        let expected = [
            "r.yaml:2:63: cannot compare a ratio with bytes in 'avg(cpu) > 15GB'",
            "r.yaml:3:70: unknown key 'fore'; did you mean 'for'?",
            "r.yaml:4:40: unknown kind 'databse'; did you mean 'database'?",
            "r.yaml:5:59: unknown metric 'cppu' in 'avg(cppu) > 80%'; did you mean 'cpu'?",
            "r.yaml:6:92: 'for' and 'datapoints' exclude each other; keep one",
            "r.yaml:7:92: unknown tier 'db.t4g.smal'; did you mean 'db.t4g.small'?",
            "r.yaml:8:80: 'period' must be a whole number of minutes",
            "r.yaml:9:11: invalid id 'Eight'; use kebab-case, such as cpu-high",
            "r.yaml:10:5: 'id' is missing", "r.yaml:11:79: unknown treatment of missing data 'ignored'; did you mean 'ignore'?",
        ]
        let found = diagnostics.map(\.description)
        #expect(found.count == 10)
        for (line, prefix) in zip(found, expected) { #expect(line.hasPrefix(prefix), "\(line)") }
    }

    @Test("an id that stands in two files names the first place")
    func twice() {
        let text = "rules:\n  - { id: a, title: t, applies_to: database, when: avg(cpu) > 80% }\n"
        let (read, diagnostics) = rules.read([("a.yaml", text), ("b.yaml", text)])
        #expect(read.map(\.file) == ["a.yaml"])
        #expect(
            diagnostics.map(\.description) == [
                "b.yaml:2:11: duplicate rule 'a'; it is already in a.yaml:2"
            ])
    }

    @Test(
        "what is no rule file is said and does not crash",
        arguments: ["", "[", "a: b: c", "rules: 7", "rules:\n - 1", "\t", "rules: [{}]", "{a: 1, a: 2}", "&a [*a]", "\u{0}"])
    func noRules(_ text: String) {
        let (read, diagnostics) = rules.read([("r.yaml", text)])
        #expect(read.isEmpty && !diagnostics.isEmpty)
    }

    @Test("a period that rounds to nothing is an error")
    func noPeriod() {
        let text = "rules:\n  - { id: a, title: t, applies_to: database, when: avg(cpu) > 80%, period: 0.1ms }\n"
        #expect(rules.read([("r.yaml", text)]).rules.isEmpty)
    }

    @Test("a stack's errors, with suggestions")
    func stack() {
        let text = """
            stge: mvp
            stage: grwth
            budget: { monthly: 50, preset: guide-prd, services: { lamda: $5 } }
            resources:
              - { id: a, kind: databse }
              - { id: b, kind: database, tier: db.t4g.mcro, allocated_storage: 20 }
              - { id: c, kind: database }
              - { id: c, kind: database }
            stack:
              - { service: cloudwach }
            """
        let (stack, diagnostics) = StackFile.read(
            text, file: "a.yaml", catalog: ValidFiles.catalog, services: ValidFiles.services)
        let expected = [
            "a.yaml:1:1: unknown key 'stge'; did you mean 'stage'?",
            "a.yaml:2:8: unknown stage 'grwth'; did you mean 'growth'?",
            "a.yaml:3:20: invalid amount '50'; use $50",
            "a.yaml:3:32: unknown preset 'guide-prd'; did you mean 'guide-prod'?",
            "a.yaml:3:55: unknown service 'lamda'; did you mean 'lambda'?",
            "a.yaml:5:20: unknown kind 'databse'; did you mean 'database'?",
            "a.yaml:6:36: unknown tier 'db.t4g.mcro'; did you mean 'db.t4g.micro'?",
            "a.yaml:6:68: invalid size '20'; use 20GiB",
            "a.yaml:8:5: duplicate resource 'c'",
            "a.yaml:10:16: unknown service 'cloudwach'; did you mean 'cloudwatch'?",
        ]
        #expect(diagnostics.map(\.description) == expected)
        #expect(stack.resources.map(\.id) == ["b", "c"])
    }

    @Test("the shipped data and rules load without a diagnostic")
    func shipped() throws {
        let metrics = MetricsFile.read(try ValidFiles.text("data/metrics.yaml"), file: "metrics.yaml")
        #expect(metrics.diagnostics == [] && metrics.value.metrics.count > 20)
        let catalog = CatalogFile.read(try ValidFiles.text("data/catalog/us-east-1.yaml"), file: "us-east-1.yaml")
        #expect(catalog.diagnostics == [] && !catalog.value.tiers.isEmpty)
        let services = ServicesFile.read(try ValidFiles.text("data/services.yaml"), file: "services.yaml")
        #expect(services.diagnostics == [] && services.value.presets.count == 3)
        let stack = StackFile.read(
            try ValidFiles.text("data/samples/advisor.yaml"), file: "advisor.yaml", catalog: catalog.value,
            services: services.value)
        #expect(stack.diagnostics == [] && !stack.value.resources.isEmpty)
        let folder = ValidFiles.root.appending(path: "rules").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
        let read = rules.read(try names.map { ($0, try ValidFiles.text("rules/\($0)")) })
        #expect(read.diagnostics == [] && read.rules.count > names.count)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/tests") {
            let scenarios = ScenarioFile.read(
                try ValidFiles.text("rules/tests/\(name)"), file: name, metrics: metrics.value, catalog: catalog.value,
                services: services.value)
            #expect(scenarios.diagnostics == [] && !scenarios.scenarios.isEmpty, "\(name)")
        }
    }

    @Test("every price says where it is from and of which day")
    func prices() {
        for tier in ValidFiles.catalog.tiers {
            let prices = [
                tier.hourly, tier.hourlyMultiAZ, tier.monthly, tier.storage, tier.storageMultiAZ, tier.credits?.surplusPrice,
                tier.capacity?.price,
            ].compactMap { $0 }
            #expect(!prices.isEmpty, "\(tier.id)")
            for price in prices {
                #expect(price.source != .notInCatalog && price.source != "" && Timestamp(text: price.asOf) != nil, "\(tier.id)")
            }
        }
    }
}
