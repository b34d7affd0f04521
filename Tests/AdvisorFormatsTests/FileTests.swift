import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorFormats

@Suite("Errors in configuration files")
struct FileTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Program.repository.appending(path: path), encoding: .utf8)
    }

    @Test("the shipped data loads without a word, and every price says where it is from")
    func shipped() throws {
        #expect(MetricsFile.read(try Self.text("data/metrics.yaml"), file: "m").diagnostics.isEmpty)
        let services = ServicesFile.read(try Self.text("data/services.yaml"), file: "s")
        #expect(services.diagnostics.isEmpty)
        #expect(services.value.presets["guide-dev"]?.values.reduce(0, +) == 32)
        #expect(services.value.presets["guide-prod"]?.values.reduce(0, +) == 92)
        #expect(services.value.id(of: "Amazon Relational Database Service") == "rds")
        let catalog = CatalogFile.read(try Self.text("data/catalog/us-east-1.yaml"), file: "c")
        #expect(catalog.diagnostics.isEmpty)
        for tier in catalog.value.tiers {
            let prices = [
                tier.hourly, tier.hourlyMultiAZ, tier.monthly, tier.storage, tier.storageMultiAZ, tier.credits?.surplusPrice,
                tier.capacity?.price,
            ].compactMap { $0 }
            #expect(!prices.isEmpty)
            #expect(prices.allSatisfy { $0.source != .notInCatalog && $0.source != "" && Timestamp(text: $0.asOf) != nil })
        }
    }

    struct Bill: Sendable, CustomTestStringConvertible {
        let tier: String
        var multiAZ = false
        let floor: String?
        var ceiling: String?
        var testDescription: String { tier + (multiAZ ? ", Multi-AZ" : "") }
    }

    static let bills = [
        Bill(tier: "supabase-free", floor: "0.00"), Bill(tier: "supabase-pro", floor: "25.00"),
        Bill(tier: "db.t4g.micro", floor: "13.98"),
        Bill(tier: "db.t4g.micro", multiAZ: true, floor: "27.96"), Bill(tier: "db.t4g.small", floor: "25.66"),
        Bill(tier: "db.t4g.small", multiAZ: true, floor: "52.05"), Bill(tier: "db.m7g.large", multiAZ: true, floor: nil),
        Bill(tier: "aurora-serverless-v2", floor: "89.60", ceiling: "352.40"),
    ]

    @Test("20 GiB a month on each tier; an unknown price is unknown", arguments: bills)
    func bill(_ bill: Bill) throws {
        let catalog = CatalogFile.read(try Self.text("data/catalog/us-east-1.yaml"), file: "c").value
        var resource = Stack.Resource(id: "db", kind: .database)
        (resource.allocatedStorage, resource.multiAZ) = (20, bill.multiAZ)
        let tier = try #require(catalog.tier(bill.tier))
        #expect(tier.monthlyCost(TierConfiguration(resource)).total?.cents == bill.floor)
        if let ceiling = bill.ceiling {
            #expect(tier.monthlyCost(TierConfiguration(resource), atMaximum: true).total?.cents == ceiling)
        }
    }

    @Test("errors in a stack file")
    func stack() throws {
        let catalog = CatalogFile.read(try Self.text("data/catalog/us-east-1.yaml"), file: "c").value
        let services = ServicesFile.read(try Self.text("data/services.yaml"), file: "s").value
        let text = """
            name: x
            stge: launch
            stage: lunch
            funding: { raised: 60K }
            budget: { preset: guide-prd }
            resources:
              - { id: a, kind: database, tier: db.t4g.micr, allocated_storage: 20 }
              - { kind: database }
            stack:
              - { service: lamda }
            """
        let read = StackFile.read(text, file: "advisor.yaml", catalog: catalog, services: services)
        #expect(
            read.diagnostics.map(\.description).sorted() == [
                "advisor.yaml:10:16: unknown service 'lamda'; did you mean 'lambda'?",
                "advisor.yaml:2:1: unknown key 'stge'; did you mean 'stage'?",
                "advisor.yaml:3:8: unknown stage 'lunch'; did you mean 'launch'?",
                "advisor.yaml:4:20: invalid amount '60K'; use $60K",
                "advisor.yaml:5:19: unknown preset 'guide-prd'; did you mean 'guide-prod'?",
                "advisor.yaml:7:36: unknown tier 'db.t4g.micr'; did you mean 'db.t4g.micro'?",
                "advisor.yaml:7:68: invalid size '20'; use 20GiB", "advisor.yaml:8:5: 'id' is missing",
            ])
        #expect(read.value.name == "x")
        #expect(StackFile.read("a: [", file: "f", catalog: catalog, services: services).diagnostics.count == 1)
        let twice = StackFile.read("name: a\nname: b\n", file: "f", catalog: catalog, services: services).diagnostics
        #expect(twice.first?.problem == "duplicate key 'name'")
    }

    @Test(
        "promtool's notation",
        arguments: [
            ("50 85x3 _x2 90", [50, 85, 85, 85, 85, nil, nil, 90]), ("900+100x3", [900, 1000, 1100, 1200]),
            ("5-1x2 _", [5, 4, 3, nil]),
            ("1e3x1", [1000, 1000]), ("-5", [-5]),
        ] as [(String, [Double?])])
    func notation(_ text: String, _ expected: [Double?]) {
        #expect(ScenarioFile.values(text) == expected)
    }

    @Test("what is no notation", arguments: ["", "a", "1x", "1xx2", "_y", "1+x3", "1x-1", "nan"])
    func noNotation(_ text: String) {
        #expect(ScenarioFile.values(text) == nil)
    }

    @Test("quantities")
    func quantities() {
        #expect(QuantityText.duration("90s") == .seconds(90))
        #expect(QuantityText.duration("0m") == nil)
        #expect(QuantityText.bytes("20GiB") == 21_474_836_480)
        #expect(QuantityText.bytes("400 MB") == 4e8)
        #expect(QuantityText.bytes("20") == nil)
        #expect(QuantityText.money("$60K") == 60_000)
        #expect(QuantityText.money("50 USD") == 50)
        #expect(QuantityText.money("1.50") == nil)
        #expect(QuantityText.percent("80%") == 0.8)
    }

    @Test("text that comes from data does no harm")
    func safe() {
        #expect(SafeText.terminal("a\u{1B}[31m\nb\u{202E}c") == "a\u{FFFD}[31m b\u{FFFD}c")
        #expect(SafeText.markdown("a|b<i>*x*") == "a\\|b&lt;i&gt;\\*x\\*")
    }
}
