/// A change of a recommendation, automatic or by a user; immutable.
public struct RecommendationChange: Hashable, Sendable {
    /// The kind of change.
    public enum Kind: String, CaseIterable, Sendable {
        /// Opened for the first time.
        case opened
        /// The recommended actions changed.
        case changed
        /// Reopened soon after it was cleared.
        case returned
        /// Cleared: its rules are quiet, and it was not marked as done.
        case cleared
        /// A new reason for a claimed recommendation.
        case escalated
        /// Reopened automatically: the snooze ended, there is a new reason for a dismissed one, or doing it did not help.
        case reopened
        /// Verified: it helped as expected.
        case hit
        /// Not confirmed: it did not help, or the cost differs.
        case miss
        /// Done, with an inconclusive verification.
        case unprojectable
        /// The resource is gone.
        case gone
        /// Claimed by a user.
        case claimed
        /// Marked as done by a user.
        case done
        /// Dismissed by a user.
        case dismissed
        /// Snoozed by a user.
        case snoozed
        /// Reopened by a user.
        case reopenedByHand = "reopened_by_hand"

        /// Whether the change is automatic; a user's own change is not notified.
        public var isNews: Bool {
            switch self {
            case .opened, .changed, .returned, .cleared, .escalated, .reopened, .hit, .miss, .unprojectable, .gone: true
            case .claimed, .done, .dismissed, .snoozed, .reopenedByHand: false
            }
        }
    }

    /// The kind of change.
    public var kind: Kind
    /// The time of the change.
    public var at: Timestamp
    /// The previous state; nil if it is new.
    public var from: RecommendationRecord.State?
    /// The recommendation after the change, with its resource, actions, rules and cost.
    public var life: RecommendationRecord
    /// Why.
    public var reason: RecommendationChangeReason

    /// Creates a change.
    public init(
        _ kind: Kind, at: Timestamp, from: RecommendationRecord.State?, life: RecommendationRecord,
        reason: RecommendationChangeReason
    ) {
        (self.kind, self.at, self.from, self.life, self.reason) = (kind, at, from, life, reason)
    }

    /// The key of the change, from the recommendation's number, the kind and the time.
    public var key: String { "\(life.id.map(String.init) ?? "new")/\(kind.rawValue)/\(at.milliseconds)" }
}
