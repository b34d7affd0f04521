internal import AdvisorCore
internal import AdvisorStore

extension RunPass {
    private static let checkCheckpoint = "store-check"
    private static let backupCheckpoint = "backup"

    /// Checks the file and its values once a day, before anything is added to them.
    /// - Returns: Whether the store can be used.
    func checkStore() throws -> Bool {
        guard try isDue(Self.checkCheckpoint) else { return true }
        guard try !isDamaged() else { return false }
        try store.saveCheckpoint(Self.checkCheckpoint, at: now)
        return true
    }

    /// Looks for damage, and reports it.
    func isDamaged() throws -> Bool {
        guard let problem = try store.quickProblems().first else { return false }
        let failure = StoreFailure.damaged(path: store.path, reason: problem)
        add(RunProblem(.io, failure.description))
        return true
    }

    /// Copies the store once a day; a copy that fails does not fail the run.
    func backUp() throws {
        let kept = project.stack.unattended.backupsKept
        guard environment.mode == .live, kept > 0, store.path != ":memory:", try isDue(Self.backupCheckpoint) else { return }
        do {
            try DailyBackups(of: store.path, in: environment.files).make(of: store, at: now, keeping: kept)
            try store.saveCheckpoint(Self.backupCheckpoint, at: now)
        } catch {
            add(RunProblem(.io, "backup: " + RunProblem(error, in: "backup").message, isFailure: false))
        }
    }

    /// Whether something that is done once a day was not done today.
    private func isDue(_ name: String) throws -> Bool {
        guard let last = try store.checkpoint(name) else { return true }
        return now - last >= .seconds(86_400) || now < last
    }
}
