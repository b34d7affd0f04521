/// Commands are for the AWS CLI; downtime and restarts are from the RDS User Guide.
extension RDSInstance: FamilyRunbook {
    func changeTier(to target: String, _ context: RunbookContext) -> Procedure {
        let id = Shell.quoted(context.id)
        let isMultiAZ = context.resource.multiAZ == true
        return Procedure(
            commands: [context.offer(of: target)].compactMap { $0 } + [
                Procedure.Command(
                    "aws rds create-db-snapshot --db-instance-identifier \(id) --db-snapshot-identifier \(context.named("before-move"))",
                    purpose: .rollbackSnapshot),
                Procedure.Command(
                    "aws rds modify-db-instance --db-instance-identifier \(id) --db-instance-class \(Shell.quoted(target)) --apply-immediately",
                    purpose: .inWindow),
                Procedure.Command("aws rds wait db-instance-available --db-instance-identifier \(id)"),
            ],
            changes: context.changes(
                CDK.instance(from: context.tier?.id, to: target), Terraform.instance(from: context.tier?.id, to: target)),
            deploy: context.deploy,
            downtime: isMultiAZ
                ? .failover
                : .restart,
            restart: .yes, effort: .quarterHourUnattended,
            rollback: .previousTier(id: context.resource.tier),
            irreversible: nil, cautions: [.droppedConnections])
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
            changes: context.changes(
                CDK.storage(from: from.map(CDK.number), to: size), Terraform.storage(from: from.map(CDK.number), to: size)),
            deploy: context.deploy, downtime: .none, restart: .no,
            effort: .fiveMinutes,
            rollback: .dumpAndRestore,
            irreversible: .storage,
            cautions: [
                .storageIncrements
            ])
    }

    func addReplicas(from first: Int, to last: Int, _ context: RunbookContext) -> Procedure {
        let names = (first + 1...max(first + 1, min(last, first + 15))).map { context.named("replica-\($0)") }
        let commands = names.map { name in
            "aws rds create-db-instance-read-replica --db-instance-identifier \(name) --source-db-instance-identifier \(Shell.quoted(context.id))"
        }
        return Procedure(
            commands: commands.map { Procedure.Command($0) },
            changes: context.changes(
                CDK.replica(number: first + 1), Terraform.replica(number: first + 1, of: context.id)),
            deploy: context.deploy,
            downtime: .pausedWrites, restart: .no,
            effort: .hourInApplication,
            rollback: .command(text: "aws rds delete-db-instance --db-instance-identifier \(names[0]) --skip-final-snapshot"),
            irreversible: nil,
            cautions: [
                .replicaLag,
                .automatedBackups,
            ])
    }

    func enableMultiAZ(_ context: RunbookContext) -> Procedure {
        let id = Shell.quoted(context.id)
        return Procedure(
            commands: [
                Procedure.Command("aws rds modify-db-instance --db-instance-identifier \(id) --multi-az --apply-immediately")
            ],
            changes: context.changes(CDK.multiAZ, Terraform.multiAZ), deploy: context.deploy,
            downtime: .standbySync,
            restart: .no, effort: .quarterHour,
            rollback: .command(
                text: "aws rds modify-db-instance --db-instance-identifier \(id) --no-multi-az --apply-immediately"),
            irreversible: nil,
            cautions: [.secondZone])
    }

    func upgradeEngine(to version: EngineVersion?, _ context: RunbookContext) -> Procedure {
        MajorUpgrade(isCluster: false, context: context).procedure(to: version)
    }

    func convertStorage(from: String, to type: String, _ context: RunbookContext) -> Procedure {
        func command(_ type: String) -> String {
            "aws rds modify-db-instance --db-instance-identifier \(Shell.quoted(context.id)) --storage-type \(Shell.quoted(type)) --apply-immediately"
        }
        return Procedure(
            commands: [Procedure.Command(command(type))],
            changes: context.changes(CDK.storageType(from: from, to: type), Terraform.storageType(from: from, to: type)),
            deploy: context.deploy, downtime: .none, restart: .no, effort: .fiveMinutes,
            rollback: .command(text: command(from)), irreversible: nil, cautions: [.storageOptimization])
    }

    /// Only clusters have a capacity.
    func raiseCapacity(from: Double?, to units: Double, _ context: RunbookContext) -> Procedure {
        AuroraServerless().raiseCapacity(from: from, to: units, context)
    }
}
