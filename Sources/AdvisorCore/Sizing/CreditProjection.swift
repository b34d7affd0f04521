import Foundation

/// The CPU credits of a T class under a resource's own load.
public struct CreditProjection: Hashable, Sendable {
    /// The class.
    public var tier: String
    /// The current credits: measured if CloudWatch's CPUCreditBalance is stored, otherwise replayed.
    public var balance: Double
    /// The maximum balance of the class.
    public var maximumBalance: Double
    /// Whether the balance is measured.
    public var isBalanceMeasured: Bool
    /// The lowest balance where the loads of the last seven days repeat.
    public var lowestBalance: Double
    /// How long the balance lasts at the load of the last hour; nil if it does not decrease, or is empty.
    public var timeToEmpty: Duration?
    /// The hours of the last seven days with charged surplus credits, replayed.
    public var surplusHours: Double
    /// The hours of the last seven days with data.
    public var coveredHours: Double
    /// The mean load of the last seven days, as a share of all vCPUs.
    public var meanLoad: Double
    /// The baseline of the class, as a share of each vCPU.
    public var baseline: Double
    /// The charge of the last 30 days, or since there is data; nil if the price is unknown.
    public var charged: Money?
    /// The charge since the start of the calendar month, UTC, or since there is data; nil if the price is unknown.
    public var chargedThisMonth: Money?
    /// The monthly charge if the last seven days repeat, after the saved credits are used up; nil if the price is unknown or
    /// there is less than a day of data.
    public var monthly: Money?
    /// The same from the replay only; differs if the charge is measured.
    public var replayedMonthly: Money?
    /// Whether the charge is measured: CloudWatch's CPUSurplusCreditsCharged is stored.
    public var isChargeMeasured: Bool

    /// The measured charge as a share of the replayed one; nil where it is not measured, or the replay has none.
    public var measuredShare: Double? {
        guard isChargeMeasured, let measured = monthly?.amount, let replayed = replayedMonthly?.amount, replayed > 0 else {
            return nil
        }
        return NSDecimalNumber(decimal: measured / replayed).doubleValue
    }

    /// Whether the measured and the replayed charge are more than a quarter of the greater one apart.
    public var isFarFromReplay: Bool {
        guard isChargeMeasured, let measured = monthly?.amount, let replayed = replayedMonthly?.amount else { return false }
        return abs(measured - replayed) * 4 > max(measured, replayed)
    }

    /// Whether nothing was charged in the last 30 days, and nothing will be if the last seven repeat.
    public var suffices: Bool { monthly?.amount == 0 && charged?.amount == 0 }

    /// The interval from which the rate is computed.
    static let pace = Duration.seconds(7 * 86_400)
    /// The interval that is replayed.
    static let span = Duration.seconds(30 * 86_400)

    /// Replays the history of a load on a tier.
    /// - Returns: nil if the tier has no credits.
    public init?(_ tier: Tier, loads: LoadHistory, now: Timestamp, startBalance: Double = 0) {
        guard let credits = tier.credits, let vcpu = tier.vcpu else { return nil }
        let replay = CreditReplay(loads.loads, credits: credits, vcpu: vcpu, balance: startBalance)
        let begin = now - Self.pace
        self.tier = tier.id
        maximumBalance = credits.maximumBalance
        balance = replay.steps.last?.balance ?? 0
        isBalanceMeasured = false
        let recent = loads.loads.filter { $0.start >= begin }
        // The balance at the start of the data is not known: what counts is where these loads lead when they repeat.
        lowestBalance =
            CreditReplay.settled(recent, credits: credits, vcpu: vcpu, present: replay.steps.last?.standing ?? startBalance).steps
            .map(\.balance).min() ?? balance
        surplusHours = replay.length(from: begin) { $0.charged > 0 }.seconds / 3600
        coveredHours = replay.length(from: begin).seconds / 3600
        meanLoad = loads.mean(from: begin) ?? 0
        baseline = credits.baseline
        charged = credits.cost(ofSurplus: replay.charged(from: Timestamp(milliseconds: .min)))
        chargedThisMonth = credits.cost(ofSurplus: replay.charged(from: now.startOfMonth))
        replayedMonthly = Self.monthly(
            CreditReplay.lasting(recent, credits: credits, vcpu: vcpu, present: replay.steps.last?.standing ?? startBalance),
            hours: coveredHours, credits)
        monthly = replayedMonthly
        isChargeMeasured = false
        setTimeToEmpty(loads, vcpu: vcpu, perHour: credits.perHour, now: now)
    }

    /// The monthly cost at the rate of a number of hours; nil with less than a day.
    private static func monthly(_ charged: Double, hours: Double, _ credits: Tier.Credits) -> Money? {
        guard hours >= 24, let cost = credits.cost(ofSurplus: charged) else { return nil }
        return Money((cost.amount * Decimal(Catalog.hoursPerMonth) / Money.decimal(hours)).rounded(scale: 6))
    }

    private mutating func setTimeToEmpty(_ loads: LoadHistory, vcpu: Int, perHour: Double, now: Timestamp) {
        guard let load = loads.mean(from: now - .seconds(3600)) else { return }
        let perHour = load * Double(vcpu) * 60 - perHour
        // A balance that lasts for more than a year does not run out.
        let hours = perHour > 0 && balance > 0 ? balance / perHour : .infinity
        timeToEmpty = hours < 8760 ? .milliseconds(Int64(hours * 3_600_000)) : nil
    }

    /// Scales the monthly charge.
    mutating func scale(by share: Double) {
        monthly = monthly.map { Money(($0.amount * Money.decimal(share)).rounded(scale: 6)) }
    }

    /// Replaces replayed values by those that CloudWatch measured.
    mutating func measure(_ target: EvaluationTarget, tier: Tier, loads: LoadHistory, vocabulary: Vocabulary, now: Timestamp) {
        guard let credits = tier.credits, let vcpu = tier.vcpu else { return }
        func points(_ metric: MetricID, _ statistic: Statistic, days: Int64) -> Datapoints? {
            Datapoints(metric, statistic, of: target, vocabulary: vocabulary, from: now - .seconds(days * 86_400), to: now)
        }
        if let found = points(.creditBalance, .average, days: 7), let last = found.known.last,
            now - last.start <= .seconds(3600)
        {
            balance = min(max(last.value, 0), maximumBalance)
            lowestBalance = min(max(found.values.min() ?? balance, 0), maximumBalance)
            isBalanceMeasured = true
            setTimeToEmpty(loads, vcpu: vcpu, perHour: credits.perHour, now: now)
        }
        guard let week = points(.surplusCreditsCharged, .sum, days: 7),
            let month = points(.surplusCreditsCharged, .sum, days: 30)
        else { return }
        let hours = Double(week.known.count) * week.period.seconds / 3600
        // A charge series with less data than the load would give too small a charge.
        guard hours >= coveredHours * 0.9, let pace = Self.monthly(week.values.reduce(0, +), hours: hours, credits) else {
            return
        }
        monthly = pace
        charged = credits.cost(ofSurplus: month.values.reduce(0, +))
        let sinceFirst = month.known.filter { $0.start >= now.startOfMonth }
        chargedThisMonth = credits.cost(ofSurplus: sinceFirst.reduce(0) { $0 + $1.value })
        surplusHours = Double(week.known.count { $0.value > 0 }) * week.period.seconds / 3600
        isChargeMeasured = true
    }
}
