import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("A bill in several files")
struct BillPartsTests {
    private static let now = Timestamp(seconds: 1_793_836_800)  // 2026-11-05T00:00:00Z
    private static let october = BillingMonth(year: 2026, month: 10) ?? BillingMonth(now)
    private static let header =
        "bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,"
        + "line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,"
        + "line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit\n"

    private let folder: TemporaryFolder
    private let store: Store
    private let files: FileSystem

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: nil, create: true, exists: false)
        files = FileSystem(folder: folder.url.path)
    }

    /// A part of October's bill: a line a day, each of one price.
    private static func part(days: ClosedRange<Int>, each price: String, type: String = "InstanceUsage:db.t4g.small") -> String {
        header
            + days.map { day in
                let date = "2026-10-\(day < 10 ? "0" : "")\(day)"
                return
                    "111122223333,2026-10-01T00:00:00Z,111122223333,Usage,\(date)T00:00:00Z,\(date)T01:00:00Z,AmazonRDS,\(type),1,USD,\(price),Hrs\n"
            }.joined()
    }

    private static func legacy(_ text: String) -> String {
        let names = [
            "bill/PayerAccountId", "bill/BillingPeriodStartDate", "lineItem/UsageAccountId", "lineItem/LineItemType",
            "lineItem/UsageStartDate", "lineItem/UsageEndDate", "lineItem/ProductCode", "lineItem/UsageType",
            "lineItem/UsageAmount", "lineItem/CurrencyCode", "lineItem/UnblendedCost", "pricing/unit",
        ]
        return names.joined(separator: ",") + "\n" + text.dropFirst(header.count)
    }

    /// Ingests paths as one call.
    @discardableResult
    private func ingest(_ paths: String...) throws -> IngestPass.Result {
        let pass = IngestPass(context: IngestContext(now: Self.now, metrics: MetricCatalog()), store: store)
        for path in paths { _ = try pass.add(try #require(InputCollection(path, in: files)), in: files) }
        return try pass.run(at: Self.now, progress: nil)
    }

    private var total: String? {
        get throws {
            try store.charges(in: Self.october...Self.october, services: ServiceCatalog()).bill(of: Self.october)?.total.exact
        }
    }

    private func writeParts() throws {
        _ = try folder.write(Self.part(days: 1...30, each: "1.00"), to: "exports/cur-1.csv")
        _ = try folder.write(Self.part(days: 1...30, each: "0.10", type: "RDS:GP3-Storage"), to: "exports/cur-2.csv")
    }

    @Test("parts of a folder add up, at once, one after the other, and when one changes")
    func folderParts() throws {
        _ = try folder.write(Self.part(days: 1...30, each: "1.00"), to: "exports/cur-1.csv")
        #expect(try ingest("exports").bills.map(\.outcome) == [.new])
        _ = try folder.write(Self.part(days: 1...30, each: "0.10", type: "RDS:GP3-Storage"), to: "exports/cur-2.csv")
        #expect(try ingest("exports").bills.map(\.outcome) == [.added])
        #expect(try total == "33.00")
        #expect(try ingest("exports").bills.map(\.outcome) == [.unchanged])
        _ = try folder.write(Self.part(days: 1...30, each: "0.20", type: "RDS:GP3-Storage"), to: "exports/cur-2.csv")
        let changed = try ingest("exports").bills
        #expect(changed.map(\.outcome) == [.replacedParts])
        #expect(changed.map(\.parts) == [2])
        #expect(try total == "36.00")
    }

    @Test(
        "a pattern, a folder within the folder and one call give the same", arguments: ["exports/cur-*.csv", "exports", "call"])
    func ways(way: String) throws {
        try writeParts()
        if way == "call" { try ingest("exports/cur-2.csv", "exports/cur-1.csv") } else { try ingest(way) }
        #expect(try total == "33.00")
        if way == "call" { try ingest("exports/cur-1.csv", "exports/cur-2.csv") } else { try ingest(way) }
        #expect(try total == "33.00")
    }

    @Test("of a call one part alone may change")
    func onePartOfACall() throws {
        try writeParts()
        try ingest("exports/cur-1.csv", "exports/cur-2.csv")
        _ = try folder.write(Self.part(days: 1...30, each: "2.00"), to: "exports/cur-1.csv")
        #expect(try ingest("exports/cur-1.csv").bills.map(\.outcome) == [.replacedParts])
        #expect(try total == "63.00")
    }

    @Test("another file replaces the bill and names what it replaced")
    func otherFile() throws {
        try writeParts()
        try ingest("exports")
        _ = try folder.write(Self.part(days: 1...31, each: "2.00"), to: "final.csv")
        let bills = try ingest("final.csv").bills
        #expect(bills.map(\.outcome) == [.replaced])
        #expect(bills.flatMap(\.replacedPaths).map { $0.split(separator: "/").last } == ["cur-1.csv", "cur-2.csv"])
        #expect(try total == "62.00")
    }

    @Test("a renamed part, and a copy of a part, count once")
    func renamed() throws {
        try writeParts()
        try ingest("exports")
        try FileManager.default.moveItem(atPath: files.resolve("exports/cur-2.csv"), toPath: files.resolve("exports/cur-b.csv"))
        try ingest("exports")
        #expect(try total == "33.00")
        _ = try folder.write(Self.part(days: 1...30, each: "1.00"), to: "exports/copy of cur-1.csv")
        try ingest("exports")
        #expect(try total == "33.00")
    }

    @Test("the two forms of a CUR are one bill, at once and one after the other")
    func forms() throws {
        _ = try folder.write(Self.part(days: 1...30, each: "1.00"), to: "exports/cur-1.csv")
        _ = try folder.write(Self.legacy(Self.part(days: 1...30, each: "1.00")), to: "exports/old-1.csv")
        try ingest("exports")
        #expect(try total == "30.00")
        try ingest("exports/old-1.csv")
        #expect(try total == "30.00")
    }

    @Test("a manifest decides which parts are current")
    func manifest() throws {
        for (assembly, price) in [("a1", "1.00"), ("a2", "2.00")] {
            for (number, type) in [(1, "InstanceUsage:db.t4g.small"), (2, "RDS:GP3-Storage")] {
                _ = try folder.write(
                    Self.part(days: 1...30, each: price, type: type), to: "cur/20261001-20261101/\(assembly)/cur-\(number).csv")
            }
        }
        func list(_ assembly: String, _ numbers: [Int]) throws {
            let keys = numbers.map { "\"p/cur/20261001-20261101/\(assembly)/cur-\($0).csv\"" }.joined(separator: ",")
            _ = try folder.write(
                #"{"billingPeriod":{"start":"20261001T000000.000Z","end":"20261101T000000.000Z"},"reportKeys":[\#(keys)]}"#,
                to: "cur/20261001-20261101/cur-Manifest.json")
        }
        try list("a1", [1, 2])
        try ingest("cur")
        #expect(try total == "60.00")
        try list("a2", [1, 2])
        try ingest("cur")
        #expect(try total == "120.00")
        try list("a2", [1])
        try ingest("cur")
        #expect(try total == "60.00")
    }

    @Test(
        "a file that is called a manifest and is none is named, and all files beside it are parts",
        arguments: ["{}", "not JSON", #"{"reportKeys":7}"#, ""])
    func noManifest(_ text: String) throws {
        try writeParts()
        _ = try folder.write(text, to: "exports/cur-Manifest.json")
        let collection = try #require(InputCollection("exports", in: files))
        #expect(collection.unreadableManifests == ["exports/cur-Manifest.json"])
        let pass = IngestPass(context: IngestContext(now: Self.now, metrics: MetricCatalog()), store: store)
        let notices = try pass.add(collection, in: files)
        #expect(notices == ["exports/cur-Manifest.json: not the manifest of a bill; all files beside it count as parts"])
        _ = try pass.run(at: Self.now, progress: nil)
        #expect(try total == "33.00")
    }

    @Test("files that a manifest lists and the folder lacks are named")
    func missing() throws {
        _ = try folder.write(Self.part(days: 1...30, each: "1.00"), to: "e/data/BILLING_PERIOD=2026-10/e-00001.csv")
        _ = try folder.write(
            #"{"dataFiles":["s3://b/e/data/BILLING_PERIOD=2026-10/e-00001.csv","s3://b/e/data/BILLING_PERIOD=2026-10/e-00002.csv"]}"#,
            to: "e/metadata/BILLING_PERIOD=2026-10/e-Manifest.json")
        let manifest = try #require(InputCollection("e", in: files)?.manifests.first)
        #expect(manifest.month == Self.october)
        #expect(manifest.current(among: ["e/data/BILLING_PERIOD=2026-10/e-00001.csv"]).missing == [manifest.keys[1]])
        try ingest("e")
        #expect(try total == "30.00")
    }
}
