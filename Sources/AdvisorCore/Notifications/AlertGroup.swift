/// What alerts are about, as found by an evaluation: a resource with its rules, its data, or the runs themselves.
public struct AlertGroup: Hashable, Sendable {
    /// An active condition: a rule in ALARM.
    public struct Fact: Hashable, Sendable {
        /// The id of the rule, or another id that is unique in the group.
        public var id: String
        /// The severity.
        public var severity: Severity
        /// The start.
        public var since: Timestamp
        /// What is so, with its values.
        public var reason: AlertReason
        /// The source of the rule; nil if it does not give one.
        public var cite: String?
        /// Why it is not notified for now: muted, snoozed; nil if it is notified.
        public var held: Suppression?

        /// Creates a condition.
        public init(
            id: String, severity: Severity, since: Timestamp, reason: AlertReason, cite: String? = nil, held: Suppression? = nil
        ) {
            (self.id, self.severity, self.since, self.reason) = (id, severity, since, reason)
            (self.cite, self.held) = (cite, held)
        }
    }

    /// A change between two evaluations.
    public struct Event: Hashable, Sendable {
        /// When the data that decided a change arrived.
        public enum Arrival: Hashable, Sendable {
            /// Before the first evaluation of the time of the change.
            case onTime
            /// After it; the change is news all the same.
            case late
        }

        /// The id of the condition.
        public var id: String
        /// The time of the change.
        public var at: Timestamp
        /// When its data arrived.
        public var arrival: Arrival
        /// Whether the condition began; false if it ended.
        public var isBeginning: Bool
        /// The severity.
        public var severity: Severity
        /// What began or ended.
        public var reason: AlertReason
        /// Why it is not notified for now; nil if it is notified.
        public var held: Suppression?

        /// Creates an event.
        public init(
            id: String, at: Timestamp, arrival: Arrival = .onTime, isBeginning: Bool, severity: Severity, reason: AlertReason,
            held: Suppression? = nil
        ) {
            (self.id, self.at, self.arrival, self.isBeginning, self.severity) = (id, at, arrival, isBeginning, severity)
            (self.reason, self.held) = (reason, held)
        }
    }

    /// The key, the same at every evaluation: `database/prod-db`.
    public var key: String
    /// The kind: `alarm`, `anomaly`, `stale` or `runFailed`.
    public var kind: Alert.Kind
    /// The id of the resource; nil for the whole stack.
    public var resource: String?
    /// The kind of the resource; nil with `resource`.
    public var resourceKind: ResourceKind?
    /// The active conditions.
    public var standing: [Fact] = []
    /// The conditions whose state is unknown: neither new nor over.
    public var unknown: Set<String> = []
    /// The changes, in any order.
    public var events: [Event] = []
    /// The conditions on charges that are reset with the month: their end on the first is not an improvement.
    public var monthly: Set<String> = []
    /// The end of the newest known sample; nil if there is none, or if it does not depend on samples.
    public var seen: Timestamp?
    /// What the most severe rule compared; nil if it compares nothing.
    public var trigger: Alert.Trigger?
    /// The value.
    public var value: AlertValue?
    /// The threshold.
    public var threshold: AlertValue?
    /// The current monthly cost of the resource; nil if unknown or nothing is recommended.
    public var monthlyBefore: Money?
    /// The monthly cost after the recommendation.
    public var monthlyAfter: Money?
    /// What is recommended; nil if nothing is.
    public var advice: Alert.Advice?

    /// Creates a group without active conditions.
    public init(key: String, kind: Alert.Kind, resource: String? = nil, resourceKind: ResourceKind? = nil) {
        (self.key, self.kind, self.resource, self.resourceKind) = (key, kind, resource, resourceKind)
    }
}

/// What was notified about an alert group, and what is still to be notified.
public struct AlertGroupState: Hashable, Sendable, Codable {
    /// An active condition.
    struct Member: Hashable, Sendable, Codable {
        var id: String
        var severity: Severity
        var since: Timestamp
        var reason: AlertReason
        /// When it was found, which starts the wait for others.
        var joinedAt: Timestamp
        var isNotified = false
        /// Why it was suppressed; nil if it never was.
        var heldBy: Suppression?
        /// The first evaluation that found its data missing; nil while its state is known.
        var unknownSince: Timestamp?
        /// When it ended; nil while active.
        var endedAt: Timestamp?
    }

    /// The kind of the group.
    public internal(set) var kind: Alert.Kind
    /// The resource of the group; nil for the whole stack.
    public internal(set) var resource: String?
    /// The active conditions by id.
    var members: [Member] = []
    /// The conditions that were notified and are over, but not yet notified as over.
    var over: [Member] = []
    /// When the first active condition began; nil if there is none.
    public internal(set) var startsAt: Timestamp?
    /// When active conditions were last notified; nil if they were not.
    public internal(set) var notifiedAt: Timestamp?
    /// When the last condition ended, until it is notified; nil otherwise.
    var endedAt: Timestamp?
    /// The names of the receivers that were notified.
    var endpoints: [String] = []
    /// The number of earlier intervals with active conditions, so that their alerts have different ids.
    var interval = 0
    /// The highest severity notified.
    var severity: Severity?
    /// The end of the newest sample at the last evaluation.
    var seen: Timestamp?
    /// The last processed change by id.
    var lastEvents: [String: Timestamp] = [:]
    /// The number of alerts suppressed so far.
    public internal(set) var heldBack = 0

    /// Creates the state of a group without notifications.
    public init(kind: Alert.Kind, resource: String?) { (self.kind, self.resource) = (kind, resource) }

    /// Whether a condition is active, or an end is to be notified.
    public var isOpen: Bool { !members.isEmpty || endedAt != nil }
    /// The reasons why active conditions are not notified; empty if all are.
    public var holds: [Suppression] { members.filter { !$0.isNotified }.compactMap(\.heldBy) }
}

extension AlertGroupState {
    /// Goes back to a time, after evaluations as of a later one; changes up to `notified` stay notified.
    public mutating func rewind(to time: Timestamp, notifiedUpTo notified: Timestamp) {
        func earlier(_ other: Timestamp?) -> Timestamp? { other.map { min($0, time) } }
        for index in members.indices {
            members[index].since = min(members[index].since, time)
            members[index].joinedAt = min(members[index].joinedAt, time)
        }
        for index in over.indices { over[index].endedAt = earlier(over[index].endedAt) }
        (startsAt, notifiedAt, endedAt) = (earlier(startsAt), earlier(notifiedAt), earlier(endedAt))
        seen = seen.map { min($0, notified) }
        lastEvents = lastEvents.mapValues { min($0, notified) }
    }
}
