/// How to carry out each kind of action, as the family of the database knows.
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
            let procedure = procedure(
                step, RunbookContext(resource: present, stack: stack, catalog: catalog, capacity: step.capacity), quiet)
            if step.action == .upgradeEngine { present.engine = step.to?.engine ?? present.engine }
            if step.action == .move {
                let family = step.to?.tier.flatMap { catalog.tier($0, engine: resource.engine?.engine) }?.family
                present.cluster = present.cluster ?? family?.runbook.cluster(createdFor: resource.id)
                present.tier = step.to?.tier
            }
            return procedure
        }
    }

    private func procedure(_ step: RecommendationSummary.Step, _ context: RunbookContext, _ quiet: LowestLoadHour?) -> Procedure {
        let runbook = (context.tier?.family ?? DatabaseFamilies.standard).runbook
        var procedure =
            switch (step.action, step.to) {
            case (.move, .tier(let target)): move(target, context)
            case (.growStorage, .storage(let size)): runbook.growStorage(from: step.from?.storage, to: size, context)
            case (.addReplica, _):
                runbook.addReplicas(from: step.from?.replicas ?? 0, to: step.to?.replicas ?? 1, context)
            case (.enableMultiAZ, _): runbook.enableMultiAZ(context)
            case (.raiseCapacity, .capacity(let units)):
                runbook.raiseCapacity(from: step.from?.capacity, to: units, context)
            case (.upgradeEngine, .engine): runbook.upgradeEngine(to: step.to?.engine, context)
            case (.convertStorage, .storageType(let type)):
                runbook.convertStorage(from: step.from?.text ?? "gp2", to: type, context)
            case (.lowerCapacity, .minimumCapacity(let units)):
                runbook.lowerCapacity(from: Self.minimum(step.from) ?? units, to: units, context)
            case (.upgradeEngine, _): runbook.upgradeEngine(to: nil, context)
            case (.plan, _), (.stay, _), (.unknown, _), (.move, _), (.growStorage, _), (.raiseCapacity, _),
                (.convertStorage, _), (.lowerCapacity, _):
                plan()
            }
        procedure.step = step
        if !procedure.commands.isEmpty || !procedure.changes.isEmpty {
            procedure.window = quiet.map { .lowestLoad(hour: $0) } ?? .guideBackup
        }
        return procedure
    }

    private func move(_ target: String, _ context: RunbookContext) -> Procedure {
        let (present, next) = (context.tier?.family, catalog.tier(target)?.family ?? DatabaseFamilies.standard)
        if present?.id == next.id { return next.runbook.changeTier(to: target, context) }
        return present?.runbook.moveOut(to: target, context) ?? next.runbook.moveIn(to: target, context)
    }

    private static func minimum(_ target: StepTarget?) -> Double? {
        if case .minimumCapacity(let units)? = target { units } else { nil }
    }

    private func plan() -> Procedure {
        Procedure(
            commands: [], changes: [], deploy: nil, downtime: .none, restart: .no,
            effort: .announcement,
            irreversible: nil, cautions: [])
    }
}
