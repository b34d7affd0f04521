public import AdvisorCore
internal import Foundation

/// The databases in the output of `aws rds describe-db-instances` and `describe-db-clusters`.
public struct DatabaseInventory: Sendable {
    private var instances: [[String: JSONValue]] = []
    private var clusters: [String: [String: JSONValue]] = [:]
    /// The instances of each cluster, the writer first.
    private var members: [String: [String]] = [:]
    /// What people should know of databases that are not written as they are, in order.
    public private(set) var notices: [String] = []

    /// Creates an inventory without databases.
    public init() {}

    /// Adds the output of a command, whole or the lists in it.
    /// - Returns: Whether it is such output.
    public mutating func add(_ bytes: [UInt8]) -> Bool {
        var scanner = JSONScanner(ByteSource(bytes))
        var found: Bool?
        do {
            while try scanner.next() != nil { found = add(try scanner.element()) && found ?? true }
        } catch { return false }
        return found ?? false
    }

    private mutating func add(_ document: JSONValue) -> Bool {
        if let list = document.array { return list.allSatisfy { add(described: $0) } }
        guard let object = document.object else { return false }
        let lists = ["DBInstances", "DBClusters"].compactMap { object[$0]?.array }
        return lists.isEmpty ? add(described: document) : lists.joined().allSatisfy { add(described: $0) }
    }

    private mutating func add(described value: JSONValue) -> Bool {
        guard let object = value.object else { return false }
        if let id = object["DBInstanceIdentifier"]?.text {
            let known = instances.first { $0["DBInstanceIdentifier"]?.text == id }
            if let known { note(object, "DBInstanceArn", besides: known, id) } else { instances.append(object) }
            return true
        }
        guard let id = object["DBClusterIdentifier"]?.text else { return false }
        if let known = clusters[id] { note(object, "DBClusterArn", besides: known, id) } else { clusters[id] = object }
        return true
    }

    /// Notes that an id is that of two databases, in two regions or accounts: a stack file has one resource of an id.
    private mutating func note(
        _ described: [String: JSONValue], _ arn: String, besides known: [String: JSONValue], _ id: String
    ) {
        guard let own = described[arn]?.text, let first = known[arn]?.text, own != first else { return }
        notices.append(
            "'\(id)' is the id of \(first) and of \(own); a stack file has one database of an id, so only the first is written; use a folder for each region and account"
        )
    }

    /// The databases as advisor.yaml declares them, in the order of the output; those of clusters that only
    /// `describe-db-clusters` knows follow.
    public mutating func databases() -> [Stack.Resource] {
        members = [:]
        for instance in instances {
            guard let cluster = instance["DBClusterIdentifier"]?.text, Self.isAurora(instance) else { continue }
            members[cluster, default: []].append(instance["DBInstanceIdentifier"]?.text ?? "")
        }
        for (id, cluster) in clusters {
            let described = cluster["DBClusterMembers"]?.array?.compactMap(\.object) ?? []
            func ids(_ isWriter: Bool) -> [String] {
                described.filter { ($0["IsClusterWriter"]?.boolean ?? false) == isWriter }.compactMap {
                    $0["DBInstanceIdentifier"]?.text
                }
            }
            var seen: Set<String> = []
            members[id] = (ids(true) + (members[id] ?? []) + ids(false)).filter { seen.insert($0).inserted }
        }
        let described = instances.compactMap(resource)
        let ids = Set(described.map(\.id))
        let others = clusters.keys.sorted().flatMap { cluster in
            (members[cluster] ?? []).filter { !ids.contains($0) }.map { member(id: $0, of: cluster) }
        }
        let used = Set(instances.compactMap { $0["DBClusterIdentifier"]?.text })
        let empty = clusters.keys.sorted().filter { members[$0]?.isEmpty != false && !used.contains($0) }
        for id in empty {
            notices.append("the cluster '\(id)' has no instances (Serverless v1, or only storage): its cost stays unknown")
        }
        return described + others + empty.map { withoutMembers(id: $0) }
    }

