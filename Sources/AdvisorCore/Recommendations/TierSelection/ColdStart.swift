/// What a short history does not tell yet.
struct ColdStart {
    /// The days of CPU that have a whole day and night: what credits cost, and whether another tier ends an alarm on CPU.
    static let day = 1.0
    /// The days of CPU that have a weekend: the bounds of capacity that scales, and a class in place of it.
    static let week = 7.0
    /// Below so many days the report says what is known later.
    static let shownBelow = 2.0

    let outlook: TierAnalysis
    let tier: Tier
    let now: Timestamp
    /// Whether the catalog has a smaller tier of the same engine.
    let hasSmaller: Bool

    /// What is known when; nil with days of data, and without any.
    func reason(_ findings: [Finding]) -> RecommendationReason? {
        guard outlook.days > 0, outlook.days < Self.shownBelow else { return nil }
        let later = (ofTiers + dates(findings)).sorted { ($0.at, $0.subject.rawValue) < ($1.at, $1.subject.rawValue) }
        return later.isEmpty ? nil : .coldStart(history: Quantity(.seconds(Int64(outlook.days * 86_400))), later: later)
    }

    private func after(_ days: Double) -> Timestamp { now + .seconds(Int64(((days - outlook.days) * 86_400).rounded())) }

    private var ofTiers: [LaterKnowledge] {
        var result: [LaterKnowledge] = []
        if outlook.days < Self.day {
            if tier.credits != nil { result.append(LaterKnowledge(subject: .creditCost, at: after(Self.day))) }
            result.append(LaterKnowledge(subject: .otherTiers, at: after(Self.day)))
        }
        if tier.capacity != nil { result.append(LaterKnowledge(subject: .capacityBounds, at: after(Self.week))) }
        if hasSmaller {
            result.append(LaterKnowledge(subject: .smallerTiers, at: after(RecommendationContext.daysBeforeDown)))
        }
        return result
    }

    /// When the first rule on a forecast has enough history.
    private func dates(_ findings: [Finding]) -> [LaterKnowledge] {
        let missing = findings.compactMap { finding -> Double? in
            guard case .insufficientHistory(_, let has, let needs)? = finding.evidence.gap else { return nil }
            return max(0, needs.value - has.value)
        }
        return missing.min().map { [LaterKnowledge(subject: .dates, at: now + .seconds(Int64($0)))] } ?? []
    }
}
