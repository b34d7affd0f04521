import AdvisorTestSupport
import Foundation
import Testing

/// Bills whose manifests say which files are current, as `ingest` and `run` read them.
@Suite("Bills and their manifests")
struct BillManifestTests {
    private let folder: TemporaryFolder
    private static let month = "20261001-20261101"
    private static let header =
        "bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,"
        + "line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,"
        + "line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit\n"

    init() throws { folder = try TemporaryFolder() }

    /// Writes a part of October's bill: a line a day, each of one price.
    private func part(_ path: String, each price: String, type: String = "A", account: String = "111122223333") throws {
        let lines = (1...30).map { day in
            let date = "2026-10-\(day < 10 ? "0" : "")\(day)"
            return
                "\(account),2026-10-01T00:00:00Z,\(account),Usage,\(date)T00:00:00Z,\(date)T01:00:00Z,AmazonRDS,\(type),1,USD,\(price),Hrs\n"
        }
        _ = try folder.write(Self.header + lines.joined(), to: path)
    }

    /// Writes the manifest of a Cost and Usage Report.
    private func report(_ path: String, _ keys: String..., named name: String = "cur") throws {
        let listed = keys.map { "\"p/\(name)/\(Self.month)/\($0)\"" }.joined(separator: ",")
        let period = #"{"start":"20261001T000000.000Z","end":"20261101T000000.000Z"}"#
        _ = try folder.write(#"{"billingPeriod":\#(period),"reportKeys":[\#(listed)]}"#, to: path)
    }

    /// Writes the manifest of a Data Export.
    private func export(_ path: String, _ files: String...) throws {
        _ = try folder.write(
            #"{"dataFiles":[\#(files.map { "\"s3://b/\($0)\"" }.joined(separator: ","))]}"#, to: path)
    }

    private func ingest(_ paths: String...) throws -> Program.Run {
        try Program.run(["ingest"] + paths + ["--now", "2026-11-02T00:00:00Z"], in: folder.url)
    }

    /// Of all stored bills, in units of 1e-18, and the number of lines.
    private func stored() throws -> String {
        let sql = "SELECT coalesce(sum(lines), 0) FROM billPart"
        return try SQLiteShell.run(sql, on: folder.url.appending(path: "advisor.db").path).trimmingCharacters(in: .newlines)
    }

    private func zip(_ archive: String, of folder: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "cd \(self.folder.url.path)/\(folder) && python3 -m zipfile -c ../\(archive) *"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    // MARK: Which files are current

    @Test("a part with the bytes of one that is no longer listed counts", arguments: ["cur", "export", "above and below"])
    func unchangedPart(_ form: String) throws {
        let root = form == "export" ? "e/data/BILLING_PERIOD=2026-10" : "e/\(Self.month)"
        for (assembly, price) in [("a1", "1.00"), ("a2", "2.00")] {
            try part("\(root)/\(assembly)/cur-1.csv", each: price)
            try part("\(root)/\(assembly)/cur-2.csv", each: "0.10", type: "B")
        }
        func list(_ assembly: String) throws {
            let keys = ["\(assembly)/cur-1.csv", "\(assembly)/cur-2.csv"]
            if form == "export" {
                let folder = "e/metadata/BILLING_PERIOD=2026-10"
                try export("\(folder)/cur-Manifest.json", "\(root)/\(keys[0])", "\(root)/\(keys[1])")
            } else {
                try report("\(root)/cur-Manifest.json", keys[0], keys[1])
                if form != "cur" { try report("\(root)/\(assembly)/cur-Manifest.json", keys[0], keys[1]) }
            }
        }
        try list("a2")
        let fresh = try ingest("e")
        #expect(fresh.status == 0 && fresh.output == "2026-10 CUR of 111122223333: 60 lines, $63.00\n", "\(fresh.errors)")
        try list("a1")
        #expect(try ingest("e").output.contains("60 lines, $33.00"))
        try list("a2")
        #expect(try ingest("e").output.contains("60 lines, $63.00"))
        #expect(try stored() == "60")
    }

    @Test(
        "a part that was unpacked, or is packed otherwise, is the part that the manifest names", arguments: ["", ".zip", ".gz"])
    func packed(_ ending: String) throws {
        try part("e/cur-00001.csv", each: "1.00")
        try part("e/cur-00002.csv", each: "0.10", type: "B")
        try part("e/old-00001.csv", each: "5.00")
        try report("e/cur-Manifest.json", "a/cur-00001.csv\(ending)", "a/cur-00002.csv\(ending)")
        let run = try ingest("e")
        #expect(run.status == 0 && run.output == "2026-10 CUR of 111122223333: 60 lines, $33.00\n", "\(run.errors)")
        // The packed file beside the unpacked one is the same part.
        try FileManager.default.copyItem(
            atPath: folder.url.path + "/e/cur-00001.csv", toPath: folder.url.path + "/e/cur-00001.csv.gz")
        #expect(try ingest("e").output.contains("$33.00"))
        #expect(try stored() == "60")
    }

    @Test("of several executions the newest counts, whatever the names of their folders", arguments: ["execution", "assembly"])
    func executions(_ form: String) throws {
        if form == "execution" {
            for (execution, price) in [("2026-10-05T00:00:00.000Z-x2", "1.00"), ("2026-10-20T00:00:00.000Z-x1", "2.00")] {
                let data = "e/data/BILLING_PERIOD=2026-10/\(execution)/e-00001.csv"
                try part(data, each: price)
                try export("e/metadata/BILLING_PERIOD=2026-10/\(execution)/e-Manifest.json", data)
            }
        } else {
            for (assembly, price, age) in [("b", "1.00", 2.0), ("a", "2.00", 1.0)] {
                try part("e/\(Self.month)/\(assembly)/cur-1.csv", each: price)
                let path = "e/\(Self.month)/\(assembly)/cur-Manifest.json"
                try report(path, "\(assembly)/cur-1.csv")
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: 1_793_836_800 - age * 86_400)],
                    ofItemAtPath: folder.url.path + "/" + path)
            }
        }
        let run = try ingest("e")
        #expect(run.output == "2026-10 CUR of 111122223333: 30 lines, $60.00\n", "\(run.errors)")
    }

