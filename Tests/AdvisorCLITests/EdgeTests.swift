import AdvisorTestSupport
import Foundation
import Testing

@Suite("Errors and edge cases of the command line")
struct EdgeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        /// What standard error has in it.
        let says: String

        init(_ arguments: String, _ status: Int32, _ says: String) {
            self.arguments = arguments.split(separator: " ").map(String.init)
            (self.status, self.says) = (status, says)
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let rows = [
        Row("help reprot", 64, "unknown command 'reprot'; did you mean 'report'?"),
        Row("whatif --users 0", 64, "invalid user count '0'; use a number of at least 1, e.g. 5000 or 5_000"),
        Row("whatif --growth 1000%/month", 64, "above -100 % and below 1000 %"),
        Row("backtest --from 2026-03-02 --now 2026-03-01T12:00:00Z", 64, "--from 2026-03-02T00:00:00Z is later than now"),
        Row("evaluate --now 2999-01-01", 64, "is later than the clock"),
        Row("run --now 2999-01-01", 64, "is later than the clock"),
        Row("recommendations claim 1 --by \u{A0}", 64, "is empty"),
        Row(
            "rules explain database-cpu-sustained --now 2025-01-01 --stack one.yaml", 0,
            "no data for cpu yet: the first sample is from 1 Mar 2026"),
        Row("ingest folder", 65, "folder/readme.txt:1: no known format"),
        Row("rules test folder", 66, "folder: is a folder; name the files in it"),
        Row("report --rules folder", 66, "folder: no rules in it"),
        Row("rules check --rules latin", 2, "latin/one.yaml:3:15: the text is not UTF-8"),
        Row("rules check --stack typo.yaml", 2, "typo.yaml:1:47: unknown metric 'cpuu'; did you mean 'cpu'?"),
        Row("rules check --rules limits --stack limits.yaml", 2, "limits.yaml:1:9: 'cpu_limit' is bytes here and a ratio in"),
        Row("rules check --dir priced", 2, "priced/data/catalog/mine.yaml:"),
        Row("ingest month.json", 65, "month.json:1: invalid date '2026-13-01'"),
        Row("ingest turned.json", 65, "'End' 2026-03-01 is not after 'Start' 2026-03-02"),
    ]

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        _ = try folder.write("nothing", to: "folder/readme.txt")
        _ = try folder.write("ingest: [{ path: x.csv, resource: db, metric: cpuu }]\n", to: "typo.yaml")
        _ = try folder.write("resources: [{ id: db, kind: database, tier: db.t4g.micro }]\n", to: "one.yaml")
        _ = try folder.write("vars: { cpu_limit: 5GB }\n", to: "limits.yaml")
        let rule = "rules: [{ id: mine, title: Mine, applies_to: database, when: avg(cpu) > cpu_limit }]\n"
        _ = try folder.write("vars: { cpu_limit: 80% }\n" + rule, to: "limits/one.yaml")
        _ = try folder.write("region: us-east-1\ntiers: [", to: "priced/data/catalog/mine.yaml")
        for (name, start, end) in [("month", "2026-13-01", "2026-03-02"), ("turned", "2026-03-02", "2026-03-01")] {
            let period = "{\"Start\": \"\(start)\", \"End\": \"\(end)\"}"
            _ = try folder.write(
                "{\"ResultsByTime\": [{\"TimePeriod\": \(period), \"Total\": {}, \"Groups\": [], \"Estimated\": false}]}",
                to: "\(name).json")
        }
        _ = try folder.write("", to: "latin/one.yaml")
        let latin = Array("rules:\n  - id: one\n    title: caf".utf8) + [0xE9, 10]
        try Data(latin).write(to: folder.url.appending(path: "latin/one.yaml"))
        let run = try Program.run(
            ["ingest", "--metric", "cpu", "--resource", "db", "--value", "50", "--now", "2026-03-01T00:00:00Z"], in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        return folder
    }

    @Test("what is asked wrongly is refused with its place and what would be right")
    func refused() throws {
        let folder = try Self.folder()
        for row in Self.rows {
            let run = try Program.run(row.arguments, in: folder.url)
            #expect(run.status == row.status, "\(row.testDescription): \(run.errors)")
            #expect(
                run.errors.contains(row.says) || run.output.contains(row.says),
                "\(row.testDescription): \(run.errors)\(run.output)")
        }
    }

    @Test("a device stays what it is and gets the answer, a link is refused")
    func places() throws {
        let folder = try TemporaryFolder()
        let target = try folder.write("old", to: "target")
        let link = folder.url.appending(path: "link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(try Program.run(["prices", "-o", "link"], in: folder.url).status == 64)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "old")
        let pipe = folder.url.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        let reader = open(pipe, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        #expect(try Program.run(["prices", "show", "public-ipv4-hour", "-o", "pipe"], in: folder.url).status == 0)
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(reader, &bytes, bytes.count)
        #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).hasPrefix("public-ipv4-hour"))
        var status = stat()
        #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }

    @Test(
        "a full disk behind standard output is no success",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "/dev/full is absent"))
    func full() throws {
        let folder = try TemporaryFolder()
        for arguments in [["prices"], ["rules", "list", "--format", "json"], ["--help"]] {
            let process = try Program.process(arguments, in: folder.url)
            process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
            let errors = Pipe()
            process.standardError = errors
            try process.run()
            let text = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 74)
            #expect(text.contains("standard output: cannot be written: No space left on device"))
        }
    }

    @Test("with --rules the stack file may speak of rules that are not there; samples are stored in spite of errors in rules")
    func otherRules() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            "disable: [database-cpu-sustained]\nvars: { cpu_limit: 70% }\nresources: [{ id: db, kind: database }]\n",
            to: "advisor.yaml")
        let rule = "rules:\n  - id: mine\n    title: Mine\n    applies_to: database\n    when: avg(cpu) > 80%\n"
        _ = try folder.write(rule, to: "other/one.yaml")
        let check = try Program.run(["rules", "check", "--rules", "other"], in: folder.url)
        #expect(check.status == 0, "\(check.errors)\(check.output)")
        let sample = ["ingest", "--metric", "cpu", "--resource", "db", "--value", "50", "--now", "2026-03-01"]
        #expect(try Program.run(sample, in: folder.url).status == 0)
        #expect(try Program.run(["report", "--rules", "other", "--now", "2026-03-02"], in: folder.url).status == 0)
        _ = try folder.write("rules:\n  - id: broken\n", to: "rules/broken.yaml")
        let stored = try Program.run(sample, in: folder.url)
        #expect(stored.status == 0 && stored.errors.contains("rules/broken.yaml:2:5: 'title' is missing"))
        #expect(try Program.run(["report", "--now", "2026-03-02"], in: folder.url).status == 78)
    }

    @Test("a far time is evaluated at once, with the verdict of a year without data", .tags(.slow), .onlyWithSlowTests)
    func farAway() throws {
        let folder = try Self.folder()
        _ = try folder.write("resources: [{ id: db, kind: database, tier: db.t4g.micro }]\n", to: "advisor.yaml")
        func verdict(_ now: String) throws -> Substring? {
            try Program.run(["rules", "explain", "database-cpu-sustained", "--now", now], in: folder.url).output
                .split(separator: "\n").first
        }
        #expect(try verdict("9999-01-01") == verdict("2028-01-01"))
    }

    @Test("values that no machine has crash nothing")
    func absurd() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            "resources: [{ id: db, kind: database, tier: db.t4g.micro, allocated_storage: 20GiB }]\n", to: "advisor.yaml")
        let values = [("1e308", "-1e308"), ("10.0000000000001", "1e30"), ("-5", "0")]
        for (cpu, other) in SlowTests.cases(values, quick: 1) {
            var lines = "timestamp,metric,resource,value\n"
            for number in 0..<288 {
                let stamp = String(format: "2026-03-01T%02d:%02d:00Z", number / 12, number % 12 * 5)
                lines += "\(stamp),cpu,db,\(cpu)\n\(stamp),cpu_credit_balance,db,250\n"
                for metric in ["connections", "freeable_memory", "free_storage", "active_users"] {
                    lines += "\(stamp),\(metric),db,\(other)\n"
                }
            }
            _ = try folder.write(lines, to: "samples.csv")
            _ = try Program.run(["ingest", "samples.csv", "--now", "2026-03-02"], in: folder.url)
            for format in ["text", "json"] {
                let run = try Program.run(["report", "--now", "2026-03-02", "--format", format], in: folder.url)
                #expect(run.status == 0, "\(cpu), \(other): \(run.errors.prefix(300))")
            }
        }
    }

    @Test("a bill's charges stay in its month, and a sum that no bill has is refused")
    func bills() throws {
        let folder = try TemporaryFolder()
        func bill(_ lines: [(day: String, cost: String)]) -> String {
            "line_item_product_code,line_item_line_item_type,line_item_usage_start_date,line_item_unblended_cost,bill_billing_period_start_date\n"
                + lines.map { "AmazonRDS,Usage,\($0.day)T00:00:00Z,\($0.cost),2026-11-01T00:00:00Z\n" }.joined()
        }
        _ = try folder.write(bill([("2026-10-31", "10"), ("2026-11-02", "4"), ("2026-12-01", "100")]), to: "cur.csv")
        let now = ["--now", "2026-11-30T12:00:00Z"]
        let run = try Program.run(["ingest", "cur.csv"] + now, in: folder.url)
        #expect(run.status == 0 && run.output.contains("3 lines, $114.00"), "\(run.output)\(run.errors)")
        #expect(try Program.run(["report"] + now, in: folder.url).output.contains("$114.00 so far"))
        let later = try Program.run(["report", "--now", "2026-12-03"], in: folder.url)
        #expect(!later.output.contains("$100.00"))
        _ = try folder.write(bill(Array(repeating: ("2026-11-02", "999999999999"), count: 200)), to: "huge.csv")
        let huge = try Program.run(["ingest", "huge.csv"] + now, in: folder.url)
        #expect(huge.status == 65 && huge.errors.contains("the charge overflows"), "\(huge.errors)")
        _ = try folder.write(bill([("2026-11-02", "999999999999999999")]), to: "huge.csv")
        let line = try Program.run(["ingest", "huge.csv"] + now, in: folder.url)
        #expect(line.status == 65 && line.errors.contains("'999999999999999999' is too large"), "\(line.errors)")
    }
}
