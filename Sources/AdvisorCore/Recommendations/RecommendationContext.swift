import Foundation

/// What a recommendation stands on besides findings.
public struct RecommendationContext: Sendable {
    /// What the resource's own history says.
    public var outlook: TierAnalysis
    /// What else there is, and how it is decided.
    public var stack: Stack
    /// As of when.
    public var now: Timestamp

    /// Ground by its parts.
    public init(outlook: TierAnalysis, stack: Stack, now: Timestamp) {
        (self.outlook, self.stack, self.now) = (outlook, stack, now)
    }

    /// A rule that left ALARM is still followed for so long, so that a flapping metric makes one recommendation.
    public static let hold = Duration.seconds(86_400)
    /// After a move nothing further up is recommended for so long: what is measured is still settling.
    public static let coolDown = Duration.seconds(86_400)
    /// Nothing further down is recommended before so many days of history on the present tier.
    public static let daysBeforeDown = 14.0

    /// Whether the rule is followed: it stands, or left ALARM less than a day ago.
    func isFollowed(_ finding: Finding) -> Bool { Self.isFollowed(finding, at: now) }

    static func isFollowed(_ finding: Finding, at now: Timestamp) -> Bool {
        if finding.isInhibited { return false }
        if finding.state == .alarm { return true }
        return finding.leftAlarm.map { now - $0 < hold } ?? false
    }

    /// When the cool-down ends; nil when there is none.
    var coolsUntil: Timestamp? {
        guard let since = outlook.tierSince, now - since < Self.coolDown, since <= now else { return nil }
        return since + Self.coolDown
    }

    /// The tier to move to by the histories: among those that clear everything, as the policy has it.
    ///
    /// Cost first takes the cheapest; headroom first the cheapest that leaves a fifth, and the cheapest where none does.
    func choice(among candidates: [Recommendation.Candidate], priority: Stack.Priority = .cost) -> Recommendation.Candidate? {
        let clearing = candidates.filter { $0.clears == true && $0.projection?.expected != nil }
        let roomy = priority == .headroom ? clearing.filter { $0.projection?.hasHeadroom == true } : []
        return (roomy.isEmpty ? clearing : roomy).min { left, right in
            (left.expectedAmount, left.tier) < (right.expectedAmount, right.tier)
        }
    }
}

extension Stack {
    /// What comes first when tiers are chosen.
    public enum Priority: String, Sendable {
        /// The least bill: before product-market fit.
        case cost
        /// Room to grow: after a round, and in the growth stage.
        case headroom
    }

    /// By stage and funding: a seed round or later, or growth, asks for headroom; an MVP for the least bill until its series A.
    public var priority: Priority {
        let isLate = ["series-a", "later"].contains(funding?.round ?? "")
        if stage == "growth" || isLate { return .headroom }
        return funding?.round == "seed" && stage != "mvp" ? .headroom : .cost
    }
}

extension Recommendation.Candidate {
    /// What it costs by the load that there is; an unknown cost is the last of all.
    var expectedAmount: Decimal { projection?.expected?.amount ?? Decimal.greatestFiniteMagnitude }
}
