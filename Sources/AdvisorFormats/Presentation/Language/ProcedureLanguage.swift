public import AdvisorCore

/// The words of runbooks.
public protocol ProcedureLanguage {
    /// What a command is for, as a clause.
    func clause(_ purpose: CommandPurpose) -> String
    /// The downtime, as a clause.
    func clause(_ downtime: Downtime) -> String
    /// Whether the database restarts, as a clause.
    func clause(_ restart: RestartNeed) -> String
    /// The effort, as a clause.
    func clause(_ effort: Effort) -> String
    /// The rollback, as a clause.
    func clause(_ rollback: Rollback) -> String
    /// What cannot be rolled back, as a sentence.
    func sentence(_ effect: IrreversibleEffect) -> String
    /// The best time, as a clause.
    func clause(_ window: ProcedureWindow) -> String
    /// What could be done besides, as a title.
    func title(_ option: ResourceOption.Kind) -> String
    /// On which condition, as a sentence.
    func sentence(_ option: ResourceOption.Kind) -> String
    /// A known pitfall, as a sentence.
    func sentence(_ caution: Caution) -> String
}
