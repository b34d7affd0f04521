public import Foundation

/// From which steady load on another tier is the cheaper one.
public enum BreakEven: Hashable, Sendable {
    /// At any load.
    case always
    /// Above this share of the first tier's vCPUs, 0 to 1.
    case above(Double)
    /// At no load.
    case never
}

extension Tier {
    /// What an hour at a steady load costs, surplus credits included, without storage.
    /// - Parameters:
    ///   - load: A share of the tier's vCPUs, 0 to 1.
    ///   - isMultiAZ: Whether a standby runs.
    /// - Returns: nil when a price is unknown, or the tier is not priced by the hour.
    public func hourlyCost(load: Decimal, isMultiAZ: Bool = false) -> Money? {
        guard let hourly = (isMultiAZ ? hourlyMultiAZ : hourly)?.usd else { return nil }
        guard let credits else { return Money(hourly) }
        guard let vcpu, let surplus = credits.surplusPrice?.usd else { return nil }
        let above = max(0, load - Money.decimal(credits.baseline))
        return Money(hourly + above * Decimal(vcpu) * surplus)
    }

    /// From which steady load on `other` is cheaper than this tier, the same work on both.
    /// - Returns: nil when a price or a count of vCPUs is unknown.
    public func breakEven(with other: Tier, isMultiAZ: Bool = false) -> BreakEven? {
        guard let vcpu, let theirs = other.vcpu else { return nil }
        let ratio = Decimal(vcpu) / Decimal(theirs)
        func difference(_ load: Decimal) -> Decimal? {
            guard let mine = hourlyCost(load: load, isMultiAZ: isMultiAZ),
                let other = other.hourlyCost(load: min(1, load * ratio), isMultiAZ: isMultiAZ)
            else { return nil }
            return mine.amount - other.amount
        }
        // Both costs are straight between their baselines, so the crossing lies between two of these.
        var knots: Set<Decimal> = [0, min(1, 1 / ratio), 1]
        if let credits { knots.insert(Money.decimal(credits.baseline)) }
        if let credits = other.credits { knots.insert(min(1, Money.decimal(credits.baseline) / ratio)) }
        let loads = knots.sorted()
        guard let first = difference(0) else { return nil }
        if first > 0 { return .always }
        for (low, high) in zip(loads, loads.dropFirst()) {
            guard let before = difference(low), let after = difference(high) else { return nil }
            guard before <= 0, after > 0 else { continue }
            let share = low + (high - low) * -before / (after - before)
            return .above(NSDecimalNumber(decimal: share).doubleValue)
        }
        return .never
    }
}

extension Money {
    /// A share or a count as an exact decimal, by its shortest form; 0 when it is not finite.
    static func decimal(_ value: Double) -> Decimal {
        value.isFinite ? Decimal(string: "\(value)", locale: Locale(identifier: "en_US_POSIX")) ?? 0 : 0
    }

    /// The amount times a plain number.
    public static func * (money: Money, factor: Decimal) -> Money { Money(money.amount * factor, currency: money.currency) }
}
