import AdvisorCore
import AdvisorFormats
import AdvisorStore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Bill import")
struct BillImportTests {
    static let now = Timestamp(seconds: 1_775_131_200)  // 2026-04-02T12:00:00Z
    static let march = BillingMonth(year: 2026, month: 3) ?? BillingMonth(now)
    static let files = [
        "cur.csv.gz", "cur-legacy.csv.gz", "focus.csv", "focus-validated.csv", "cost-explorer-daily.json",
        "cost-explorer-monthly.json",
    ]
    static let services = ServicesFile.read(
        (try? String(contentsOf: Program.repository.appending(path: "data/services.yaml"), encoding: .utf8)) ?? "",
        file: "services.yaml"
    ).value

    static func bytes(_ file: String) throws -> [UInt8] {
        try Array(Data(contentsOf: Program.repository.appending(path: "Tests/Fixtures/bills/\(file)")))
    }

    /// A store in memory, with what was said of it.
    final class Books {
        let store: Store
        var problems: [String] = []
        var rejected = 0

        init() throws { store = try Store(path: nil, create: true, exists: false) }

        /// Reads inputs as one ingest.
        func read(_ inputs: [[UInt8]], chunk: Int = 1 << 20, at now: Timestamp = BillImportTests.now) throws -> [BillImport] {
            var context = IngestContext(now: now, metrics: MetricCatalog())
            context.services = BillImportTests.services
            let writer = try ChargeWriter(store: store, at: now)
            for input in inputs {
                let source = ByteSource(input, chunk: chunk)
                let format = try #require(try BillFormat.detect(source))
                let collector = ChargeCollector { try writer.write($0) }
                writer.beginFile()
                try format.parse(source, context, collector)
                writer.endFile(isWhole: collector.isWhole)
                problems += collector.problems.map { "\($0.line):\($0.column.map { "\($0)" } ?? "-"): \($0.problem)" }
                rejected += collector.rejected
            }
            return try writer.finish()
        }

        func read(_ text: String) throws -> [BillImport] { try read([Array(text.utf8)]) }

        var bill: Bill? {
            get throws {
                try store.charges(in: BillImportTests.march...BillImportTests.march, services: BillImportTests.services)
                    .bill(of: BillImportTests.march)
            }
        }
    }

    /// A bill's totals as people read them.
    static func totals(_ bill: Bill?) throws -> [String: String] {
        let bill = try #require(bill)
        var result = Dictionary(uniqueKeysWithValues: bill.services.map { ($0.service, $0.cost.exact) })
        result["tax"] = bill.tax.exact
        result["total"] = bill.total.exact
        return result
    }

    // What Python's decimals add up to over the lines of focus.csv.
    static let expected = [
        "8icvdraalzbfrdevgamoddblf": "25.452",
        "api-gateway": "3.340575",
        "cloudwatch": "11.20595",
        "ec2": "53.4641006662",
        "kms": "1.1403225804",
        "lambda": "1.1696744842",
        "rds": "181.0637419354",
        "route53": "0.50",
        "s3": "0.3147290325",
        "secrets-manager": "0.9122580646",
        "support": "29.00",
        "tax": "5.48",
        "total": "330.0113517633",
        "vpc": "16.968",
    ]

    @Test("one month is the same in every form, to the last digit; read twice it is the same again", arguments: files)
    func sameMonth(_ file: String) throws {
        let books = try Books()
        #expect(try books.read([Self.bytes(file)]).map(\.outcome) == [.new])
        #expect(books.problems.isEmpty)
        var found = try Self.totals(try books.bill)
        // What no catalog knows keeps the name of its source, and each source has another.
        let code = "8icvdraalzbfrdevgamoddblf"
        if let named = found.removeValue(forKey: "Example \"Observability, Pro\"") { found[code] = named }
        #expect(found == Self.expected)
        #expect(try books.read([Self.bytes(file)]).map(\.outcome) == [.unchanged])
        #expect(try Self.totals(try books.bill)["total"] == "330.0113517633")
    }

