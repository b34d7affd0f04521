/// Commands are for the AWS CLI; downtime and restarts are from the RDS User Guide.
extension RDSInstance: FamilyRunbook {
    func changeTier(to target: String, _ context: RunbookContext) -> Procedure {
        let id = Shell.quoted(context.id)
        let isMultiAZ = context.resource.multiAZ == true
        return Procedure(
            commands: [
                Procedure.Command(
                    "aws rds create-db-snapshot --db-instance-identifier \(id) --db-snapshot-identifier \(context.named("before-move"))",
                    note: "for a rollback of the data"),
                Procedure.Command(
                    "aws rds modify-db-instance --db-instance-identifier \(id) --db-instance-class \(Shell.quoted(target)) --apply-immediately",
                    note: "in the window below; or with --no-apply-immediately in the next maintenance window"),
                Procedure.Command("aws rds wait db-instance-available --db-instance-identifier \(id)"),
            ],
            changes: CDK.instance(from: context.tier?.id, to: target, environment: context.resource.environment),
            deploy: context.deploy,
            downtime: isMultiAZ
                ? "a failover, usually one to two minutes"
                : "a few minutes while the instance restarts; with a standby, a failover",
            restart: "yes", effort: "about 15 min, mostly unattended",
            rollback: "the same command with \(context.resource.tier ?? "the previous class"), and another restart",
            irreversible: nil,
            window: "", cautions: ["Connections are dropped: the application must reconnect."])
    }

    func moveIn(to target: String, _ context: RunbookContext) -> Procedure { changeTier(to: target, context) }

    func growStorage(from: Double?, to gibibytes: Double, _ context: RunbookContext) -> Procedure {
        let size = CDK.number(gibibytes)
        let id = Shell.quoted(context.id)
        return Procedure(
            commands: [
                Procedure.Command(
                    "aws rds modify-db-instance --db-instance-identifier \(id) --allocated-storage \(size) --apply-immediately"
                )
            ],
            changes: CDK.storage(from: from.map(CDK.number), to: size), deploy: context.deploy, downtime: "none", restart: "no",
            effort: "five minutes",
            rollback: "not in place: dump and restore into a new, smaller instance",
            irreversible: "RDS storage cannot be reduced: it is billed until the instance is replaced.", window: "",
            cautions: [
                "RDS requires at least 10 % more per change and six hours between changes; meanwhile storage optimization reduces performance."
            ])
    }

    func addReplicas(from first: Int, to last: Int, _ context: RunbookContext) -> Procedure {
        let names = (first + 1...max(first + 1, min(last, first + 15))).map { context.named("replica-\($0)") }
        let commands = names.map { name in
            "aws rds create-db-instance-read-replica --db-instance-identifier \(name) --source-db-instance-identifier \(Shell.quoted(context.id))"
        }
        return Procedure(
            commands: commands.map { Procedure.Command($0) },
            changes: CDK.replica(number: first + 1), deploy: context.deploy,
            downtime: "none; on Single-AZ writes pause for a few seconds during the snapshot", restart: "no",
            effort: "about an hour, mostly in the application, which must send reads to the replica",
            rollback:
                "aws rds delete-db-instance --db-instance-identifier \(names[0]) --skip-final-snapshot",
            irreversible: nil, window: "",
            cautions: [
                "A replica serves reads only, with a lag; check the slowest queries first.",
                "Automated backups are required (the guide keeps 7 days in dev, 30 in prod).",
            ])
    }

    func enableMultiAZ(_ context: RunbookContext) -> Procedure {
        let id = Shell.quoted(context.id)
        return Procedure(
            commands: [
                Procedure.Command("aws rds modify-db-instance --db-instance-identifier \(id) --multi-az --apply-immediately")
            ],
            changes: CDK.multiAZ, deploy: context.deploy,
            downtime: "none; reads and writes are slower until the standby is in sync",
            restart: "no", effort: "about 15 min",
            rollback: "aws rds modify-db-instance --db-instance-identifier \(id) --no-multi-az --apply-immediately",
            irreversible: nil,
            window: "",
            cautions: ["The guide's VPC has one zone (maxAzs: 1): the subnet group first needs a subnet in a second zone."])
    }

    /// Only clusters have a capacity.
    func raiseCapacity(from: Double?, to units: Double, _ context: RunbookContext) -> Procedure {
        AuroraServerless().raiseCapacity(from: from, to: units, context)
    }
}
