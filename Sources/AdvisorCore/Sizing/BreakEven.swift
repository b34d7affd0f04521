public import Foundation

/// The steady load from which another tier is cheaper.
public enum BreakEven: Hashable, Sendable {
    /// At any load.
    case always
    /// Above this share of the first tier's vCPUs, 0 to 1.
    case above(Double)
    /// At no load.
    case never
}

extension Tier {
    /// The cost of an hour under steady load, including surplus credits, without storage.
    /// - Parameters:
    ///   - load: The share of the tier's vCPUs, 0 to 1.
    ///   - isMultiAZ: Whether a standby runs.
    /// - Returns: nil if a price is unknown, or the tier has no hourly price.
    public func hourlyCost(load: Decimal, isMultiAZ: Bool = false) -> Money? {
        guard let hourly = (isMultiAZ ? hourlyMultiAZ : hourly)?.usd else { return nil }
        guard let credits else { return Money(hourly) }
        guard let vcpu, let surplus = credits.surplusPrice?.usd else { return nil }
        let above = max(0, load - Money.decimal(credits.baseline))
        return Money(hourly + above * Decimal(vcpu) * surplus)
    }

    /// The steady load from which `other` is cheaper than this tier for the same work.
    /// - Returns: nil if a price or a number of vCPUs is unknown.
    public func breakEven(with other: Tier, isMultiAZ: Bool = false) -> BreakEven? {
        guard let vcpu, let theirs = other.vcpu else { return nil }
        let ratio = Decimal(vcpu) / Decimal(theirs)
        func difference(_ load: Decimal) -> Decimal? {
            guard let mine = hourlyCost(load: load, isMultiAZ: isMultiAZ),
                let other = other.hourlyCost(load: min(1, load * ratio), isMultiAZ: isMultiAZ)
            else { return nil }
            return mine.amount - other.amount
        }
        // Both costs are linear between their baselines, so they cross between two of these loads.
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
    /// A share or count as an exact decimal in its shortest form; 0 if not finite.
    static func decimal(_ value: Double) -> Decimal {
        value.isFinite ? Decimal(string: "\(value)", locale: Locale(identifier: "en_US_POSIX")) ?? 0 : 0
    }

    /// The amount times a plain number.
    public static func * (money: Money, factor: Decimal) -> Money { Money(money.amount * factor, currency: money.currency) }
}
