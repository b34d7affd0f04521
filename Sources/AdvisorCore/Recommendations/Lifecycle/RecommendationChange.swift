/// One change in the life of a recommendation, by itself or by hand; never changed afterwards.
public struct RecommendationChange: Hashable, Sendable {
    /// What happened.
    public enum Kind: String, CaseIterable, Sendable {
        /// It is said for the first time.
        case opened
        /// It asks for something else than before.
        case changed
        /// It is said again soon after its rules had been quiet.
        case returned
        /// Its rules are quiet without anybody having said that it was done.
        case cleared
        /// Something new speaks for one that is claimed.
        case escalated
        /// It is open again by itself: its sleep is over, something new speaks for a dismissed one, or doing it did not help.
        case reopened
        /// Doing it helped as said.
        case hit
        /// Doing it did not help, or the bill is another.
        case miss
        /// It was done, and there is no telling whether it helped.
        case unprojectable
        /// The resource is no longer there.
        case gone
        /// Somebody took it.
        case claimed
        /// Somebody says that it was done.
        case done
        /// Somebody does not want it.
        case dismissed
        /// Somebody does not want to hear of it before a time.
        case snoozed
        /// Somebody opened it again.
        case reopenedByHand = "reopened_by_hand"

        /// Whether the advisor made the change; somebody's own doing is no news to them.
        public var isNews: Bool {
            switch self {
            case .opened, .changed, .returned, .cleared, .escalated, .reopened, .hit, .miss, .unprojectable, .gone: true
            case .claimed, .done, .dismissed, .snoozed, .reopenedByHand: false
            }
        }
    }

    /// What happened.
    public var kind: Kind
    /// When.
    public var at: Timestamp
    /// Where it stood before; nil when it is new.
    public var from: RecommendationRecord.State?
    /// The recommendation after the change, with its resource, its steps, its rules and its bill.
    public var life: RecommendationRecord
    /// Why, in one sentence without its full stop.
    public var words: String

    /// A change by its parts.
    public init(
        _ kind: Kind, at: Timestamp, from: RecommendationRecord.State?, life: RecommendationRecord, words: String
    ) {
        (self.kind, self.at, self.from, self.life, self.words) = (kind, at, from, life, words)
    }

    /// One line: `qp-dualtetrax-prod: move to db.t4g.small`.
    public var title: String { "\(life.resource): \(life.summary.headline)" }

    /// The same for the same change, whoever looks: made of the recommendation's number, the kind and the time.
    public var key: String { "\(life.id.map(String.init) ?? "new")/\(kind.rawValue)/\(at.milliseconds)" }
}