    @Test("each manifest decides about its own report: several reports and accounts may be in one folder")
    func severalReports() throws {
        for (name, account, price) in [("one", "111122223333", "1.00"), ("two", "222233334444", "0.50")] {
            let data = "e/\(name)/data/BILLING_PERIOD=2026-10/\(name)-1.csv"
            try part(data, each: price, account: account)
            try export("e/\(name)/metadata/BILLING_PERIOD=2026-10/\(name)-Manifest.json", data)
            try part("e/cur-\(name)/\(Self.month)/a/cur-1.csv", each: price, account: "9\(account.dropFirst())")
            try report("e/cur-\(name)/\(Self.month)/cur-Manifest.json", "a/cur-1.csv", named: "cur-\(name)")
        }
        let run = try ingest("e")
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n").filter { $0.contains("30 lines") }
        #expect(lines.count == 4)
        #expect(lines.count { $0.hasSuffix("$30.00") } == 2 && lines.count { $0.hasSuffix("$15.00") } == 2, "\(run.output)")
    }

    @Test("parts of one assembly are never mixed with those of another: what is missing is named")
    func incomplete() throws {
        for number in [1, 2] { try part("e/\(Self.month)/a1/cur-\(number).csv", each: "1.00", type: "T\(number)") }
        try part("e/\(Self.month)/a2/cur-1.csv", each: "2.00")
        try report("e/\(Self.month)/cur-Manifest.json", "a2/cur-1.csv", "a2/cur-2.csv")
        let run = try ingest("e")
        #expect(run.output.contains("30 lines, $60.00"))
        #expect(run.errors.contains("1 of the 2 files of 2026-10 are not here, p/cur/\(Self.month)/a2/cur-2.csv among them"))
    }

    @Test("a manifest none of whose files is there: nothing is stored, which is no success")
    func absent() throws {
        try part("e/\(Self.month)/x-1.csv", each: "1.00")
        try report("e/\(Self.month)/cur-Manifest.json", "a2/cur-1.csv")
        let run = try ingest("e")
        #expect(run.status == 66 && run.errors.contains("1 of the 1 files of 2026-10 are not here"))
    }

    // MARK: Archives

    @Test("a manifest in a zip archive decides about its files", arguments: ["cur", "export"])
    func archive(_ form: String) throws {
        if form == "cur" {
            try part("z/cur-1.csv", each: "1.00")
            try part("z/cur-2.csv", each: "0.10", type: "B")
            try part("z/old-1.csv", each: "5.00")
            try report("z/cur-Manifest.json", "a/cur-1.csv", "a/cur-2.csv")
        } else {
            try part("z/data/BILLING_PERIOD=2026-10/x2/e-1.csv", each: "1.10")
            try part("z/data/BILLING_PERIOD=2026-10/x1/e-1.csv", each: "5.00")
            try export("z/metadata/BILLING_PERIOD=2026-10/e-Manifest.json", "z/data/BILLING_PERIOD=2026-10/x2/e-1.csv")
        }
        try zip("all.zip", of: "z")
        let run = try ingest("all.zip")
        #expect(run.status == 0 && run.output.contains("$33.00"), "\(run.output)\(run.errors)")
        #expect(run.errors.contains("do not count"))
        #expect(try ingest("all.zip").output.hasSuffix("; unchanged\n"))
        #expect(try ingest("z").output.contains("$33.00"))
    }

