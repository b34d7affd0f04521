import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

@Suite("Run configuration of the stack file")
struct UnattendedReaderTests {
    @Test("every key arrives")
    func everyKey() throws {
        let read = try BundledFiles.stack(
            """
            ingest:
              - exports/
              - { path: cpu.csv, metric: cpu, resource: prod-db }
              - command: [aws, cloudwatch, get-metric-data, --start-time, "{start}"]
                format: get-metric-data
                queries: queries.json
                timeout: 90s
                overlap: 1h
              - { path: "puts/*.json", namespace: App }
            alerts:
              group_wait: 5m
              repeat: 12h
              stale_after: never
              quiet_hours: { from: "22:00", to: "07:30", zone: Europe/Berlin, severities: [info] }
            retention: { 1m: 30d, 1h: forever }
            """)
        #expect(read.diagnostics == [])
        var file = RunConfiguration.Input(.files("cpu.csv"))
        (file.metric, file.resource) = ("cpu", "prod-db")
        var command = RunConfiguration.Input(.command(["aws", "cloudwatch", "get-metric-data", "--start-time", "{start}"]))
        (command.format, command.queries) = ("get-metric-data", "queries.json")
        (command.timeout, command.overlap) = (.seconds(90), .seconds(3600))
        var puts = RunConfiguration.Input(.files("puts/*.json"))
        puts.namespace = "App"
        let unattended = read.value.unattended
        #expect(unattended.inputs == [RunConfiguration.Input(.files("exports/")), file, command, puts])
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        #expect(
            unattended.alerts
                == AlertSettings(
                    groupWait: .seconds(300), repeatEvery: .seconds(43_200), staleAfter: nil,
                    quietHours: QuietHours(from: 1320, to: 450, zone: zone, severities: [.info])))
        #expect(
            unattended.retention
                == Retention(minutes: .seconds(30 * 86_400), fiveMinutes: .seconds(63 * 86_400), hours: nil))
    }

    @Test("without them the defaults hold")
    func defaults() throws {
        #expect(try BundledFiles.stack("name: x").value.unattended == RunConfiguration())
        #expect(try BundledFiles.stack("retention: forever").value.unattended.retention == .forever)
    }

    @Test(
        "errors are named with their place",
        arguments: [
            ("ingest: [{ }]", "1:10: an input needs 'path' or 'command'"),
            ("ingest: [{ path: a, command: [b] }]", "1:10: 'path' and 'command' exclude each other; keep one"),
            (
                "ingest: [{ command: aws }]",
                "1:21: expected a list such as [aws, cloudwatch, get-metric-data]; it runs without a shell"
            ),
            ("ingest: [{ path: a, timeout: 5s }]", "1:30: 'timeout' applies to commands only"),
            ("ingest: [{ path: a, metric: cpu }]", "1:10: 'metric' needs 'resource', unless the account has the metric"),
            ("ingest: [{ path: a, resource: db }]", "1:10: 'resource' needs 'metric'"),
            ("ingest: [{ pth: a }]", "1:12: unknown key 'pth'; did you mean 'path'?"),
            ("ingest: [{ path: a, format: cvs }]", "1:29: unknown format 'cvs'; did you mean 'csv'?"),
            ("alerts: { quiet_hours: { from: \"25:00\", to: \"07:00\" } }", "1:32: invalid time of day '25:00'; use 22:00"),
            ("alerts: { quiet_hours: { from: \"07:00\", to: \"07:00\" } }", "1:24: 'from' and 'to' are equal"),
            (
                "alerts: { quiet_hours: { from: \"22:00\", to: \"07:00\", zone: Berlin } }",
                "1:60: invalid time zone 'Berlin'; use"
            ),
            ("retention: { 1m: 1h }", "1:18: '1m' must be at least 1d"),
            ("retention: { 1m: 90d }", "1:18: '1m' is longer than '5m'"),
            ("retention: { 5m: forever, 1h: 9d }", "1:31: '5m' is longer than '1h'"),
        ])
    func errors(_ text: String, _ problem: String) throws {
        let diagnostics = try BundledFiles.stack(text).diagnostics.map(\.description)
        #expect(diagnostics.contains { $0.contains(problem) }, "\(diagnostics)")
    }
}
