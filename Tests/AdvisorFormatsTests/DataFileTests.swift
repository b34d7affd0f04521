import AdvisorTestSupport
import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

@Suite("Bundled data files")
struct DataFileTests {
    @Test("all rules that are shipped load without a word")
    func rules() throws {
        let files = try BundledFiles.yaml(in: "rules").map { (file: $0, text: try BundledFiles.text($0)) }
        let read = try BundledFiles.rules(files)
        #expect(read.diagnostics == [])
        #expect(read.rules.count >= 20)
    }

    @Test("all scenarios that are shipped load without a word", arguments: try BundledFiles.yaml(in: "rules/tests"))
    func scenarios(_ path: String) throws {
        let read = try BundledFiles.scenarios(try BundledFiles.text(path), file: path)
        #expect(read.diagnostics == [])
        #expect(!read.scenarios.isEmpty)
    }

    @Test("the stack of the demo loads without a word")
    func demo() throws { #expect(try BundledFiles.stack(try BundledFiles.text("data/samples/advisor.yaml")).diagnostics == []) }

    @Test("what init writes loads without a word, for any database AWS may describe")
    func initFiles() throws {
        let described = """
            {"DBInstances": [
              {"DBInstanceIdentifier": "a", "DBInstanceClass": "db.t4g.micro", "Engine": "postgres", "EngineVersion": "15.4", "AllocatedStorage": 20, "MultiAZ": false},
              {"DBInstanceIdentifier": "1-b: #", "DBInstanceClass": "db.x9.huge", "Engine": "mysql", "AllocatedStorage": 0},
              {"DBInstanceIdentifier": "c", "DBInstanceClass": "db.serverless", "Engine": "aurora-postgresql", "DBClusterIdentifier": "c"},
              {"DBInstanceIdentifier": "d", "Engine": "aurora-mysql"}]}
            """
        var inventory = DatabaseInventory()
        let isRead = inventory.add(Array(described.utf8))
        #expect(isRead)
        let resources = inventory.databases()
        #expect(
            try BundledFiles.stack(InitFiles(resources: resources, catalog: try BundledFiles.catalog()).stack()).diagnostics == []
        )
        #expect(try BundledFiles.stack(InitFiles(resources: [], catalog: try BundledFiles.catalog()).stack()).diagnostics == [])
    }

    @Test("the guide's tiers, their ratings and what reality adds to each")
    func tiers() throws {
        let tiers = try BundledFiles.catalog().tiers
        let path = tiers.filter(\.isOnGuidePath)
        #expect(path.map(\.id) == ["supabase-free", "db.t4g.micro", "db.t4g.small", "aurora-serverless-v2"])
        #expect(path.map(\.maximumUsers) == [1000, 5000, 10_000, 100_000])
        #expect(path.allSatisfy { !$0.remarks.isEmpty })
        #expect(tiers.map(\.rank) == [10, 12, 20, 30, 40, 50, 55, 60, 65, 100])
        let micro = try #require(tiers.first { $0.id == "db.t4g.micro" })
        #expect((micro.hourly?.usd, micro.storage?.usd) == (Decimal(string: "0.016"), Decimal(string: "0.115")))
        #expect(micro.hourly?.isVerified == true && micro.hourlyMultiAZ?.usd == Decimal(string: "0.032"))
        #expect(micro.minimumStorage == 20 && micro.credits?.baseline == 0.1)
        let large = try #require(tiers.first { $0.id == "db.m7g.large" })
        #expect(large.hourlyMultiAZ?.usd == Decimal(string: "0.337"), "the price file fills what the catalog lacks")
    }

    @Test("every name of the shipped metrics, its unit and its display agree")
    func metrics() throws {
        let catalog = try BundledFiles.metrics()
        #expect(catalog.kindOfDimension.count == 8)
        for metric in catalog.metrics.values { #expect(metric.measure == metric.display.unit.conversion.measure, "\(metric.id)") }
        #expect(catalog.metrics["cpu"]?.nativePeriod == .seconds(60))
        #expect(catalog.metrics["estimated_charges"]?.otherDimensions == [SeriesKey.Dimension("Currency", "USD")])
    }

    struct InvalidCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let expected: [String]

        init(_ name: String, _ text: String, _ expected: String...) {
            (testDescription, self.text, self.expected) = (name, text, expected)
        }
    }

