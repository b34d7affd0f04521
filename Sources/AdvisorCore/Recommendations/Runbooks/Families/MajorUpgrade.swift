/// The commands of an upgrade to another major version, with a rehearsal on a restored snapshot.
///
/// Source: Amazon RDS User Guide, Upgrading a DB instance engine version; Amazon Aurora User Guide, Upgrading Amazon Aurora DB
/// clusters.
struct MajorUpgrade {
    /// Whether a cluster is upgraded, which is done for all of its instances.
    let isCluster: Bool
    let context: RunbookContext

    private var kind: String { isCluster ? "cluster" : "instance" }
    private var id: String { isCluster ? context.cluster : Shell.quoted(context.id) }
    private var flag: String { isCluster ? "--db-cluster-identifier" : "--db-instance-identifier" }
    private var rehearsal: String { context.named("rehearsal") }
    private var snapshot: String { context.named("before-upgrade") }

    /// The procedure; nil version: the newest one that is offered.
    func procedure(to version: EngineVersion?) -> Procedure {
        let hops = path(to: version)
        let changes =
            version?.version.map { version in
                context.changes(
                    CDK.engine(context.resource.engine, to: version),
                    Terraform.engine(from: context.resource.engine?.version, to: version))
            } ?? []
        return Procedure(
            commands: hops.flatMap { hop in
                [target(hop)] + (hop == hops.first ? rehearse : []) + [upgrade(id, purpose: .inWindow), wait(id)]
            }, changes: changes, deploy: changes.isEmpty ? nil : context.deploy, downtime: .majorUpgrade, restart: .yes,
            effort: .halfDay, rollback: .restoredSnapshot, irreversible: nil,
            cautions: [.majorVersionChanges, .supportOptOut, .droppedConnections] + (isCluster ? context.clusterCaution : []))
    }

    /// The major versions on the way; one unknown version where no target is known.
    private func path(to version: EngineVersion?) -> [String?] {
        guard let version, let engine = context.resource.engine else { return [version?.version] }
        return context.catalog.upgradePath(from: engine, to: version).map(\.version)
    }

    /// Finds the newest minor version of a major one to which it can be upgraded.
    private func target(_ version: String?) -> Procedure.Command {
        let engine = context.resource.engine?.engine.commandLineName ?? "postgres"
        let (list, item) = isCluster ? ("clusters", "DBClusters") : ("instances", "DBInstances")
        let present = "$(aws rds describe-db-\(list) \(flag) \(id) --query '\(item)[0].EngineVersion' --output text)"
        let condition = version.map { "?starts_with(EngineVersion, '\($0).')" } ?? ""
        return Procedure.Command(
            "VERSION=\"$(aws rds describe-db-engine-versions --engine \(engine) --engine-version \(present) --query \"DBEngineVersions[].ValidUpgradeTarget[\(condition)][].EngineVersion | [-1]\" --output text)\"",
            purpose: .upgradeTarget(version: version ?? ""))
    }

    private var rehearse: [Procedure.Command] {
        let create = "aws rds create-db-\(isCluster ? "cluster-" : "")snapshot \(flag) \(id)"
        let name = isCluster ? "--db-cluster-snapshot-identifier" : "--db-snapshot-identifier"
        let restore =
            isCluster
            ? "aws rds restore-db-cluster-from-snapshot \(flag) \(rehearsal) --snapshot-identifier \(snapshot) --engine \(context.resource.engine?.engine.commandLineName ?? "aurora-postgresql")"
            : "aws rds restore-db-instance-from-db-snapshot \(flag) \(rehearsal) \(name) \(snapshot)"
        return [
            Procedure.Command("\(create) \(name) \(snapshot)", purpose: .rollbackSnapshot),
            Procedure.Command("aws rds wait db-\(isCluster ? "cluster-" : "")snapshot-available \(name) \(snapshot)"),
            Procedure.Command(restore, purpose: .rehearsal), wait(rehearsal), upgrade(rehearsal, purpose: nil),
            wait(rehearsal),
            Procedure.Command(
                "aws rds delete-db-\(kind) \(flag) \(rehearsal) --skip-final-snapshot", purpose: .afterRehearsal),
        ]
    }

    private func upgrade(_ name: String, purpose: CommandPurpose?) -> Procedure.Command {
        Procedure.Command(
            "aws rds modify-db-\(kind) \(flag) \(name) --engine-version \"$VERSION\" --allow-major-version-upgrade --apply-immediately",
            purpose: purpose)
    }

    private func wait(_ name: String) -> Procedure.Command {
        Procedure.Command("aws rds wait db-\(kind)-available \(flag) \(name)")
    }
}