    /// A cluster without instances, whose metrics CloudWatch has for the cluster.
    private func withoutMembers(id: String) -> Stack.Resource {
        let cluster = clusters[id] ?? [:]
        var resource = Stack.Resource(id: id, kind: .database)
        let engine = DatabaseEngine(rawValue: cluster["Engine"]?.text ?? "")
        resource.engine = EngineVersion(engine, version: Self.version(cluster["EngineVersion"]?.text, of: engine))
        resource.region = Self.region(of: cluster, arn: "DBClusterArn")
        resource.cluster = id
        if cluster["Status"]?.text?.hasPrefix("stop") == true { resource.isStopped = true }
        let own: [MetricID] = [.cpu, .connections, .freeableMemory]
        declare(own, of: &resource, in: Self.namespaces[engine.rawValue] ?? "AWS/RDS", dimension: "DBClusterIdentifier")
        return resource
    }

    /// The namespaces of engines whose metrics CloudWatch does not have among those of RDS. Source: the user guides of Neptune
    /// and DocumentDB.
    private static let namespaces = ["neptune": "AWS/Neptune", "docdb": "AWS/DocDB"]
    /// The names of metrics there; those of RDS.
    private static let names: [MetricID: String] = [
        .cpu: "CPUUtilization", .connections: "DatabaseConnections", .freeableMemory: "FreeableMemory",
        .volumeBytesUsed: "VolumeBytesUsed",
    ]

    /// Declares the series of metrics, because they are not those of the metric catalog.
    private func declare(
        _ metrics: [MetricID], of resource: inout Stack.Resource, in namespace: String, dimension: String
    ) {
        for metric in metrics {
            guard let name = Self.names[metric] else { continue }
            let isOfVolume = metric == .volumeBytesUsed
            guard let id = isOfVolume ? resource.cluster : resource.id else { continue }
            resource.metrics[metric] = Stack.SeriesReference(
                namespace: namespace, name: name,
                dimensions: [SeriesKey.Dimension(isOfVolume ? "DBClusterIdentifier" : dimension, id)])
        }
    }

    /// Declares the metrics of an engine that has a namespace of its own.
    private func declareOwnMetrics(of resource: inout Stack.Resource) {
        guard let engine = resource.engine?.engine.rawValue, let namespace = Self.namespaces[engine] else { return }
        let connections: [MetricID] = engine == "docdb" ? [.connections] : []
        declare(
            [.cpu, .freeableMemory, .volumeBytesUsed] + connections, of: &resource, in: namespace,
            dimension: "DBInstanceIdentifier")
        // Their volumes grow by themselves.
        resource.allocatedStorage = nil
        (resource.storageType, resource.iops) = (nil, nil)
    }

    private static func isAurora(_ described: [String: JSONValue]) -> Bool {
        [.auroraPostgres, .auroraMySQL].contains(DatabaseEngine(rawValue: described["Engine"]?.text ?? ""))
    }

    /// A resource of an element of `DBInstances`; the names are AWS's.
    private func resource(_ instance: [String: JSONValue]) -> Stack.Resource? {
        guard let id = instance["DBInstanceIdentifier"]?.text else { return nil }
        var resource = Stack.Resource(id: id, kind: .database)
        let declaration = DatabaseFamilies.declaration(
            of: DescribedInstance(instanceClass: instance["DBInstanceClass"]?.text, engine: instance["Engine"]?.text))
        resource.tier = declaration.tier
        resource.engine = EngineVersion(
            declaration.engine, version: Self.version(instance["EngineVersion"]?.text, of: declaration.engine))
        resource.region = Self.region(of: instance, arn: "DBInstanceArn")
        if declaration.allocatesStorage {
            resource.allocatedStorage = instance["AllocatedStorage"]?.number.flatMap { $0 > 0 ? $0 : nil }
            resource.storageType = instance["StorageType"]?.text
            resource.iops = instance["Iops"]?.number.flatMap { $0 > 0 ? Int($0) : nil }
        } else if instance["StorageType"]?.text == AuroraStorage.ioOptimized {
            resource.storageType = AuroraStorage.ioOptimized
        }
        resource.multiAZ = instance["MultiAZ"]?.boolean
        resource.cluster = instance["DBClusterIdentifier"]?.text
        resource.replicas = instance["ReadReplicaDBInstanceIdentifiers"]?.array?.count
        let source = instance["ReadReplicaSourceDBInstanceIdentifier"]?.text?.split(separator: ":").last.map(String.init)
        resource.replicaOf = instances.lazy.compactMap { $0["DBInstanceIdentifier"]?.text }.first { $0 == source && $0 != id }
        if instance["DBInstanceStatus"]?.text?.hasPrefix("stop") == true { resource.isStopped = true }
        if Self.isAurora(instance), let cluster = resource.cluster { join(&resource, cluster) }
        declareOwnMetrics(of: &resource)
        return resource
    }