    @Test("the manifest beside an archive decides about the files in it, and an archive given twice counts once")
    func beside() throws {
        try part("z/a2/cur-1.csv", each: "1.00")
        try part("z/a2/cur-2.csv", each: "0.10", type: "B")
        try part("z/a1/cur-1.csv", each: "5.00")
        try zip("all.zip", of: "z")
        try FileManager.default.createDirectory(atPath: folder.url.path + "/e", withIntermediateDirectories: true)
        for name in ["all.zip", "copy.zip"] {
            try FileManager.default.copyItem(atPath: folder.url.path + "/all.zip", toPath: folder.url.path + "/e/\(name)")
        }
        try report("e/cur-Manifest.json", "a2/cur-1.csv", "a2/cur-2.csv")
        let run = try ingest("e")
        #expect(run.output.contains("60 lines, $33.00"), "\(run.output)\(run.errors)")
        #expect(try stored() == "60")
    }

    // MARK: Runs

    @Test("a run reads the files again that a new manifest lists, and drops those that it does not, changed or not")
    func run() throws {
        _ = try folder.write("name: mp\ningest: [exports/]\nalerts: { stale_after: never }\n", to: "advisor.yaml")
        for (assembly, price) in [("a1", "1.00"), ("a2", "2.00")] {
            try part("exports/\(Self.month)/\(assembly)/cur-1.csv", each: price)
            try part("exports/\(Self.month)/\(assembly)/cur-2.csv", each: "0.10", type: "B")
        }
        func spent(_ keys: [String], hour: Int) throws -> String {
            let manifest = keys.map { "\"p/cur/\(Self.month)/\($0)\"" }.joined(separator: ",")
            _ = try folder.write(
                #"{"billingPeriod":{"start":"20261001T000000.000Z"},"reportKeys":[\#(manifest)]}"#,
                to: "exports/\(Self.month)/cur-Manifest.json")
            let now = ["--now", "2026-11-01T0\(hour):00:00Z"]
            _ = try Program.run(["run"] + now, in: folder.url)
            let report = try Program.run(["report", "--format", "json", "--now", "2026-11-01T00:00:00Z"], in: folder.url)
            let object = try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any]
            let money = (object?["money"] as? [String: Any])?["spent"] as? [String: Any]
            return money?["amount"] as? String ?? report.output
        }
        #expect(try spent(["a1/cur-1.csv", "a1/cur-2.csv"], hour: 0) == "33.00")
        #expect(try spent(["a2/cur-1.csv", "a2/cur-2.csv"], hour: 1) == "63.00")
        #expect(try spent(["a2/cur-1.csv"], hour: 2) == "60.00")
        #expect(try spent(["a1/cur-1.csv", "a1/cur-2.csv"], hour: 3) == "33.00")
    }

    @Test("the parts of a run add up, and one that changes replaces itself")
    func parts() throws {
        _ = try folder.write("name: mp\ningest: [exports/]\nalerts: { stale_after: never }\n", to: "advisor.yaml")
        try part("exports/cur-1.csv", each: "1.00")
        _ = try Program.run(["run", "--now", "2026-11-01T00:00:00Z"], in: folder.url)
        #expect(try stored() == "30")
        try part("exports/cur-2.csv", each: "0.10", type: "B")
        _ = try Program.run(["run", "--now", "2026-11-01T00:15:00Z"], in: folder.url)
        let path = folder.url.appending(path: "advisor.db").path
        #expect(try SQLiteShell.run("SELECT lines FROM billStatement", on: path) == "60\n")
        #expect(try total() == "33.00")
        try part("exports/cur-1.csv", each: "2.00")
        _ = try Program.run(["run", "--now", "2026-11-01T00:30:00Z"], in: folder.url)
        #expect(try SQLiteShell.run("SELECT lines FROM billStatement", on: path) == "60\n")
        #expect(try total() == "63.00")
    }

    private func total() throws -> String {
        let report = try Program.run(["report", "--format", "json", "--now", "2026-11-01T00:00:00Z"], in: folder.url)
        let object = try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any]
        let money = (object?["money"] as? [String: Any])?["spent"] as? [String: Any]
        return money?["amount"] as? String ?? report.output
    }
}
