/// Commands are for the AWS CLI; downtime and restarts are from the Aurora User Guide.
extension AuroraServerless: FamilyRunbook {
    /// RDS to Aurora through a replica, which has the shortest downtime.
    func moveIn(to target: String, _ context: RunbookContext) -> Procedure {
        let id = Shell.quoted(context.id)
        let cluster = context.named("aurora")
        let capacity = context.catalog.tier(target)?.capacity
        let (least, most) = (CDK.number(capacity?.minimum ?? 0.5), CDK.number(context.capacity ?? capacity?.maximum ?? 2))
        let scaling = "--serverless-v2-scaling-configuration MinCapacity=\(least),MaxCapacity=\(most)"
        let engine = (context.resource.engine?.engine ?? .postgres).ofAurora.commandLineName ?? "aurora-postgresql"
        func instance(_ name: String) -> String {
            "aws rds create-db-instance --db-instance-identifier \(context.named(name)) --db-cluster-identifier \(cluster) --engine \(engine) --db-instance-class db.serverless"
        }
        func source(_ query: String) -> String {
            "$(aws rds describe-db-instances --db-instance-identifier \(id) --query \(query) --output text)"
        }
        let network =
            "--db-subnet-group-name \"\(source("'DBInstances[0].DBSubnetGroup.DBSubnetGroupName'"))\" --vpc-security-group-ids \(source("'DBInstances[0].VpcSecurityGroups[].VpcSecurityGroupId'")) \(source("\"DBInstances[0].StorageEncrypted && '--storage-encrypted' || '--no-storage-encrypted'\""))"
        return Procedure(
            commands: [context.upgrade(for: target), version(engine, source, context)].compactMap { $0 } + [
                Procedure.Command(
                    "aws rds create-db-cluster --db-cluster-identifier \(cluster) --engine \(engine) --engine-version \"$VERSION\" --replication-source-identifier \"\(source("'DBInstances[0].DBInstanceArn'"))\" \(network) \(scaling)",
                    purpose: .auroraReplica),
                Procedure.Command(instance("aurora-writer")),
                Procedure.Command(
                    "aws rds wait db-instance-available --db-instance-identifier \(context.named("aurora-writer"))"),
                Procedure.Command(
                    "aws rds promote-read-replica-db-cluster --db-cluster-identifier \(cluster)",
                    purpose: .promote
                ),
                Procedure.Command(instance("aurora-reader"), purpose: .guideReader),
                Procedure.Command(
                    "aws rds create-db-snapshot --db-instance-identifier \(id) --db-snapshot-identifier \(context.named("before-aurora"))",
                    purpose: .snapshotBeforeDeletion),
            ],
            changes: [], deploy: nil,
            downtime: .untilEndpointChange,
            restart: .otherEndpoint, effort: .halfDay,
            rollback: .oldInstance, irreversible: nil,
            cautions: (context.stack.infrastructureCode == nil ? [] : [.emptyCluster]) + [.gatewayAndReader])
    }

    /// Finds the newest version of Aurora with the major version of the instance; its own version where none is declared.
    private func version(_ engine: String, _ source: (String) -> String, _ context: RunbookContext) -> Procedure.Command {
        let found =
            context.resource.engine?.majorVersion.map { major in
                "$(aws rds describe-db-engine-versions --engine \(engine) --db-parameter-group-family \(engine)\(major) --query 'DBEngineVersions[-1].EngineVersion' --output text)"
            } ?? source("'DBInstances[0].EngineVersion'")
        return Procedure.Command("VERSION=\"\(found)\"", purpose: .auroraVersion)
    }

    func changeTier(to target: String, _ context: RunbookContext) -> Procedure { moveIn(to: target, context) }

    func cluster(createdFor resource: String) -> String? { "\(resource)-aurora" }

    func addReplicas(from first: Int, to last: Int, _ context: RunbookContext) -> Procedure {
        let names = (first + 1...max(first + 1, min(last, first + 15))).map { context.named("replica-\($0)") }
        let commands = names.map { name in
            "aws rds create-db-instance --db-instance-identifier \(name) --db-cluster-identifier \(context.cluster) --engine aurora-postgresql --db-instance-class db.serverless"
        }
        return Procedure(
            commands: commands.map { Procedure.Command($0) },
            changes: [], deploy: nil,
            downtime: .none, restart: .no,
            effort: .hourInApplication,
            rollback: .command(text: "aws rds delete-db-instance --db-instance-identifier \(names[0])"),
            irreversible: nil,
            cautions: [.replicaLag])
    }

    func raiseCapacity(from: Double?, to units: Double, _ context: RunbookContext) -> Procedure {
        let most = CDK.number(units)
        let least = context.resource.minimumCapacity ?? context.tier?.capacity?.minimum ?? 0.5
        let before = from.map(CDK.number)
        func command(_ maximum: String) -> String {
            "aws rds modify-db-cluster --db-cluster-identifier \(context.cluster) --serverless-v2-scaling-configuration MinCapacity=\(CDK.number(least)),MaxCapacity=\(maximum) --apply-immediately"
        }
        return Procedure(
            commands: [Procedure.Command(command(most))],
            changes: context.changes(
                CDK.capacity(from: before, to: most), Terraform.capacity(from: before, to: most)),
            deploy: context.deploy,
            downtime: .none, restart: .rebootForConnections, effort: .fiveMinutes,
            rollback: before.map { .command(text: command($0)) } ?? .previousMaximum, irreversible: nil,
            cautions: context.clusterCaution)
    }

    func lowerCapacity(from: Double, to units: Double, _ context: RunbookContext) -> Procedure {
        let most = CDK.number(context.resource.maximumCapacity ?? context.tier?.capacity?.maximum ?? units)
        func command(_ minimum: Double) -> String {
            "aws rds modify-db-cluster --db-cluster-identifier \(context.cluster) --serverless-v2-scaling-configuration MinCapacity=\(CDK.number(minimum)),MaxCapacity=\(most) --apply-immediately"
        }
        return Procedure(
            commands: [Procedure.Command(command(units))],
            changes: context.changes(
                CDK.minimum(from: CDK.number(from), to: CDK.number(units)),
                Terraform.minimum(from: CDK.number(from), to: CDK.number(units))),
            deploy: context.deploy, downtime: .none, restart: .no, effort: .fiveMinutes,
            rollback: .command(text: command(from)), irreversible: nil, cautions: [.smallerCache] + context.clusterCaution)
    }

    func upgradeEngine(to version: EngineVersion?, _ context: RunbookContext) -> Procedure {
        MajorUpgrade(isCluster: true, context: context).procedure(to: version)
    }

    // The instances of a cluster take the same commands as other instances.

    func growStorage(from: Double?, to gibibytes: Double, _ context: RunbookContext) -> Procedure {
        RDSInstance().growStorage(from: from, to: gibibytes, context)
    }

    func enableMultiAZ(_ context: RunbookContext) -> Procedure { RDSInstance().enableMultiAZ(context) }
}