    static let tierErrors = [
        InvalidCase("no source", "prices: { hourly: { usd: 0.016, as_of: 2026-10-06 } }", "3:84: 'source' is missing"),
        InvalidCase(
            "no day", "prices: { hourly: { usd: 0.016, source: s, as_of: autumn } }",
            "3:116: invalid date 'autumn'; use 2026-02-01"),
        InvalidCase(
            "a price with its sign", "prices: { hourly: { usd: $0.016, source: s, as_of: 2026-10-06 } }",
            "3:91: invalid number '$0.016'; use 0.016, or unknown"),
        InvalidCase("no number", "prices: { hourly: { source: s, as_of: 2026-10-06 } }", "3:84: 'usd' is missing"),
        InvalidCase("an unknown price", "prices: { hourlly: 1 }", "3:76: unknown key 'hourlly'; did you mean 'hourly'?"),
        InvalidCase(
            "credits in part", "credits: { per_hour: 12, baseline: 10 }", "3:75: 'max_balance' is missing",
            "3:101: invalid percentage '10'; use 80%"),
        InvalidCase("hexadecimal users", "max_users: 0x10", "3:77: invalid number '0x10'; use 0.5 or 2"),
    ]

    @Test("an error in a catalogue", arguments: tierErrors)
    func tierError(_ row: InvalidCase) {
        let text = "region: r\ntiers:\n  - { id: db.t4g.micro, title: Micro, engine: postgres, rank: 1, \(row.text) }\n"
        #expect(CatalogFile.read(text, file: "c").diagnostics.map(\.description) == row.expected.map { "c:\($0)" })
    }

    @Test("a tier twice, and one that lacks everything")
    func tiersTwice() {
        let tier = "{ id: a, title: A, engine: postgres, rank: 1 }"
        let read = CatalogFile.read("region: r\ncurrency: EUR\ntiers: [\(tier), \(tier), {}]", file: "c")
        #expect(
            read.diagnostics.map(\.description) == [
                "c:2:11: invalid currency 'EUR'; use USD", "c:3:57: duplicate tier 'a'", "c:3:105: 'id' is missing",
                "c:3:105: 'title' is missing", "c:3:105: 'engine' is missing", "c:3:105: 'rank' is missing",
            ])
    }

    static let metricErrors = [
        InvalidCase(
            "an unknown unit", "namespace: N, name: C, unit: percent, display: percent",
            "3:96: unknown CloudWatch unit 'percent'; did you mean 'Percent'?"),
        InvalidCase(
            "a display of something else", "namespace: N, name: C, unit: Percent, display: GB",
            "3:114: 'GB' shows bytes, but Percent is a ratio"),
        InvalidCase("no series", "unit: Percent, display: percent", "3:8: 'namespace' is missing", "3:8: 'name' is missing"),
        InvalidCase(
            "both a series and an expression", "namespace: N, derived: { \"*\": free }, unit: Bytes, display: GB",
            "3:78: 'namespace' has no effect: the metric is derived from others"),
        InvalidCase(
            "an expression of nothing known", "derived: { \"*\": fre - allocated_storage }, unit: Bytes, display: GB",
            "3:83: unknown name 'fre' in 'fre - allocated_storage'; did you mean 'free'?"),
        InvalidCase(
            "an expression of another unit", "derived: { \"*\": free / allocated_storage }, unit: Bytes, display: GB",
            "3:83: 'free / allocated_storage' is a ratio, but the metric's unit says bytes"),
        InvalidCase(
            "a list of expressions", "derived: [free], unit: Bytes, display: GB",
            "3:76: expected a mapping of engines to expressions; \"*\" is every other engine"),
    ]

    @Test("an error in metrics", arguments: metricErrors)
    func metricError(_ row: InvalidCase) {
        let text = """
            metrics:
              free: { title: F, kinds: [database], statistic: avg, period: 1m, namespace: N, name: F, unit: Bytes, display: GB }
              new: { title: N, kinds: [database], statistic: avg, period: 1m, \(row.text) }
            """
        #expect(MetricsFile.read(text, file: "m").diagnostics.map(\.description) == row.expected.map { "m:\($0)" })
    }

    @Test("errors in services")
    func services() {
        let text = """
            services:
              - { id: rds, aliases: [AmazonRDS] }
              - { id: aurora, aliases: [amazonrds] }
              - { title: Nameless }
            presets:
              dev: { rds: $15, lamda: $5, AmazonRDS: 3 }
              prod: $92
            """
        let read = ServicesFile.read(text, file: "s")
        #expect(
            read.diagnostics.map(\.description) == [
                "s:3:5: 'amazonrds' is already a name of 'rds'", "s:4:5: 'id' is missing",
                "s:6:20: unknown service 'lamda'; expected one of: rds, aurora",
                "s:6:42: invalid amount '3'; use $30", "s:7:9: expected a mapping such as { rds: $30 }",
            ])
        #expect(read.value.presets["dev"] == ["rds": 15])
    }
}
