/// One thing that alerts are about, as an evaluation finds it: a resource with its rules, its data, or the runs themselves.
public struct AlertGroup: Hashable, Sendable {
    /// Something that stands: a rule in ALARM.
    public struct Fact: Hashable, Sendable {
        /// The rule's id, or another name of its own within the topic.
        public var id: String
        /// How much it matters.
        public var severity: Severity
        /// Since when it stands.
        public var since: Timestamp
        /// In a few words: the rule's title.
        public var title: String
        /// In one sentence, with values.
        public var text: String
        /// Where the rule comes from; nil when it does not say.
        public var cite: String?
        /// Why nobody is told of it for now: muted, snoozed; nil when it is told.
        public var held: String?

        /// A fact by its parts.
        public init(
            id: String, severity: Severity, since: Timestamp, title: String, text: String, cite: String? = nil,
            held: String? = nil
        ) {
            (self.id, self.severity, self.since, self.title, self.text) = (id, severity, since, title, text)
            (self.cite, self.held) = (cite, held)
        }
    }

    /// A change between two evaluations.
    public struct Event: Hashable, Sendable {
        /// The fact's id.
        public var id: String
        /// When.
        public var at: Timestamp
        /// Whether the fact began; false when it ended.
        public var isBeginning: Bool
        /// How much it matters.
        public var severity: Severity
        /// In a few words.
        public var title: String
        /// Why nobody is told of it for now; nil when it is told.
        public var held: String?

        /// An event by its parts.
        public init(id: String, at: Timestamp, isBeginning: Bool, severity: Severity, title: String, held: String? = nil) {
            (self.id, self.at, self.isBeginning, self.severity) = (id, at, isBeginning, severity)
            (self.title, self.held) = (title, held)
        }
    }

    /// Names it, the same at every evaluation: `database/prod-db`.
    public var key: String
    /// `alarm`, `anomaly`, `stale` or `runFailed`.
    public var kind: Alert.Kind
    /// The resource's id; nil when it is about the whole stack.
    public var resource: String?
    /// The resource's kind; nil with `resource`.
    public var resourceKind: ResourceKind?
    /// What stands now.
    public var standing: [Fact] = []
    /// Of what can nobody tell whether it stands: it is neither new nor over.
    public var unknown: Set<String> = []
    /// What changed, in any order.
    public var events: [Event] = []
    /// Facts on charges that start over with the month: their end on the first is no good news.
    public var monthly: Set<String> = []
    /// The end of the newest sample known; nil when there is none, or no samples are behind it.
    public var seen: Timestamp?
    /// What the most severe rule compared; nil when none does.
    public var trigger: Alert.Trigger?
    /// Its value with its unit.
    public var value: String?
    /// Its threshold with its unit.
    public var threshold: String?
    /// The resource's bill a month now; nil when unknown, or nothing is recommended.
    public var monthlyBefore: Money?
    /// The bill after what is recommended.
    public var monthlyAfter: Money?

    /// A topic of which nothing stands.
    public init(key: String, kind: Alert.Kind, resource: String? = nil, resourceKind: ResourceKind? = nil) {
        (self.key, self.kind, self.resource, self.resourceKind) = (key, kind, resource, resourceKind)
    }
}

/// What was told of one topic, and what is still to be told.
public struct AlertGroupState: Hashable, Sendable, Codable {
    /// Something that stands.
    struct Member: Hashable, Sendable, Codable {
        var id: String
        var severity: Severity
        var since: Timestamp
        var title: String
        /// When it was found to stand: the wait for others begins.
        var joinedAt: Timestamp
        var isNotified = false
        /// Why it was held back; nil while it never was.
        var heldBy: String?
        /// When it was over; nil while it stands.
        var endedAt: Timestamp?
    }

    /// The topic's kind.
    public internal(set) var kind: Alert.Kind
    /// The topic's resource; nil when it is about the whole stack.
    public internal(set) var resource: String?
    /// What stands, by id.
    var members: [Member] = []
    /// What was told, is over, and was not told to be.
    var over: [Member] = []
    /// When the first of what stands began to; nil while nothing does.
    public internal(set) var startsAt: Timestamp?
    /// When somebody was last told that it stands; nil while nobody was.
    public internal(set) var notifiedAt: Timestamp?
    /// When the last of it was over, as long as nobody was told; nil otherwise.
    var endedAt: Timestamp?
    /// Names of the endpoints that were told that it stands.
    var endpoints: [String] = []
    /// How many intervals there were before in which something stood: alerts of two never share an id.
    var interval = 0
    /// The greatest severity told.
    var severity: Severity?
    /// The end of the newest sample at the last evaluation.
    var seen: Timestamp?
    /// The last change taken into account, by id.
    var lastEvents: [String: Timestamp] = [:]
    /// How many alerts were held back so far.
    public internal(set) var heldBack = 0

    /// Of a topic of which nothing was ever told.
    public init(kind: Alert.Kind, resource: String?) { (self.kind, self.resource) = (kind, resource) }

    /// Whether something stands, or is still to be told to be over.
    public var isOpen: Bool { !members.isEmpty || endedAt != nil }
    /// Why something that stands is not told for now, a reason each; empty when all is told.
    public var holds: [String] { members.filter { !$0.isNotified }.compactMap(\.heldBy) }
}
