import AdvisorTestSupport
import Foundation
import Testing

/// Metrics of the account are ingested without naming it, in every form.
@Suite("Ingest: metrics of the account")
struct IngestAccountTests {
    private static let now = ["--now", "2026-03-31T00:00:00Z"]
    private static let one = "1 new, 0 unchanged, 0 rejected (samples of 1 series)\n"

    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var options = ["--metric", "estimated_charges"]
        var testDescription: String { name }
    }

    static let forms = [
        Form(name: "CSV of two columns", text: "timestamp,value\n2026-03-20T18:00:00Z,31.2\n"),
        Form(
            name: "a download of the console",
            text:
                "\"Full label\",\"EstimatedCharges\"\n\"Label\",\"EstimatedCharges\"\n\"Timestamp\",\"EstimatedCharges\"\n2026-03-20T18:00:00Z,31.2\n"
        ),
        Form(
            name: "a download of the console whose label names it",
            text: "Full label,EstimatedCharges Maximum\nLabel,x\nTimestamp,x\n2026-03-20T18:00:00Z,31.2\n", options: []),
        Form(
            name: "CSV without a resource column", text: "timestamp,metric,value\n2026-03-20T18:00:00Z,estimated_charges,31.2\n",
            options: []),
        Form(
            name: "CSV with an empty resource",
            text: "timestamp,metric,resource,value\n2026-03-20T18:00:00Z,estimated_charges,,31.2\n", options: []),
        Form(
            name: "get-metric-statistics by its label",
            text:
                #"{"Label":"EstimatedCharges","Datapoints":[{"Timestamp":"2026-03-20T18:00:00Z","Maximum":31.2,"Unit":"None"}]}"#,
            options: []),
        Form(
            name: "get-metric-data by its label",
            text:
                #"{"MetricDataResults":[{"Id":"m0","Label":"EstimatedCharges","Timestamps":["2026-03-20T18:00:00Z"],"Values":[31.2]}]}"#,
            options: []),
    ]

    @Test("is read without --resource, as the same sample", arguments: forms)
    func form(_ form: Form) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(form.text, to: "in")
        let run = try Program.run(["ingest", "in"] + form.options + Self.now, in: folder.url)
        #expect(run.status == 0 && run.output == Self.one, "\(run.errors)")
        let sql = "SELECT namespace || ' ' || name FROM series"
        let path = folder.url.appending(path: "advisor.db").path
        #expect(try SQLiteShell.run(sql, on: path) == "AWS/Billing EstimatedCharges\n")
        let named = try Program.run(
            ["ingest", "in", "--metric", "estimated_charges", "--resource", "account"] + Self.now, in: folder.url)
        // The statistic of get-metric-data is not stated: the label implies the metric's own, `--metric` stores the average.
        let counts = form.text.contains("MetricDataResults") ? "1 replaced, 0 unchanged" : "1 unchanged"
        #expect(
            named.output == "0 new, \(counts), 0 rejected (samples of 1 series)\n",
            "\(named.errors)")
    }

    @Test("one value needs no resource; that of another metric does")
    func value() throws {
        let folder = try TemporaryFolder()
        let charges = ["ingest", "--metric", "estimated_charges", "--value", "31.2"]
        #expect(try Program.run(charges + Self.now, in: folder.url).output == Self.one)
        #expect(
            try Program.run(charges + ["--resource", "account"] + Self.now, in: folder.url).output
                == "0 new, 1 unchanged, 0 rejected (samples of 1 series)\n")
        let cpu = try Program.run(["ingest", "--metric", "cpu", "--value", "31.2"] + Self.now, in: folder.url)
        #expect(cpu.status == 64 && cpu.errors == "advisor: --metric needs --resource ID\n", "\(cpu.errors)")
        #expect(try Program.run(["ingest", "--value", "31.2"] + Self.now, in: folder.url).status == 64)
    }

    @Test("under ingest: of advisor.yaml too, for a file and for a command")
    func configured() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("timestamp,value\n2026-03-30T18:00:00Z,31.2\n", to: "a.csv")
        _ = try folder.write(
            """
            name: x
            ingest:
              - { path: a.csv, metric: estimated_charges }
              - { command: [cat, a.csv], metric: estimated_charges }
            alerts: { stale_after: never }

            """, to: "advisor.yaml")
        #expect(try Program.run(["rules", "check"], in: folder.url).status == 0)
        let run = try Program.run(["run"] + Self.now, in: folder.url)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        let path = folder.url.appending(path: "advisor.db").path
        #expect(try SQLiteShell.run("SELECT count(*) FROM sample", on: path) == "1\n")
    }

    @Test("the series that advisor.yaml names for a metric is the one that a run fills, as ingest does")
    func declared() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("timestamp,value\n2026-03-30T18:00:00Z,31\n", to: "a.csv")
        _ = try folder.write(
            """
            resources:
              - id: db
                kind: database
                metrics: { active_users: { namespace: Shop, name: Users, dimensions: { App: web } } }
            ingest: [{ path: a.csv, metric: active_users, resource: db }]
            alerts: { stale_after: never }

            """, to: "advisor.yaml")
        #expect(try Program.run(["run"] + Self.now, in: folder.url).status == 0)
        let path = folder.url.appending(path: "advisor.db").path
        #expect(try SQLiteShell.run("SELECT namespace || ' ' || name FROM series", on: path) == "Shop Users\n")
    }

    @Test(
        "nothing stored and nothing rejected is no success", arguments: ["folder", "only manifests", "results", "no datapoints"])
    func void(_ form: String) throws {
        let folder = try TemporaryFolder()
        let path: String
        switch form {
        case "folder":
            path = "empty"
            try FileManager.default.createDirectory(atPath: folder.url.path + "/empty", withIntermediateDirectories: true)
        case "only manifests":
            path = "e"
            _ = try folder.write(
                #"{"billingPeriod":{"start":"20261001T000000.000Z"},"reportKeys":["a/cur-1.csv"]}"#, to: "e/cur-Manifest.json")
        case "results":
            path = "in.json"
            _ = try folder.write("{\"MetricDataResults\":[]}", to: path)
        default:
            _ = try folder.write("timestamp,metric,resource,value\n", to: "in.csv")
            path = "in.csv"
        }
        let run = try Program.run(["ingest", path] + Self.now, in: folder.url)
        #expect(run.status == 66, "\(run.output)")
        #expect(run.errors.contains("no files with data") || run.errors.contains("no samples in it"), "\(run.errors)")
    }

    @Test(
        "evaluate and run survive any finite value, and so does what is stored",
        arguments: ["1e300", "1e306", "1e307", "1e308", "1.7e308"])
    func extremes(_ value: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            name: x
            stage: launch
            resources:
              - { id: db, kind: database, tier: db.t4g.micro, engine: postgres 16, allocated_storage: 20GiB }
            webhooks:
              - { name: f, format: file, path: out.jsonl }

            """, to: "advisor.yaml")
        let rows = ["active_users,db,20000,Count", "connections,db,\(value),Count", "read_latency,db,\(value),Seconds"]
        let lines = rows.map { "2026-11-28T22:00:00Z,\($0),3600\n" }
        _ = try folder.write("timestamp,metric,resource,value,unit,period\n" + lines.joined(), to: "a.csv")
        let now = ["--now", "2026-11-28T23:00:00Z"]
        #expect(try Program.run(["ingest", "a.csv"] + now, in: folder.url).status == 0)
        for command in [["evaluate"], ["run"], ["report"], ["report", "--format", "json"], ["whatif"]] {
            let run = try Program.run(command + now, in: folder.url)
            #expect(run.status == 0, "\(command) \(run.errors)")
            #expect(!run.output.contains(" inf ") && !run.output.lowercased().contains(" nan "), "\(command)")
        }
        for command in [
            ["recommendations", "list"], ["recommendations", "show", "1"], ["alerts", "list"], ["store", "check"],
        ] {
            let run = try Program.run(command, in: folder.url)
            #expect(run.status == 0, "\(command) \(run.errors)")
        }
        #expect(try Program.run(["evaluate", "--now", "2026-11-29T00:00:00Z"], in: folder.url).status == 0)
    }
}
