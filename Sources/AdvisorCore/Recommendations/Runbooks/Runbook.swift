/// How to carry out each kind of action: a table by kind and current engine.
///
/// Commands are for the AWS CLI; code changes are for the deployment guide's CDK code. Downtime and restarts are from the RDS
/// and Aurora user guides.
public struct Runbook: Sendable {
    let stack: Stack
    let catalog: Catalog

    /// Creates a runbook for a stack.
    public init(stack: Stack, catalog: Catalog) { (self.stack, self.catalog) = (stack, catalog) }

    /// Returns the procedures of a recommendation.
    /// - Parameters:
    ///   - steps: The recommendation.
    ///   - resource: The resource.
    ///   - quiet: The hour of its lowest load; nil if unknown.
    /// - Returns: One procedure per action.
    public func procedures(
        _ steps: [RecommendationSummary.Step], for resource: Stack.Resource, quiet: LowestLoadHour?
    ) -> [Procedure] {
        var present = resource
        return steps.map { step in
            let procedure = procedure(step, RunbookContext(resource: present, stack: stack, catalog: catalog), quiet)
            if step.action == .move {
                if step.to?.tier.flatMap(catalog.tier)?.capacity != nil, present.cluster == nil {
                    present.cluster = "\(resource.id)-aurora"
                }
                present.tier = step.to?.tier
            }
            return procedure
        }
    }

    private func procedure(_ step: RecommendationSummary.Step, _ place: RunbookContext, _ quiet: LowestLoadHour?) -> Procedure {
        var procedure =
            switch (step.action, step.to) {
            case (.move, .tier(let target)): move(target, place)
            case (.growStorage, .storage(let size)): growStorage(from: step.from, to: size, place)
            case (.addReplica, _): addReplica(from: step.from, to: step.to, place)
            case (.enableMultiAZ, _): enableMultiAZ(place)
            case (.raiseCapacity, .capacity(let units)): raiseCapacity(from: step.from, to: units, place)
            case (.plan, _), (.stay, _), (.unknown, _), (.move, _), (.growStorage, _), (.raiseCapacity, _): plan()
            }
        procedure.step = step
        if !procedure.commands.isEmpty || !procedure.changes.isEmpty {
            procedure.window = quiet?.words ?? "03:00 to 04:00 UTC, the guide's backup window (less than a week of CPU history)"
        }
        return procedure
    }

    private func move(_ target: String, _ place: RunbookContext) -> Procedure {
        let engine = catalog.tier(target)?.engine
        switch (place.tier?.engine, engine) {
        case ("supabase", "supabase"): return changePlan(target)
        case ("supabase", _): return leaveSupabase(target, place)
        case (_, "aurora-postgres"): return moveToAurora(target, place)
        default: return changeClass(target, place)
        }
    }

    private func changeClass(_ target: String, _ place: RunbookContext) -> Procedure {
        let id = Shell.quoted(place.id)
        let isMultiAZ = place.resource.multiAZ == true
        return Procedure(
            commands: [
                Procedure.Command(
                    "aws rds create-db-snapshot --db-instance-identifier \(id) --db-snapshot-identifier \(place.named("before-move"))",
                    note: "for a rollback of the data"),
                Procedure.Command(
                    "aws rds modify-db-instance --db-instance-identifier \(id) --db-instance-class \(Shell.quoted(target)) --apply-immediately",
                    note: "in the window below; or with --no-apply-immediately in the next maintenance window"),
                Procedure.Command("aws rds wait db-instance-available --db-instance-identifier \(id)"),
            ],
            changes: CDK.instance(from: place.tier?.id, to: target, environment: place.resource.environment),
            deploy: place.deploy,
            downtime: isMultiAZ
                ? "a failover, usually one to two minutes"
                : "a few minutes while the instance restarts; with a standby, a failover",
            restart: "yes", effort: "about 15 min, mostly unattended",
            rollback: "the same command with \(place.resource.tier ?? "the previous class"), and another restart",
            irreversible: nil,
            window: "", cautions: ["Connections are dropped: the application must reconnect."])
    }

