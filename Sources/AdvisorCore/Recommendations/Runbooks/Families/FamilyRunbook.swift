/// How to carry out actions on databases of a family: the runbook part of ``DatabaseFamily``.
protocol FamilyRunbook: DatabaseFamily {
    /// Moves to another tier of the family.
    func changeTier(to target: String, _ context: RunbookContext) -> Procedure
    /// Moves to a tier of another family; nil if that family knows how.
    func moveOut(to target: String, _ context: RunbookContext) -> Procedure?
    /// Moves from another family to a tier of this one.
    func moveIn(to target: String, _ context: RunbookContext) -> Procedure
    /// Increases the allocated storage, in GiB.
    func growStorage(from: Double?, to gibibytes: Double, _ context: RunbookContext) -> Procedure
    /// Adds read replicas.
    func addReplicas(from first: Int, to last: Int, _ context: RunbookContext) -> Procedure
    /// Adds a standby in a second Availability Zone.
    func enableMultiAZ(_ context: RunbookContext) -> Procedure
    /// Upgrades the engine to a version; nil for the newest one that is offered.
    func upgradeEngine(to version: EngineVersion?, _ context: RunbookContext) -> Procedure
    /// Converts the storage to a type.
    func convertStorage(from: String, to type: String, _ context: RunbookContext) -> Procedure
    /// Lowers the minimum capacity, in ACU.
    func lowerCapacity(from: Double, to units: Double, _ context: RunbookContext) -> Procedure
    /// Raises the maximum capacity, in ACU.
    func raiseCapacity(from: Double?, to units: Double, _ context: RunbookContext) -> Procedure
    /// The cluster that moving a resource into the family creates; nil if it has none.
    func cluster(createdFor resource: String) -> String?
}

extension FamilyRunbook {
    func moveOut(to target: String, _ context: RunbookContext) -> Procedure? { nil }
    func cluster(createdFor resource: String) -> String? { nil }
    func growStorage(from: Double?, to gibibytes: Double, _ context: RunbookContext) -> Procedure { unavailable }
    func addReplicas(from first: Int, to last: Int, _ context: RunbookContext) -> Procedure { unavailable }
    func enableMultiAZ(_ context: RunbookContext) -> Procedure { unavailable }
    func convertStorage(from: String, to type: String, _ context: RunbookContext) -> Procedure { unavailable }
    func lowerCapacity(from: Double, to units: Double, _ context: RunbookContext) -> Procedure { unavailable }
    func upgradeEngine(to version: EngineVersion?, _ context: RunbookContext) -> Procedure { unavailable }
    func raiseCapacity(from: Double?, to units: Double, _ context: RunbookContext) -> Procedure { unavailable }

    /// An action without a command.
    private var unavailable: Procedure {
        Procedure(
            commands: [], changes: [], deploy: nil, downtime: .unknown, restart: .unknown,
            effort: .unknown, irreversible: nil, cautions: [])
    }
}

extension DatabaseFamily {
    /// How to carry out actions on its databases.
    var runbook: any FamilyRunbook {
        guard let runbook = self as? any FamilyRunbook else { preconditionFailure("the family \(id) has no runbook") }
        return runbook
    }
}

extension DatabaseFamilies {
    /// The families that lack their sizing or runbook part; a test checks that there are none.
    public static var incomplete: [DatabaseFamilyID] {
        all.filter { !($0 is any FamilySizing && $0 is any FamilyRunbook) }.map(\.id)
    }
}
