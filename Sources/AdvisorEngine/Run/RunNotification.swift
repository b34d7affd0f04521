public import AdvisorCore
public import AdvisorStore

/// Notifies that runs fail, or that they succeed again; in one transaction.
/// - Parameters:
///   - group: The alert group of runs.
///   - project: Whose receivers are notified.
///   - store: Where the alerts are enqueued.
///   - now: The time of the change.
/// - Returns: What is notified.
/// - Throws: `StoreFailure`.
@discardableResult
public func notifyRun(_ group: AlertGroup, _ project: Project, in store: Store, at now: Timestamp)
    throws -> [AlertPolicy.NotificationRequest]
{
    var plan = NotificationPlan(
        memory: NotificationMemory(groups: try store.alertGroups()), in: EvaluationContext(project: project, now: now))
    plan.advance([group], kinds: [])
    try store.commit(NotificationCommit(plan), at: now)
    return plan.requests
}