    @Test("byte by byte it is the same", arguments: ["cur.csv.gz", "focus.csv", "cost-explorer-monthly.json"])
    func chunks(_ file: String) throws {
        let books = try Books()
        _ = try books.read([Self.bytes(file)], chunk: 61)
        #expect(books.problems.isEmpty)
        #expect(try Self.totals(try books.bill)["total"] == "330.0113517633")
    }

    @Test("tax, credit and refund are kept apart")
    func apart() throws {
        for file in ["cur.csv.gz", "focus.csv"] {
            let books = try Books()
            _ = try books.read([Self.bytes(file)])
            let bill = try #require(try books.bill)
            #expect(bill.tax.exact == "5.48")
            #expect(bill.total(of: .credit).exact == "-7.50")
            #expect(bill.total(of: .refund).exact == "-1.2345678901")
            #expect(bill.total(of: .purchase).exact == "29.00")
            #expect(bill.categories["rds"]?[.credit]?.exact == "-7.50")
        }
    }

    @Test("all sources at once count once: the most detailed")
    func together() throws {
        let books = try Books()
        for file in ["cost-explorer-monthly.json", "cost-explorer-daily.json", "focus.csv", "cur.csv.gz"] {
            _ = try books.read([Self.bytes(file)])
            #expect(try Self.totals(try books.bill)["total"] == "330.0113517633")
        }
        let charges = try books.store.charges(in: Self.march...Self.march, services: Self.services)
        #expect(charges.statements.map(\.key.source) == [.cur])
        #expect(charges.superseded.map(\.statement.key.source) == [.costExplorerDaily, .costExplorerMonthly, .focus])
        #expect(charges.daily().count == 31)
        #expect(charges.daily(service: "support").first?.cost.exact == "29.00")
    }

    private static let header =
        "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ProviderName,ServiceName\n"
    private static func line(_ day: Int, _ cost: String, _ service: String = "AWS Lambda", currency: String = "USD") -> String {
        "\(cost),\(currency),2026-03-01T00:00:00Z,Usage,2026-03-\(day < 10 ? "0" : "")\(day)T00:00:00Z,AWS,\(service)\n"
    }

    @Test("a file of a broken kind is named and loses nothing")
    func broken() throws {
        let whole = Self.header + (1...9).map { Self.line($0, "1.25") }.joined()
        let rows: [(what: String, text: String, problem: String, total: String)] = [
            (
                "a missing column", whole.replacing("BilledCost", with: "BilledCosts"),
                "1:-: the FOCUS file has no column 'BilledCost' ('BilledCosts' is there); the file is ignored and stored data is unchanged",
                "11.25"
            ),
            ("half a line", String(whole.dropLast(30)), "10:-: the line has 5 of 7 cells", "11.25"),
            (
                "an amount with a comma", Self.header + Self.line(1, "\"1,000.50\""),
                "2:2: invalid amount '1,000.50'; write 1234.5, without thousands separators", "11.25"
            ),
            (
                "a quote that nothing closes",
                whole.replacing(
                    "1.25,USD,2026-03-01T00:00:00Z,Usage,2026-03-04", with: "\"1.25,USD,2026-03-01T00:00:00Z,Usage,2026-03-04"),
                "5:-: a quote is opened here and never closed", "11.25"
            ),
            (
                "a day that is none", Self.header + Self.line(32, "9"),
                "2:34: invalid time '2026-03-32T00:00:00Z'; use 2026-03-01T00:00:00Z", "11.25"
            ),
        ]
        for row in rows {
            let books = try Books()
            #expect(try books.read(whole).map(\.outcome) == [.new])
            _ = try books.read(row.text)
            #expect(books.problems == [row.problem], "\(row.what)")
            #expect(try Self.totals(try books.bill)["total"] == row.total, "\(row.what)")
        }
    }

    @Test("a broken file takes the place of less, never of more")
    func brokenReplaces() throws {
        let books = try Books()
        let good = (1...9).map { Self.line($0, "1.25") }.joined()
        _ = try books.read(Self.header + good)
        #expect(try books.read(Self.header + Self.line(1, "7") + "1,2\n").map(\.outcome) == [.kept])
        #expect(try Self.totals(try books.bill)["total"] == "11.25")
        #expect(try books.read(Self.header + good + Self.line(10, "7") + "1,2\n").map(\.outcome) == [.replaced])
        #expect(try Self.totals(try books.bill)["total"] == "18.25")
        #expect(try books.bill?.statements.map(\.isWhole) == [false])
    }

