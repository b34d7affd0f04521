public import AdvisorCore
public import AdvisorStore

/// The notifications of an evaluation: loaded, decided, stored in its transaction.
struct NotificationStage {
    /// The notifications, in order.
    private(set) var notificationRequests: [AlertPolicy.NotificationRequest] = []
    private var threads: [String: AlertGroupState]
    private var changed: Set<String> = []
    let policy: AlertPolicy

    /// Loads the group states.
    init(_ store: Store, _ project: Project, previous: Timestamp?, now: Timestamp) throws {
        policy = AlertPolicy(stack: project.stack, previous: previous, now: now)
        threads = try store.alertGroups()
    }

    /// Decides the notifications about these groups; groups of these kinds that are not among them are over.
    mutating func notify(_ topics: [AlertGroup], kinds: Set<Alert.Kind>) {
        let known = Set(topics.map(\.key))
        let gone = threads.filter { kinds.contains($0.value.kind) && !known.contains($0.key) && $0.value.isOpen }
        let all = topics + gone.sorted { $0.key < $1.key }.map { AlertGroupBuilder.gone($0.key, $0.value) }
        for topic in all {
            let before = threads[topic.key]
            var thread = before ?? AlertGroupState(kind: topic.kind, resource: topic.resource)
            notificationRequests += policy.advance(&thread, topic)
            guard thread != before else { continue }
            threads[topic.key] = thread
            changed.insert(topic.key)
        }
    }

    /// Adds alerts without a group state.
    mutating func notify(_ more: [AlertPolicy.NotificationRequest]) { notificationRequests += more }

    /// What is to be written.
    var commit: NotificationCommit {
        var commit = NotificationCommit()
        commit.groups = threads.filter { changed.contains($0.key) }
        commit.requests = notificationRequests
        return commit
    }
}

/// Notifies that runs fail, or that they succeed again; in one transaction.
/// - Returns: What is notified.
/// - Throws: `StoreFailure`.
@discardableResult
public func notifyRun(_ group: AlertGroup, _ project: Project, in store: Store, at now: Timestamp) throws
    -> [AlertPolicy.NotificationRequest]
{
    var stage = try NotificationStage(store, project, previous: nil, now: now)
    stage.notify([group], kinds: [])
    try store.commit(stage.commit, at: now)
    return stage.notificationRequests
}
