import Foundation

/// The inputs of a recommendation besides findings.
public struct RecommendationContext: Sendable {
    /// The projection from the resource's own history.
    public var outlook: TierAnalysis
    /// The other inputs and the policy.
    public var stack: Stack
    /// The current time.
    public var now: Timestamp

    /// Creates a context.
    public init(outlook: TierAnalysis, stack: Stack, now: Timestamp) {
        (self.outlook, self.stack, self.now) = (outlook, stack, now)
    }

    /// How long a rule is followed after it left ALARM, so that a flapping metric makes one recommendation.
    public static let hold = Duration.seconds(86_400)
    /// The stabilization window: how long after a move no further upward move is recommended.
    public static let coolDown = Duration.seconds(86_400)
    /// The days of history on the current tier before a downward move is recommended.
    public static let daysBeforeDown = 14.0

    /// Whether the rule is followed: in ALARM, or left it less than a day ago.
    func isFollowed(_ finding: Finding) -> Bool { Self.isFollowed(finding, at: now) }

    static func isFollowed(_ finding: Finding, at now: Timestamp) -> Bool {
        if finding.isInhibited { return false }
        if finding.state == .alarm { return true }
        return finding.leftAlarm.map { now - $0 < hold } ?? false
    }

    /// The end of the stabilization window; nil if there is none.
    var coolsUntil: Timestamp? {
        guard let since = outlook.tierSince, now - since < Self.coolDown, since <= now else { return nil }
        return since + Self.coolDown
    }

    /// The target tier by projection: one that clears everything, according to the policy.
    ///
    /// Cost first takes the cheapest tier; headroom first the cheapest with 20 % headroom, or the cheapest if there is none.
    func choice(among candidates: [Recommendation.Candidate], priority: Stack.Priority = .cost) -> Recommendation.Candidate? {
        let clearing = candidates.filter { $0.clears == true && $0.projection?.expected != nil }
        let roomy = priority == .headroom ? clearing.filter { $0.projection?.hasHeadroom == true } : []
        return (roomy.isEmpty ? clearing : roomy).min { left, right in
            (left.expectedAmount, left.tier) < (right.expectedAmount, right.tier)
        }
    }
}

extension Stack {
    /// The priority when choosing tiers.
    public enum Priority: String, Sendable {
        /// The lowest cost: before product-market fit.
        case cost
        /// Headroom: after a funding round, and in the growth stage.
        case headroom
    }

    /// By stage and funding: from a seed round on, or in growth, headroom; for an MVP the lowest cost until its series A.
    public var priority: Priority {
        let isLate = funding?.round == .seriesA || funding?.round == .later
        if stage == .growth || isLate { return .headroom }
        return funding?.round == .seed && stage != .mvp ? .headroom : .cost
    }
}

extension Recommendation.Candidate {
    /// The cost under the current load; unknown costs are last.
    var expectedAmount: Decimal { projection?.expected?.amount ?? Decimal.greatestFiniteMagnitude }
}
