public import AdvisorCore
internal import Foundation

/// The files and instructions of `advisor init`.
public struct InitFiles: Sendable {
    /// The databases found.
    public private(set) var resources: [Stack.Resource]
    private let catalog: Catalog

    /// Creates the files for resources.
    public init(resources: [Stack.Resource], catalog: Catalog) { (self.resources, self.catalog) = (resources, catalog) }

    private var regions: Set<String> { Set(resources.compactMap(\.region)) }

    /// The region of all resources, if it is not the one whose prices are built in.
    private var region: String? {
        guard regions.count == 1, let region = regions.first, resources.allSatisfy({ $0.region == region }) else { return nil }
        return region == catalog.region ? nil : region
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
        ]
        if let region { lines.append("region: \(region)") }
        lines.append("resources:" + (resources.isEmpty ? " []" : ""))
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
        lines += tierLines(resource)
        if let engine = resource.engine, !engine.engine.rawValue.isEmpty {
            lines.append("    engine: \(Self.quoted(engine.description))")
        }
        if let region = resource.region { lines.append("    region: \(region)") }
        if let storage = resource.allocatedStorage {
            lines.append("    allocated_storage: \(Int(storage))GiB      # AWS writes GB and means GiB")
        }
        if let type = resource.storageType { lines.append("    storage_type: \(Self.quoted(type))") }
        if let iops = resource.iops { lines.append("    iops: \(iops)") }
        if let multiAZ = resource.multiAZ { lines.append("    multi_az: \(multiAZ)") }
        if let cluster = resource.cluster { lines.append("    cluster: \(Self.quoted(cluster))") }
        if let least = resource.minimumCapacity, let most = resource.maximumCapacity {
            lines.append("    capacity: { min: \(ValueText.number(least)), max: \(ValueText.number(most)) }")
        }
        if let replicas = resource.replicas { lines.append("    replicas: \(replicas)") }
        if let source = resource.replicaOf { lines.append("    replica_of: \(Self.quoted(source))      # and billed here") }
        if resource.isStopped { lines.append("    stopped: true               # only its storage is billed") }
        return lines + Self.metricLines(resource)
    }

    private static func metricLines(_ resource: Stack.Resource) -> [String] {
        guard !resource.metrics.isEmpty else { return [] }
        return ["    metrics:                    # where CloudWatch has them"]
            + resource.metrics.sorted { $0.key < $1.key }.map { metric, series in
                let dimensions = series.dimensions.map { "\($0.name): \(quoted($0.value))" }.joined(separator: ", ")
                return
                    "      \(metric): { namespace: \(series.namespace), name: \(series.name), dimensions: { \(dimensions) } }"
            }
    }

    private func tierLines(_ resource: Stack.Resource) -> [String] {
        guard let tier = resource.tier else {
            guard resource.kind == .database else { return [] }
            return ["    # tier: db.t4g.micro          # \(catalog.tiers.map(\.id).joined(separator: " | "))"]
        }
        guard let known = catalog.tier(of: resource) else {
            return [
                "    # tier: \(Self.quoted(tier))   # not in the catalog: cost and moves stay unknown, alarms and forecasts work all the same"
            ]
        }
        let isUnpriced = known.hourly.map { $0.usd == nil } ?? false
        return ["    tier: \(tier)" + (isUnpriced ? "   # no price is known: its cost stays unknown" : "")]
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

    /// `queries.json` with the metrics that rules and projections read.
    public func queries(metrics: MetricCatalog) -> String {
        var queries: [JSONValue] = []
        var seen: Set<[String]> = []
        for resource in resources {
            for (metric, series) in resource.metrics.sorted(by: { $0.key < $1.key }) {
                guard let metric = metrics.metrics[metric], let dimension = series.dimensions.first else { continue }
                for statistic in Self.statistics(of: metric)
                where seen.insert([series.namespace, series.name, dimension.value, statistic]).inserted {
                    queries.append(
                        query(queries.count, series.namespace, series.name, (dimension.name, dimension.value), statistic))
                }
            }
            for metric in collectedMetrics(of: resource, metrics) {
                guard case .series(let namespace, let name) = metric.origin, let dimension = metric.dimension else { continue }
                let isOfCluster = metric.id == .volumeBytesUsed
                guard let id = isOfCluster ? resource.cluster : resource.id else { continue }
                for statistic in Self.statistics(of: metric) where seen.insert([namespace, name, id, statistic]).inserted {
                    queries.append(query(queries.count, namespace, name, (dimension, id), statistic))
                }
            }
        }
        queries.append(query(queries.count, "AWS/Billing", "EstimatedCharges", ("Currency", "USD"), "Maximum", period: 21_600))
        return JSONValue.array(queries).render()
    }

    /// Those of its family for a database; for any other kind those that rules can use.
    private func collectedMetrics(of resource: Stack.Resource, _ metrics: MetricCatalog) -> [Metric] {
        // With series of its own it has none of those of RDS.
        guard resource.metrics.isEmpty else { return [] }
        guard resource.kind == .database else {
            return metrics.metrics.values.filter { $0.kinds == [resource.kind] }.sorted { $0.id < $1.id }
        }
        let engine = resource.engine?.engine
        let byEngine = engine.flatMap { engine in DatabaseFamilies.all.first { $0.prices(engine) } }
        let family = catalog.tier(of: resource)?.family ?? byEngine
        let lag: [MetricID] = resource.replicaOf != nil && resource.cluster == nil ? [.replicaLag] : []
        return ((family ?? DatabaseFamilies.standard).collectedMetrics + lag).compactMap { metrics.metrics[$0] }
    }

    private static func statistics(of metric: Metric) -> [String] {
        switch metric.id {
        case .cpu: ["Average", "Maximum"]
        case .freeStorage, .freeableMemory: [metric.statistic.cloudWatchName, "Minimum"]
        default: [metric.statistic.cloudWatchName]
        }
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

    /// Where CloudWatch has what `queries.json` asks for: the regions of the resources, and the one of billing metrics; empty when
    /// no region is known.
    private var calledRegions: [String] {
        // Other partitions have neither this region nor its billing metrics.
        let isCommercial = regions.contains { !$0.hasPrefix("cn-") && !$0.hasPrefix("us-gov-") }
        return regions.union(isCommercial ? [Self.billingRegion] : []).sorted()
    }

    /// The command that reads an interval of all regions into the store.
    private func command(from start: String, to end: String, options: String = "") -> String {
        let call = "aws cloudwatch get-metric-data --metric-data-queries file://queries.json"
        let ingest = "--start-time \(start) --end-time \(end) | advisor ingest - --queries queries.json\(options)"
        let called = calledRegions
        guard called.count > 1 else { return "\(call)\(called.first.map { " --region \($0)" } ?? "") \(ingest)" }
        return "for region in \(called.joined(separator: " ")); do \(call) --region $region \(ingest); done"
    }

    private static let billingRegion = "us-east-1"

    /// The next steps: the command, the policy and the crontab line.
    public func nextSteps(now: Timestamp) -> String {
        let start = (now - .seconds(14 * 86_400)).floored(to: .seconds(21_600))
        let history = command(from: "\(start)", to: "\(now.floored(to: .seconds(300)))")
        let scheduled = command(
            from: "$(date -u -d '3 hours ago' +\\%Y-\\%m-\\%dT\\%H:00:00Z)",
            to: "$(date -u +\\%Y-\\%m-\\%dT\\%H:\\%M:00Z)", options: " --quiet")
        return """
            Fetch two weeks of history (billing metrics are in \(Self.billingRegion) only):

              \(history)

            The least IAM policy for it:

              {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudwatch:GetMetricData","rds:DescribeDBInstances","rds:DescribeDBClusters"],"Resource":"*"}]}

            Then from cron, every 15 minutes (in crontabs % is written \\%):

              */15 * * * * \(scheduled) && advisor evaluate --quiet

            Or let `advisor run` do all of it: put the command under `ingest:` and the receivers of alerts under
            `webhooks:` in advisor.yaml; then `advisor init --cron` prints the line, `advisor init --systemd` the units.

            Look at it: advisor report

            """
    }
}
