/// What is stored about notifications, and how new the data is.
public struct NotificationMemory: Sendable {
    /// The state of every alert group, by its key.
    public var groups: [String: AlertGroupState]
    /// The newest time evaluated before; nil at the first evaluation.
    public var previous: Timestamp?
    /// How new the data of each resource is.
    public var freshness: [AlertGroupBuilder.Freshness]

    /// Creates a memory.
    public init(
        groups: [String: AlertGroupState] = [:], previous: Timestamp? = nil,
        freshness: [AlertGroupBuilder.Freshness] = []
    ) {
        (self.groups, self.previous, self.freshness) = (groups, previous, freshness)
    }
}

/// Last stage: what is notified of a review.
public struct NotificationPlan: Sendable {
    /// What is notified, in order.
    public private(set) var requests: [AlertPolicy.NotificationRequest] = []
    /// Alert groups whose state changed, by key.
    public private(set) var changedGroups: [String: AlertGroupState] = [:]

    private var groups: [String: AlertGroupState]
    private let policy: AlertPolicy

    /// Creates a plan in which nothing is notified yet.
    public init(memory: NotificationMemory, in context: EvaluationContext) {
        groups = memory.groups
        policy = AlertPolicy(stack: context.project.stack, previous: memory.previous, now: context.now)
    }

    /// Decides what is notified of what was found.
    public init(of review: Review, _ spend: SpendReview, memory: NotificationMemory, in context: EvaluationContext) {
        self.init(memory: memory, in: context)
        let stack = context.project.stack
        let builder = AlertGroupBuilder(
            reviews: review.resources, rules: context.project.rules, mutes: stack.language.mutes, now: context.now)
        let outcomes = review.recommendations.analyses.flatMap(\.outcomes)
        let changes = AlertGroupBuilder.Changes(
            new: outcomes.flatMap(\.newTransitions), late: outcomes.flatMap(\.lateTransitions),
            known: outcomes.flatMap(\.result.transitions))
        advance(builder.alarms(changes, memory.freshness), kinds: [.alarm])
        if let limit = stack.unattended.alerts.staleAfter {
            advance(builder.stale(memory.freshness, after: limit), kinds: [.stale])
        }
        if let anomalies = builder.anomalies(in: spend.report) { advance(anomalies, kinds: [.anomaly]) }
        requests += policy.notificationRequests(of: review.changes) + policy.notificationRequests(of: spend.changes)
    }

    /// Decides what is notified of these groups, and that active groups of these kinds that are not among them have ended.
    public mutating func advance(_ found: [AlertGroup], kinds: Set<Alert.Kind>) {
        let keys = Set(found.map(\.key))
        let gone = groups.filter { kinds.contains($0.value.kind) && !keys.contains($0.key) && $0.value.isOpen }
            .sorted { $0.key < $1.key }.map { AlertGroupBuilder.gone($0.key, $0.value) }
        for group in found + gone {
            let before = groups[group.key]
            var state = before ?? AlertGroupState(kind: group.kind, resource: group.resource)
            requests += policy.advance(&state, group)
            guard state != before else { continue }
            (groups[group.key], changedGroups[group.key]) = (state, state)
        }
    }
}