    @Test("a file of some days takes the place of those days alone")
    func someDays() throws {
        let books = try Books()
        _ = try books.read(Self.header + (1...9).map { Self.line($0, "1.25") }.joined())
        #expect(try books.read(Self.header + Self.line(3, "2") + Self.line(4, "2")).map(\.outcome) == [.replacedDays])
        #expect(try Self.totals(try books.bill)["total"] == "12.75")
    }

    @Test("currencies are kept apart, and said")
    func currencies() throws {
        let books = try Books()
        _ = try books.read(Self.header + Self.line(1, "1.25") + Self.line(2, "8", currency: "EUR"))
        #expect(books.rejected == 0)
        #expect(books.problems == ["3:-: the file mixes currencies: EUR, USD; they are kept apart and never added"])
        let charges = try books.store.charges(in: Self.march...Self.march, services: Self.services)
        #expect(charges.bills(of: Self.march).map { "\($0.total.exact) \($0.currency)" } == ["8.00 EUR", "1.25 USD"])
        #expect(charges.bill(of: Self.march)?.currency == "USD")
    }

    @Test("chunks of one month are one bill when read at once, in either order")
    func parts() throws {
        let parts = [Self.header + Self.line(1, "1.25") + Self.line(2, "1"), Self.header + Self.line(2, "0.000000000000000001")]
        for order in [parts, parts.reversed()] {
            let books = try Books()
            _ = try books.read(order.map { Array($0.utf8) })
            #expect(try Self.totals(try books.bill)["total"] == "2.250000000000000001")
        }
    }

    @Test("a source that reaches further into the month counts, though it is less detailed")
    func newest() throws {
        let books = try Books()
        _ = try books.read(Self.header + Self.line(1, "1.25") + Self.line(2, "1"))
        let answer = """
            {"GroupDefinitions":[{"Type":"DIMENSION","Key":"SERVICE"}],"ResultsByTime":[{"TimePeriod":{"Start":"2026-03-01","End":"2026-03-09"},\
            "Total":{},"Groups":[{"Keys":["AWS Lambda"],"Metrics":{"UnblendedCost":{"Amount":"9.1","Unit":"USD"}}}]}]}
            """
        _ = try books.read(answer)
        #expect(try Self.totals(try books.bill)["total"] == "9.10")
        #expect(try books.bill?.statements.map(\.granularity) == [.monthly])
    }

    @Test("what Cost Explorer was asked wrongly is said")
    func costExplorer() throws {
        let rows = [
            (
                #""Groups":[],"Total":{"UnblendedCost":{"Amount":"1","Unit":"USD"}}"#, "SERVICE",
                "the response is not grouped by service; use --group-by Type=DIMENSION,Key=SERVICE"
            ),
            (
                #""Groups":[{"Keys":["x"],"Metrics":{"UnblendedCost":{"Amount":"1","Unit":"USD"}}}]"#, "REGION",
                "the response is grouped by REGION, not by service; use --group-by Type=DIMENSION,Key=SERVICE"
            ),
            (
                #""Groups":[{"Keys":["x"],"Metrics":{"UsageQuantity":{"Amount":"1","Unit":"N/A"}}}]"#, "SERVICE",
                "x: no cost; use --metrics UnblendedCost"
            ),
        ]
        for (groups, key, problem) in rows {
            let books = try Books()
            _ = try books.read(
                "{\"GroupDefinitions\":[{\"Type\":\"DIMENSION\",\"Key\":\"\(key)\"}],\"ResultsByTime\":[{\"TimePeriod\":{\"Start\":\"2026-03-01\",\"End\":\"2026-03-02\"},\(groups)}]}"
            )
            #expect(books.problems.map { String($0.drop { $0 != " " }.dropFirst()) } == [problem])
        }
    }
}
