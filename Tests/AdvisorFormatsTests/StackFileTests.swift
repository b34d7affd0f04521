import AdvisorCore
import AdvisorTestSupport
import AdvisorFormats
import Foundation
import Testing

@Suite("Stack files")
struct StackFileTests {
    @Test("every key arrives")
    func everyKey() throws {
        let text = """
            name: DualTetraX
            stage: launch                    # mvp | launch | growth
            funding: { raised: $60K, round: seed, date: 2026-01-15 }
            wants: []
            budget: { monthly: $50, preset: guide-prod, alert_at: [50%, 80%, 100%], forecast: true, services: { AmazonRDS: $30 } }
            resources:
              - id: qp-dualtetrax-prod
                kind: database
                account: 012345678901
                environment: prod
                tier: db.t4g.micro
                engine: postgres 15
                allocated_storage: 20GiB
                multi_az: false
                cluster: c-1
                capacity: { min: 0.5, max: 2 }
                replicas: 1
                metrics:
                  query_latency: { namespace: AWS/ApiGateway, name: Latency, dimensions: { Stage: prod, ApiName: qp-api } }
                  active_users: { namespace: DualTetraX, name: ActiveUsers }
              - { id: /aws/lambda/api, kind: log_group, retention: 7d }
            stack:
              - { service: lambda, monthly: $5 }
              - { service: nat, count: 2 }
            policy: { moves: projected }
            webhooks:
              - { name: team, format: slack, url_file: /etc/advisor/slack.url, severities: [warning, critical] }
            """
        let read = try BundledFiles.stack(text)
        #expect(read.diagnostics == [])
        let stack = read.value
        #expect((stack.name, stack.stage, stack.moves) == ("DualTetraX", .launch, .projected))
        #expect(stack.funding == Stack.Funding(raised: 60_000, round: .seed, date: "2026-01-15"))
        #expect(stack.wants == [])
        #expect(
            stack.budget
                == Stack.Budget(monthly: 50, preset: "guide-prod", alertAt: [0.5, 0.8, 1], forecast: true, services: ["rds": 30]))
        #expect(stack.services == [Stack.Service(id: "lambda", monthly: 5), Stack.Service(id: "nat-gateway", count: 2)])
        var database = Stack.Resource(id: "qp-dualtetrax-prod", kind: .database)
        (database.account, database.environment, database.tier) = ("012345678901", .production, "db.t4g.micro")
        (database.engine, database.allocatedStorage, database.multiAZ) = (EngineVersion(.postgres, version: "15"), 20, false)
        (database.cluster, database.minimumCapacity, database.maximumCapacity, database.replicas) = ("c-1", 0.5, 2, 1)
        database.metrics = [
            "query_latency": Stack.SeriesReference(
                namespace: "AWS/ApiGateway", name: "Latency",
                dimensions: [SeriesKey.Dimension("Stage", "prod"), SeriesKey.Dimension("ApiName", "qp-api")]),
            "active_users": Stack.SeriesReference(namespace: "DualTetraX", name: "ActiveUsers", dimensions: []),
        ]
        var logs = Stack.Resource(id: "/aws/lambda/api", kind: .logGroup)
        logs.retention = .seconds(7 * 86_400)
        #expect(stack.resources == [database, logs])
        var team = Stack.Receiver(name: "team", format: .slack, url: .file("/etc/advisor/slack.url"))
        team.severities = [.warning, .critical]
        #expect(stack.webhooks == [team])
    }

    @Test("what is not declared stays unknown")
    func unknown() throws {
        let read = try BundledFiles.stack("resources: []")
        #expect(read.diagnostics == [])
        #expect(read.value == Stack())
        #expect(read.value.wants == nil && read.value.services == nil)
    }

    @Test("a scalar is its text, never what YAML 1.1 makes of it")
    func scalars() throws {
        let read = try BundledFiles.stack(
            "name: 0x10\nresources: [{ id: 1:30, kind: database, environment: no, multi_az: true }]")
        #expect(read.diagnostics == [])
        #expect(read.value.name == "0x10")
        #expect(read.value.resources.map(\.id) == ["1:30"])
        #expect(read.value.resources.first?.environment == .other("no"))
    }

    struct InvalidCase: Sendable, CustomTestStringConvertible {
        let text: String
        let expected: [String]
        var testDescription: String { text }

        init(_ text: String, _ expected: String...) { (self.text, self.expected) = (text, expected) }
    }

    static let errors = [
        InvalidCase("resorces: []", "1:1: unknown key 'resorces'; did you mean 'resources'?"),
        InvalidCase("resources: { id: db, kind: database }", "1:12: expected a list of resources"),
        InvalidCase("resources:", "1:1: 'resources' has no value; set one or remove the key"),
        InvalidCase("resources: [db]", "1:13: a resource must be a mapping with id, kind, environment, tier, …"),
        InvalidCase(
            "resources: [{ id: db, kind: databse }]",
            "1:29: unknown kind 'databse'; did you mean 'database'?"
        ),
        InvalidCase(
            "resources: [{ tier: db.t4g.smal }]", "1:13: 'id' is missing", "1:13: 'kind' is missing",
            "1:21: unknown tier 'db.t4g.smal'; did you mean 'db.t4g.small'?"),
        InvalidCase("resources: [{ id: a, kind: api }, { id: a, kind: api }]", "1:35: duplicate resource 'a'"),
        InvalidCase(
            "resources: [{ id: a, kind: database, engine: postgress 15 }]",
            "1:46: unknown engine 'postgress'; did you mean 'postgres'?"),
        InvalidCase(
            "resources: [{ id: a, kind: database, engine: aurora-postgrs 15 }]",
            "1:46: unknown engine 'aurora-postgrs'; did you mean 'aurora-postgres'?"),
        InvalidCase("resources: [{ id: a, kind: database, engine: aurora-postgresql 15 }]"),
        InvalidCase("resources: [{ id: a, kind: database, engine: mysql 8 }]"),
        InvalidCase("resources: [{ id: a, kind: database, allocated_storage: 20 }]", "1:57: invalid size '20'; use 20GiB"),
        InvalidCase("resources: [{ id: a, kind: database, multi_az: yes }]", "1:48: invalid value 'yes'; use true or false"),
        InvalidCase(
            "resources: [{ id: a, kind: database, replicas: -1 }]", "1:48: invalid number '-1'; use a whole number of at least 0"),
        InvalidCase("resources: [{ id: a, kind: database, capacity: { min: 4, max: 2 } }]", "1:48: 'min' is greater than 'max'"),
        InvalidCase(
            "resources: [{ id: a, kind: database, metrics: { cpuu: { namespace: N, name: C } } }]",
            "1:49: unknown metric 'cpuu'; did you mean 'cpu'?"),
        InvalidCase(
            "resources: [{ id: a, kind: database, metrics: { storage_used: { namespace: N, nam: C } } }]",
            "1:49: 'storage_used' is derived from other metrics; set the series of those", "1:63: 'name' is missing",
            "1:79: unknown key 'nam'; did you mean 'name'?"),
        InvalidCase(
            "resources: [{ id: a, kind: database, metrics: { cpu: { namespace: N, name: C, dimensions: [a] } } }]",
            "1:91: expected a mapping such as { ApiName: my-api }"),
        InvalidCase(
            "funding: { raised: $60K, round: serie-a, date: 2026-02-30 }",
            "1:33: unknown round 'serie-a'; did you mean 'series-a'?",
            "1:48: invalid date '2026-02-30'; use 2026-02-01"),
        InvalidCase("wants: aws-integration", "1:8: expected a list, as in [a, b]"),
        InvalidCase("wants: [[a]]", "1:9: expected text"),
        InvalidCase("budget: $50", "1:9: a budget must be a mapping with monthly, preset, alert_at, forecast, …"),
        InvalidCase("budget: { alert_at: 80% }", "1:21: expected a list such as [50%, 100%]"),
        InvalidCase("budget: { alert_at: [80] }", "1:22: invalid percentage '80'; use 80%"),
        InvalidCase("budget: { monthly: 50 }", "1:20: invalid amount '50'; use $50"),
        InvalidCase("budget: { services: [rds] }", "1:21: expected a mapping such as { rds: $30 }"),
        InvalidCase(
            "budget: { services: { rds: $30, AmazonRDS: $20 } }",
            "1:33: duplicate service 'rds' under another name; keep one"),
        InvalidCase("stack: { service: lambda }", "1:8: expected a list such as [{ service: lambda, monthly: $5 }]"),
        InvalidCase(
            "stack: [{ service: lamda, monthly: 5 }]", "1:20: unknown service 'lamda'; did you mean 'lambda'?",
            "1:36: invalid amount '5'; use $5"),
        InvalidCase("policy: { moves: cheapest }", "1:18: unknown policy 'cheapest'; expected one of: guide, projected"),
        InvalidCase(
            "webhooks: [{ name: t, url: https://hooks.slack.com/services/T/B/X }]",
            "1:28: 'url' would put a secret into this file; use one of: url_file, url_env, url_credential"),
        InvalidCase("webhooks: [{ name: t }]", "1:12: the URL is missing; set one of: url_file, url_env, url_credential"),
        InvalidCase(
            "webhooks: [{ url_file: a, url_env: B, severities: [warn] }]", "1:12: 'name' is missing",
            "1:12: 'url_file' and 'url_env' exclude each other; keep one",
            "1:52: unknown severity 'warn'; did you mean 'warning'?"),
    ]

    @Test("an error has its place", arguments: errors)
    func error(_ row: InvalidCase) throws {
        #expect(try BundledFiles.stack(row.text).diagnostics.map(\.description) == row.expected.map { "advisor.yaml:\($0)" })
    }
}
