public import AdvisorCore
internal import Foundation

/// The files and instructions of `advisor init`.
public struct InitFiles: Sendable {
    /// The databases found.
    public private(set) var resources: [Stack.Resource]
    private let catalog: Catalog

    /// Creates the files for resources.
    public init(resources: [Stack.Resource], catalog: Catalog) { (self.resources, self.catalog) = (resources, catalog) }

    /// Reads the databases from the output of `aws rds describe-db-instances`.
    /// - Returns: nil when the text is not such output.
    public static func databases(describing bytes: [UInt8]) -> [Stack.Resource]? {
        var scanner = JSONScanner(ByteSource(bytes))
        guard let instances = (try? scanner.element())?.object?["DBInstances"]?.array else { return nil }
        let resources = instances.compactMap { $0.object.flatMap(resource) }
        return resources.count == instances.count ? resources : nil
    }

    /// A resource of an element of `DBInstances`; the names are AWS's.
    private static func resource(_ instance: [String: JSONValue]) -> Stack.Resource? {
        guard let id = instance["DBInstanceIdentifier"]?.text else { return nil }
        var resource = Stack.Resource(id: id, kind: .database)
        let declaration = DatabaseFamilies.declaration(
            of: DescribedInstance(instanceClass: instance["DBInstanceClass"]?.text, engine: instance["Engine"]?.text))
        resource.tier = declaration.tier
        resource.engine = EngineVersion(
            declaration.engine, version: instance["EngineVersion"]?.text?.split(separator: ".").first.map(String.init))
        resource.allocatedStorage = declaration.allocatesStorage ? instance["AllocatedStorage"]?.number : nil
        resource.multiAZ = instance["MultiAZ"]?.boolean
        resource.cluster = instance["DBClusterIdentifier"]?.text
        resource.replicas = instance["ReadReplicaDBInstanceIdentifiers"]?.array?.count
        return resource
    }

    /// `advisor.yaml` with comments.
    public func stack() -> String {
        var lines = [
            "# Your stack. Every key is optional; a missing one is unknown, and rules that need it report so.",
            "# name: my-project",
            "# stage: launch                  # mvp | launch | growth",
            "# funding: { raised: $60K, round: seed, date: 2026-01-15 }      # pre-seed | seed | series-a | later",
            "# wants: []                      # aws-integration",
            "# vars: { cpu_limit: 85% }       # other thresholds; `advisor rules list` shows them",
            "# mute: [{ cron: 0 2 * * sun, for: 2h, zone: Asia/Seoul }]      # evaluated and shown, without alerts",
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

    /// What `advisor run` reads, and the receivers of its alerts.
    private static let unattended = [
        "# ingest:                        # what `advisor run` reads; `advisor init --cron` and --systemd call it",
        "#  - command: [aws, cloudwatch, get-metric-data, --metric-data-queries, \"file://queries.json\", --start-time, \"{start}\", --end-time, \"{end}\"]",
        "#    queries: queries.json",
        "#  - exports/                    # or files, folders, patterns; read again when they change",
        "# webhooks:                      # receivers of alerts; `advisor alerts test NAME` tries one",
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
                    : "    # tier: \(Self.quoted(tier))   # not in the catalog, so its cost is unknown")
        } else if resource.kind == .database {
            lines.append("    # tier: db.t4g.micro          # \(catalog.tiers.map(\.id).joined(separator: " | "))")
        }
        if let engine = resource.engine { lines.append("    engine: \(Self.quoted(engine.description))") }
        if let storage = resource.allocatedStorage {
            lines.append("    allocated_storage: \(Int(storage))GiB      # AWS writes GB and means GiB")
        }
        if let multiAZ = resource.multiAZ { lines.append("    multi_az: \(multiAZ)") }
        if let cluster = resource.cluster { lines.append("    cluster: \(Self.quoted(cluster))") }
        if let replicas = resource.replicas { lines.append("    replicas: \(replicas)") }
        return lines
    }

    /// Quoted as YAML requires.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._ ".contains($0)) } && text.first?.isLetter == true
        if isPlain { return text }
        let escaped = SafeText.terminal(text).replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(
            of: "\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// `queries.json` with the metrics that the guide needs.
    public func queries(metrics: MetricCatalog) -> String {
        var queries: [JSONValue] = []
        for resource in resources where resource.kind == .database {
            let family = resource.tier.flatMap(catalog.tier)?.family ?? DatabaseFamilies.standard
            for metric in family.collectedMetrics.compactMap({ metrics.metrics[$0] }) {
                guard case .series(let namespace, let name) = metric.origin, let dimension = metric.dimension else { continue }
                let statistics = metric.id == .cpu ? ["Average", "Maximum"] : [metric.statistic.cloudWatchName]
                for statistic in statistics {
                    queries.append(query(queries.count, namespace, name, (dimension, resource.id), statistic))
                }
                if metric.id == .freeStorage {
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

    /// The next steps: the command, the policy and the crontab line.
    public func nextSteps(now: Timestamp) -> String {
        let start = (now - .seconds(14 * 86_400)).floored(to: .seconds(21_600))
        let command = "aws cloudwatch get-metric-data --metric-data-queries file://queries.json"
        return """
            Fetch two weeks of history (billing metrics are in us-east-1 only):

              \(command) --start-time \(start) --end-time \(now.floored(to: .seconds(300))) | advisor ingest - --queries queries.json

            The least IAM policy for it:

              {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudwatch:GetMetricData","rds:DescribeDBInstances"],"Resource":"*"}]}

            Then from cron, every 15 minutes (in crontabs % is written \\%):

              */15 * * * * \(command) --start-time $(date -u -d '3 hours ago' +\\%Y-\\%m-\\%dT\\%H:00:00Z) --end-time $(date -u +\\%Y-\\%m-\\%dT\\%H:\\%M:00Z) | advisor ingest - --queries queries.json --quiet && advisor evaluate --quiet

            Or let `advisor run` do all of it: put the command under `ingest:` and the receivers of alerts under
            `webhooks:` in advisor.yaml; then `advisor init --cron` prints the line, `advisor init --systemd` the units.

            Look at it: advisor report

            """
    }
}