    private func growStorage(from: StepTarget?, to gibibytes: Double, _ place: RunbookContext) -> Procedure {
        let size = CDK.number(gibibytes)
        let before: Double? = if case .storage(let gibibytes) = from { gibibytes } else { nil }
        let id = Shell.quoted(place.id)
        return Procedure(
            commands: [
                Procedure.Command(
                    "aws rds modify-db-instance --db-instance-identifier \(id) --allocated-storage \(size) --apply-immediately"
                )
            ],
            changes: CDK.storage(from: before.map(CDK.number), to: size), deploy: place.deploy, downtime: "none", restart: "no",
            effort: "five minutes",
            rollback: "not in place: dump and restore into a new, smaller instance",
            irreversible: "RDS storage cannot be reduced: it is billed until the instance is replaced.", window: "",
            cautions: [
                "RDS requires at least 10 % more per change and six hours between changes; meanwhile storage optimization reduces performance."
            ])
    }

    private func addReplica(from: StepTarget?, to: StepTarget?, _ place: RunbookContext) -> Procedure {
        let (first, last) = (from?.replicas ?? 0, to?.replicas ?? 1)
        let names = (first + 1...max(first + 1, min(last, first + 15))).map { place.named("replica-\($0)") }
        let isAurora = place.tier?.capacity != nil
        let commands = names.map { name in
            isAurora
                ? "aws rds create-db-instance --db-instance-identifier \(name) --db-cluster-identifier \(place.cluster) --engine aurora-postgresql --db-instance-class db.serverless"
                : "aws rds create-db-instance-read-replica --db-instance-identifier \(name) --source-db-instance-identifier \(Shell.quoted(place.id))"
        }
        return Procedure(
            commands: commands.map { Procedure.Command($0) },
            changes: isAurora ? [] : CDK.replica(number: first + 1), deploy: isAurora ? nil : place.deploy,
            downtime: isAurora ? "none" : "none; on Single-AZ writes pause for a few seconds during the snapshot", restart: "no",
            effort: "about an hour, mostly in the application, which must send reads to the replica",
            rollback:
                "aws rds delete-db-instance --db-instance-identifier \(names[0])\(isAurora ? "" : " --skip-final-snapshot")",
            irreversible: nil, window: "",
            cautions: [
                "A replica serves reads only, with a lag; check the slowest queries first."
            ] + (isAurora ? [] : ["Automated backups are required (the guide keeps 7 days in dev, 30 in prod)."]))
    }

    private func enableMultiAZ(_ place: RunbookContext) -> Procedure {
        let id = Shell.quoted(place.id)
        return Procedure(
            commands: [
                Procedure.Command("aws rds modify-db-instance --db-instance-identifier \(id) --multi-az --apply-immediately")
            ],
            changes: CDK.multiAZ, deploy: place.deploy,
            downtime: "none; reads and writes are slower until the standby is in sync",
            restart: "no", effort: "about 15 min",
            rollback: "aws rds modify-db-instance --db-instance-identifier \(id) --no-multi-az --apply-immediately",
            irreversible: nil,
            window: "",
            cautions: ["The guide's VPC has one zone (maxAzs: 1): the subnet group first needs a subnet in a second zone."])
    }

    private func raiseCapacity(from: StepTarget?, to units: Double, _ place: RunbookContext) -> Procedure {
        let most = CDK.number(units)
        let least = place.resource.minimumCapacity ?? place.tier?.capacity?.minimum ?? 0.5
        let before: String? = if case .capacity(let units) = from { CDK.number(units) } else { nil }
        func command(_ maximum: String) -> String {
            "aws rds modify-db-cluster --db-cluster-identifier \(place.cluster) --serverless-v2-scaling-configuration MinCapacity=\(CDK.number(least)),MaxCapacity=\(maximum) --apply-immediately"
        }
        return Procedure(
            commands: [Procedure.Command(command(most))], changes: CDK.capacity(from: before, to: most),
            deploy: place.deploy,
            downtime: "none", restart: "no, but max_connections changes only after a reboot", effort: "five minutes",
            rollback: before.map(command) ?? "the same command with the previous maximum", irreversible: nil, window: "",
            cautions: place.clusterCaution)
    }

    private func plan() -> Procedure {
        Procedure(
            commands: [], changes: [], deploy: nil, downtime: "none", restart: "no",
            effort: "none yet: this is an announcement, so that time and budget are available", rollback: "",
            irreversible: nil, window: "", cautions: [])
    }

    private func changePlan(_ target: String) -> Procedure {
        Procedure(
            commands: [
                Procedure.Command(
                    "# Supabase dashboard: Organization, Billing, Change subscription plan", note: "no command available")
            ],
            changes: [], deploy: nil, downtime: "none", restart: "no; a larger compute size restarts the database",
            effort: "five minutes, with a credit card", rollback: "on the same page, at the end of the billing period",
            irreversible: nil,
            window: "", cautions: ["The plan applies to the organization; the compute of each project is billed separately."])
    }
}
