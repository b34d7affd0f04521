public import AdvisorCore
internal import Foundation

/// The databases in the output of `aws rds describe-db-instances` and `describe-db-clusters`.
public struct DatabaseInventory: Sendable {
    private var instances: [[String: JSONValue]] = []
    private var clusters: [String: [String: JSONValue]] = [:]
    /// The instances of each cluster, the writer first.
    private var members: [String: [String]] = [:]

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
            let isKnown = instances.contains { $0["DBInstanceIdentifier"]?.text == id }
            if !isKnown { instances.append(object) }
            return true
        }
        guard let id = object["DBClusterIdentifier"]?.text else { return false }
        clusters[id] = object
        return true
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
        return described + others
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
        }
        resource.multiAZ = instance["MultiAZ"]?.boolean
        resource.cluster = instance["DBClusterIdentifier"]?.text
        resource.replicas = instance["ReadReplicaDBInstanceIdentifiers"]?.array?.count
        let source = instance["ReadReplicaSourceDBInstanceIdentifier"]?.text?.split(separator: ":").last.map(String.init)
        resource.replicaOf = instances.lazy.compactMap { $0["DBInstanceIdentifier"]?.text }.first { $0 == source && $0 != id }
        if instance["DBInstanceStatus"]?.text?.hasPrefix("stop") == true { resource.isStopped = true }
        if Self.isAurora(instance), let cluster = resource.cluster { join(&resource, cluster) }
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
        join(&resource, name)
        return resource
    }

    /// Declares an instance as one of a cluster: the writer has the others as its replicas, and each is billed by itself.
    private func join(_ resource: inout Stack.Resource, _ cluster: String) {
        resource.cluster = cluster
        let ids = members[cluster] ?? []
        resource.replicas = resource.id == ids.first ? max(0, ids.count - 1) : 0
        resource.replicaOf = resource.id == ids.first ? nil : ids.first
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