    /// An instance of which only the cluster is described: its class is unknown.
    private func member(id: String, of name: String) -> Stack.Resource {
        let cluster = clusters[name] ?? [:]
        var resource = Stack.Resource(id: id, kind: .database)
        // A range is set on clusters of serverless instances.
        let isServerless = cluster["ServerlessV2ScalingConfiguration"]?.object != nil
        let instanceClass = isServerless ? "db.serverless" : cluster["DBClusterInstanceClass"]?.text
        let declaration = DatabaseFamilies.declaration(
            of: DescribedInstance(instanceClass: instanceClass, engine: cluster["Engine"]?.text))
        resource.tier = declaration.tier
        resource.engine = EngineVersion(
            declaration.engine, version: Self.version(cluster["EngineVersion"]?.text, of: declaration.engine))
        resource.region = Self.region(of: cluster, arn: "DBClusterArn")
        resource.multiAZ = false
        if declaration.allocatesStorage {
            resource.allocatedStorage = cluster["AllocatedStorage"]?.number.flatMap { $0 > 0 ? $0 : nil }
            resource.storageType = cluster["StorageType"]?.text
            resource.iops = cluster["Iops"]?.number.flatMap { $0 > 0 ? Int($0) : nil }
        }
        if cluster["Status"]?.text?.hasPrefix("stop") == true { resource.isStopped = true }
        if Self.isAurora(cluster) {
            join(&resource, name)
        } else {
            // Each instance of a Multi-AZ cluster of RDS has storage of its own.
            (resource.cluster, resource.replicas) = (name, 0)
        }
        declareOwnMetrics(of: &resource)
        return resource
    }

    /// Declares an instance as one of a cluster: the writer has the others as its replicas, and each is billed by itself.
    private func join(_ resource: inout Stack.Resource, _ cluster: String) {
        resource.cluster = cluster
        let ids = members[cluster] ?? []
        resource.replicas = resource.id == ids.first ? max(0, ids.count - 1) : 0
        resource.replicaOf = resource.id == ids.first ? nil : ids.first
        if clusters[cluster]?["StorageType"]?.text == AuroraStorage.ioOptimized {
            resource.storageType = AuroraStorage.ioOptimized
        }
        let range = clusters[cluster]?["ServerlessV2ScalingConfiguration"]?.object
        guard let family = resource.tier, family == AuroraServerless.tier else { return }
        resource.minimumCapacity = range?["MinCapacity"]?.number
        resource.maximumCapacity = range?["MaxCapacity"]?.number
        if clusters[cluster]?["Status"]?.text?.hasPrefix("stop") == true { resource.isStopped = true }
    }

    /// From the ARN, `arn:aws:rds:eu-central-1:…`, else from the zone, `eu-central-1b`; nil without both.
    private static func region(of described: [String: JSONValue], arn name: String) -> String? {
        let parts = described[name]?.text?.split(separator: ":", omittingEmptySubsequences: false).map(String.init) ?? []
        if parts.count > 3, !parts[3].isEmpty { return parts[3] }
        let zone = described["AvailabilityZone"]?.text ?? described["AvailabilityZones"]?.array?.first?.text
        return zone.map { String($0.reversed().drop { $0.isLetter }.reversed()) }
    }

    /// What names a version of an engine: `16` of PostgreSQL 16.3, `5.7` of MySQL 5.7.44, `8.0` of Aurora's 8.0.mysql_aurora.3.
    private static func version(_ text: String?, of engine: DatabaseEngine) -> String? {
        guard let parts = text?.split(separator: "."), let first = parts.first else { return nil }
        let isPostgres = engine == .postgres || engine == .auroraPostgres
        let count = isPostgres && (Int(first) ?? 0) >= 10 ? 1 : 2
        return parts.prefix(count).map { $0.prefix { $0.isNumber } }.filter { !$0.isEmpty }.joined(separator: ".")
    }
}
