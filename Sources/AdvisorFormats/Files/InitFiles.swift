public import AdvisorCore
internal import Foundation

/// What `advisor init` writes and prints.
public struct InitFiles: Sendable {
    /// The databases found.
    public private(set) var resources: [Stack.Resource]
    private let catalog: Catalog

    /// Files for these resources.
    public init(resources: [Stack.Resource], catalog: Catalog) { (self.resources, self.catalog) = (resources, catalog) }

    /// The databases of `aws rds describe-db-instances` output.
    /// - Returns: nil when the text is none.
    public static func databases(describing bytes: [UInt8]) -> [Stack.Resource]? {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)) else { return nil }
        return answer.DBInstances.map { instance in
            var resource = Stack.Resource(id: instance.DBInstanceIdentifier, kind: .database)
            let isServerless = instance.DBInstanceClass == "db.serverless"
            resource.tier = isServerless ? "aurora-serverless-v2" : instance.DBInstanceClass
            let version = instance.EngineVersion?.split(separator: ".").first.map { " \($0)" } ?? ""
            resource.engine =
                (instance.Engine.map { $0.hasPrefix("aurora-postgresql") ? "aurora-postgres" : $0 } ?? "postgres") + version
            resource.allocatedStorage = isServerless ? nil : instance.AllocatedStorage
            resource.multiAZ = instance.MultiAZ
            resource.cluster = instance.DBClusterIdentifier
            resource.replicas = instance.ReadReplicaDBInstanceIdentifiers?.count
            return resource
        }
    }

    /// The part of AWS's answer that is needed; the names are AWS's.
    private struct Answer: Decodable {
        struct Instance: Decodable {
            var DBInstanceIdentifier: String
            var DBInstanceClass: String?
            var Engine: String?
            var EngineVersion: String?
            var AllocatedStorage: Double?
            var MultiAZ: Bool?
            var DBClusterIdentifier: String?
            var ReadReplicaDBInstanceIdentifiers: [String]?
        }
        var DBInstances: [Instance]
    }

    /// `advisor.yaml`, commented.
    public func stack() -> String {
        var lines = [
            "# What advisor knows of your stack. Everything is optional: what is not said is unknown, and rules that need it say so.",
            "# name: my-project",
            "# stage: launch                  # mvp | launch | growth",
            "# funding: { raised: $60K, round: seed, date: 2026-01-15 }      # pre-seed | seed | series-a | later",
            "# wants: []                      # aws-integration",
            "# vars: { cpu_limit: 85% }       # other thresholds; `advisor rules list` shows them",
            "# mute: [{ cron: 0 2 * * sun, for: 2h, zone: Asia/Seoul }]      # judged and shown, and nobody is told",
            "# budget: { monthly: $50, preset: guide-prod, alert_at: [50%, 80%, 100%] }",
            "resources:" + (resources.isEmpty ? " []" : ""),
        ]
        if resources.isEmpty {
            lines += [
                "#  - id: my-db                   # = DBInstanceIdentifier", "#    kind: database", "#    environment: prod",
                "#    tier: db.t4g.micro          # \(catalog.tiers.map(\.id).joined(separator: " | "))",
                "#    engine: postgres 15",
                "#    allocated_storage: 20GiB    # AWS writes GB and means GiB", "#    multi_az: false", "#    replicas: 0",
            ]
        }
        for resource in resources { lines += self.lines(resource) }
        lines += [
            "# stack:                         # what else is on the bill", "#  - { service: lambda, monthly: $5 }",
            "#  - { service: nat-gateway, count: 1 }",
        ]
        lines += Self.unattended
        return lines.joined(separator: "\n") + "\n"
    }

    /// What `advisor run` reads, and whom it tells.
    private static let unattended = [
        "# ingest:                        # what `advisor run` reads; `advisor init --cron` and --systemd call it",
        "#  - command: [aws, cloudwatch, get-metric-data, --metric-data-queries, \"file://queries.json\", --start-time, \"{start}\", --end-time, \"{end}\"]",
        "#    queries: queries.json",
        "#  - exports/                    # or files, folders, patterns; read again when they change",
        "# webhooks:                      # whom it tells; `advisor alerts test NAME` tries one",
        "#  - { name: team, format: slack, url_file: /etc/advisor/slack.url, severities: [warning, critical] }",
        "# alerts: { repeat: 24h, stale_after: 2h, quiet_hours: { from: \"22:00\", to: \"07:00\", zone: Europe/Berlin } }",
        "# retention: { 1m: 15d, 5m: 63d, 1h: 455d }",
    ]

    private func lines(_ resource: Stack.Resource) -> [String] {
        var lines = ["  - id: \(Self.quoted(resource.id))", "    kind: \(resource.kind.rawValue)"]
        if resource.kind == .database { lines.append("    # environment: prod") }
        if let tier = resource.tier {
            let isKnown = catalog.tier(tier) != nil
            lines.append(
                isKnown
                    ? "    tier: \(tier)"
                    : "    # tier: \(Self.quoted(tier))   # the catalogue has no such tier, so its cost is unknown")
        } else if resource.kind == .database {
            lines.append("    # tier: db.t4g.micro          # \(catalog.tiers.map(\.id).joined(separator: " | "))")
        }
        if let engine = resource.engine { lines.append("    engine: \(Self.quoted(engine))") }
        if let storage = resource.allocatedStorage {
            lines.append("    allocated_storage: \(Int(storage))GiB      # AWS writes GB and means GiB")
        }
        if let multiAZ = resource.multiAZ { lines.append("    multi_az: \(multiAZ)") }
        if let cluster = resource.cluster { lines.append("    cluster: \(Self.quoted(cluster))") }
        if let replicas = resource.replicas { lines.append("    replicas: \(replicas)") }
        return lines
    }

    /// As YAML reads it back, whatever it holds.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._ ".contains($0)) } && text.first?.isLetter == true
        if isPlain { return text }
        let escaped = SafeText.terminal(text).replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(
            of: "\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    private static let wanted = [
        "cpu", "free_storage", "freeable_memory", "connections", "cpu_credit_balance", "cpu_surplus_credits_charged",
        "read_latency",
    ]
    private static let wantedOfAurora = ["cpu", "acu_utilization", "serverless_capacity", "connections"]

    /// `queries.json` for the metrics that the guide needs.
    public func queries(metrics: MetricCatalog) -> String {
        var queries: [JSONValue] = []
        for resource in resources where resource.kind == .database {
            let names = resource.tier == "aurora-serverless-v2" ? Self.wantedOfAurora : Self.wanted
            for metric in names.compactMap({ metrics.metrics[$0] }) {
                guard case .series(let namespace, let name) = metric.origin, let dimension = metric.dimension else { continue }
                let statistics = metric.id == "cpu" ? ["Average", "Maximum"] : [Self.cloudWatchName(metric.statistic)]
                for statistic in statistics {
                    queries.append(query(queries.count, namespace, name, (dimension, resource.id), statistic))
                }
                if metric.id == "free_storage" {
                    queries.append(query(queries.count, namespace, name, (dimension, resource.id), "Minimum"))
                }
            }
        }
        queries.append(query(queries.count, "AWS/Billing", "EstimatedCharges", ("Currency", "USD"), "Maximum", period: 21_600))
        return JSONValue.array(queries).render()
    }

    private func query(
        _ number: Int, _ namespace: String, _ name: String, _ dimension: (name: String, value: String), _ statistic: String,
        period: Int = 300
    ) -> JSONValue {
        .object([
            "Id": .text("m\(number)"),
            "MetricStat": .object([
                "Metric": .object([
                    "Namespace": .text(namespace), "MetricName": .text(name),
                    "Dimensions": .array([.object(["Name": .text(dimension.name), "Value": .text(dimension.value)])]),
                ]),
                "Period": .integer(period), "Stat": .text(statistic),
            ]),
        ])
    }

    private static func cloudWatchName(_ statistic: Statistic) -> String {
        switch statistic {
        case .average: "Average"
        case .minimum: "Minimum"
        case .maximum, .latest: "Maximum"
        case .sum: "Sum"
        case .count: "SampleCount"
        case .percentile: statistic.word
        }
    }

    /// What to do next: the command, the policy and the crontab line.
    public func nextSteps(now: Timestamp) -> String {
        let start = (now - .seconds(14 * 86_400)).floored(to: .seconds(21_600))
        let command = "aws cloudwatch get-metric-data --metric-data-queries file://queries.json"
        return """
            Fetch two weeks of history (billing metrics are in us-east-1 alone):

              \(command) --start-time \(start) --end-time \(now.floored(to: .seconds(300))) | advisor ingest - --queries queries.json

            The least IAM policy for that:

              {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudwatch:GetMetricData","rds:DescribeDBInstances"],"Resource":"*"}]}

            Then from cron, every 15 minutes (in crontabs % is written \\%):

              */15 * * * * \(command) --start-time $(date -u -d '3 hours ago' +\\%Y-\\%m-\\%dT\\%H:00:00Z) --end-time $(date -u +\\%Y-\\%m-\\%dT\\%H:\\%M:00Z) | advisor ingest - --queries queries.json --quiet && advisor evaluate --quiet

            Or let `advisor run` do all of it and tell whom it should: name the command under `ingest:` and the receivers under
            `webhooks:` in advisor.yaml, then `advisor init --cron` prints the line, `advisor init --systemd` the units.

            Look at it: advisor report

            """
    }
}
