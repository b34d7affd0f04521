import Foundation

/// What a resource's history says about Aurora Serverless v2 and its capacity bounds.
struct AuroraAdvice {
    let context: RecommendationContext
    /// The configured bounds, or those of the guide.
    let capacity: Tier.Capacity
    /// Whether the resource is on it already.
    var isPresent = false

    /// The required and the configured capacity, and whether it could pause; empty without history.
    var reasons: [RecommendationReason] {
        guard let sizing = context.outlook.aurora, sizing.knowsCPU, let usual = sizing.usual, let peak = sizing.peak else {
            return []
        }
        let above = sizing.shareAbove(capacity.maximum) ?? 0
        let (minimum, maximum) = (capacity.minimum, capacity.maximum)
        // Hours say nothing of the other days of a week.
        if isPresent, context.outlook.days < ColdStart.shownBelow { return [] }
        let need: RecommendationReason =
            above > 0
            ? .capacityTooLow(
                usual: usual, peak: peak, minimum: minimum, maximum: maximum, share: .ratio(above), advised: sizing.maximum)
            : .capacityFits(usual: usual, peak: peak, minimum: minimum, maximum: maximum)
        return [need, pause(sizing)].compactMap { $0 }
    }

    /// Whether there is a week of history, with its weekend.
    private var hasWeek: Bool { context.outlook.days >= ColdStart.week * 0.95 }

    /// What a lower minimum would save, from a dollar on; nil if it is as low as it can be, nothing is known of CPU, or there is
    /// less than a week of history.
    func floorTooHigh(instances: Int) -> RecommendationReason? {
        guard hasWeek, let sizing = context.outlook.aurora, sizing.knowsCPU, let usual = sizing.usual,
            needed(usual, sizing) < capacity.minimum,
            let now = sizing.measuredCost(instances: instances, price: capacity.price)
                ?? sizing.monthlyCost(
                    minimum: capacity.minimum, maximum: capacity.maximum, instances: instances, price: capacity.price)?.expected,
            let then = sizing.monthlyCost(
                minimum: needed(usual, sizing), maximum: capacity.maximum, instances: instances, price: capacity.price)?.expected,
            (now - then).amount >= 1
        else { return nil }
        return .floorTooHigh(
            minimum: capacity.minimum, advised: needed(usual, sizing), saving: now - then,
            knowsMemory: sizing.memoryUnits != nil)
    }

    private func needed(_ usual: Double, _ sizing: AuroraSizing) -> Double { max(usual, sizing.memoryUnits ?? 0) }

    /// The next lower minimum: what is needed where memory is known, otherwise half, as memory is only seen with less of it; nil
    /// if the present one is not too high.
    func lowerMinimum(instances: Int) -> Double? {
        guard case .floorTooHigh(let minimum, let advised, _, let knowsMemory)? = floorTooHigh(instances: instances) else {
            return nil
        }
        return knowsMemory == true ? advised : max(advised, AuroraSizing.rounded(minimum / 2))
    }

    private func pause(_ sizing: AuroraSizing) -> RecommendationReason? {
        switch sizing.scaleToZero {
        case .prevented(let least): .neverPauses(connections: least)
        case .possible(let share): hasWeek ? .couldPause(share: .ratio(share)) : nil
        case .unknown: nil
        }
    }

}

extension Catalog {
    /// The cost of the guide's Aurora stack without storage, I/O and data: writer and reader, a NAT gateway and its address.
    ///
    /// - Parameter atMaximum: Whether capacity is at its maximum; otherwise at its minimum.
    /// - Returns: nil if the catalog has no tier with scaling capacity.
    public func auroraStack(atMaximum: Bool) -> CostEstimate? {
        guard let capacity = elasticTier?.capacity else { return nil }
        let units = atMaximum ? capacity.maximum : capacity.minimum
        let hours = Money.decimal(Double(Self.hoursPerMonth))
        var lines = [
            CostLine(
                .capacity(instances: capacity.instances, units: units),
                quantity: hours * Money.decimal(Double(capacity.instances) * units), unit: Tier.Capacity.unit,
                price: capacity.price)
        ]
        var unknown: [CostGap] = []
        for id in ["nat-gateway-hour", "public-ipv4-hour"] {
            if let item = item(id) {
                lines.append(
                    CostLine(
                        .catalogItem(id: item.id, title: item.title, free: nil, quantity: nil), quantity: hours, unit: item.unit,
                        price: item.price))
            } else {
                unknown.append(.noPrice(of: id))
            }
        }
        return CostEstimate(lines: lines, unknown: unknown)
    }
}
