/// Commands are for the AWS CLI; downtime and restarts are from the Aurora User Guide.
extension AuroraServerless: FamilyRunbook {
    /// RDS to Aurora through a replica, which has the shortest downtime.
    func moveIn(to target: String, _ context: RunbookContext) -> Procedure {
        let id = Shell.quoted(context.id)
        let cluster = context.named("aurora")
        let capacity = context.catalog.tier(target)?.capacity
        let (least, most) = (CDK.number(capacity?.minimum ?? 0.5), CDK.number(capacity?.maximum ?? 2))
        let scaling = "--serverless-v2-scaling-configuration MinCapacity=\(least),MaxCapacity=\(most)"
        func instance(_ name: String) -> String {
            "aws rds create-db-instance --db-instance-identifier \(context.named(name)) --db-cluster-identifier \(cluster) --engine aurora-postgresql --db-instance-class db.serverless"
        }
        let arn =
            "\"$(aws rds describe-db-instances --db-instance-identifier \(id) --query 'DBInstances[0].DBInstanceArn' --output text)\""
        return Procedure(
            commands: [
                Procedure.Command(
                    "aws rds create-db-cluster --db-cluster-identifier \(cluster) --engine aurora-postgresql --replication-source-identifier \(arn) \(scaling)",
                    note: "an Aurora replica of the instance; Aurora needs the same major version, at least the same minor one"),
                Procedure.Command(instance("aurora-writer")),
                Procedure.Command(
                    "aws rds wait db-instance-available --db-instance-identifier \(context.named("aurora-writer"))"),
                Procedure.Command(
                    "aws rds promote-read-replica-db-cluster --db-cluster-identifier \(cluster)",
                    note:
                        "in the window below: stop writes, wait until the lag is 0, promote, and point the application at the cluster"
                ),
                Procedure.Command(instance("aurora-reader"), note: "the guide's reader; without it the minimum cost is half"),
                Procedure.Command(
                    "aws rds create-db-snapshot --db-instance-identifier \(id) --db-snapshot-identifier \(context.named("before-aurora"))",
                    note: "before deleting the old instance, which is billed until then"),
            ],
            changes: CDK.aurora, deploy: nil,
            downtime:
                "a few minutes, from stopping writes to changing the endpoint; with a snapshot instead, as long as the copy takes",
            restart: "no, but another endpoint", effort: "half a day, including a rehearsal",
            rollback: "the old instance, until data is written to Aurora; after that pg_dump and psql", irreversible: nil,
            window: "",
            cautions: [
                "The guide's one-line change creates an empty cluster and deletes the instance: RemovalPolicy.SNAPSHOT in prod keeps a snapshot, DESTROY in dev keeps nothing. Move the data first, then change the line.",
                "Its Aurora stack adds a NAT gateway and a reader to the bill.",
            ])
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
            downtime: "none", restart: "no",
            effort: "about an hour, mostly in the application, which must send reads to the replica",
            rollback:
                "aws rds delete-db-instance --db-instance-identifier \(names[0])",
            irreversible: nil, window: "",
            cautions: ["A replica serves reads only, with a lag; check the slowest queries first."])
    }

    func raiseCapacity(from: Double?, to units: Double, _ context: RunbookContext) -> Procedure {
        let most = CDK.number(units)
        let least = context.resource.minimumCapacity ?? context.tier?.capacity?.minimum ?? 0.5
        let before = from.map(CDK.number)
        func command(_ maximum: String) -> String {
            "aws rds modify-db-cluster --db-cluster-identifier \(context.cluster) --serverless-v2-scaling-configuration MinCapacity=\(CDK.number(least)),MaxCapacity=\(maximum) --apply-immediately"
        }
        return Procedure(
            commands: [Procedure.Command(command(most))], changes: CDK.capacity(from: before, to: most),
            deploy: context.deploy,
            downtime: "none", restart: "no, but max_connections changes only after a reboot", effort: "five minutes",
            rollback: before.map(command) ?? "the same command with the previous maximum", irreversible: nil, window: "",
            cautions: context.clusterCaution)
    }

    // The instances of a cluster take the same commands as other instances.

    func growStorage(from: Double?, to gibibytes: Double, _ context: RunbookContext) -> Procedure {
        RDSInstance().growStorage(from: from, to: gibibytes, context)
    }

    func enableMultiAZ(_ context: RunbookContext) -> Procedure { RDSInstance().enableMultiAZ(context) }
}
