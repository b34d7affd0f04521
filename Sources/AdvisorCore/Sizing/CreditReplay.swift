import Foundation

/// How busy a machine was for a while.
public struct Load: Hashable, Sendable {
    /// When the while began.
    public var start: Timestamp
    /// How long it was.
    public var length: Duration
    /// The share of all its vCPUs that was used, 0 to 1.
    public var share: Double

    /// A load by its parts.
    public init(start: Timestamp, length: Duration, share: Double) {
        (self.start, self.length, self.share) = (start, length, share)
    }
}

/// Replays what a T class earns, spends and owes under a load, in unlimited mode; pure.
///
/// One credit is one vCPU-minute at full load. Credits are earned at a steady rate and kept up to a maximum. When none are left,
/// surplus credits are spent, which later earnings pay back; what exceeds the earnings of 24 hours is charged, once, when it is spent.
/// Source: Amazon EC2 User Guide, "Unlimited mode concepts for burstable performance instances"; RDS runs its T4g classes so.
public struct CreditReplay: Hashable, Sendable {
    /// What stands at the end of one load.
    public struct Step: Hashable, Sendable {
        /// When the load began.
        public var start: Timestamp
        /// How long it was.
        public var length: Duration
        /// Credits kept, 0 to the class's maximum.
        public var balance: Double
        /// Surplus credits owed, 0 to the earnings of 24 hours.
        public var surplus: Double
        /// Surplus credits charged during it.
        public var charged: Double

        /// Credits kept, or below zero owed.
        var standing: Double { balance - surplus }
    }

    /// One a load, in their order.
    public var steps: [Step]

    /// Replays loads in order; a gap between two of them neither earns nor spends.
    /// - Parameters:
    ///   - loads: In the order of time.
    ///   - credits: How the class earns.
    ///   - vcpu: How many vCPUs it has.
    ///   - balance: Credits at the beginning; a T4g begins with none.
    ///   - surplus: Surplus credits owed at the beginning.
    public init(_ loads: [Load], credits: Tier.Credits, vcpu: Int, balance: Double = 0, surplus: Double = 0) {
        let debt = credits.perHour * 24
        // Kept and owed are never both more than zero, so one number holds them.
        var standing = min(max(balance - surplus, -debt), credits.maximumBalance)
        steps = []
        steps.reserveCapacity(loads.count)
        for load in loads {
            let minutes = load.length.seconds / 60
            let share = min(max(load.share, 0), 1)
            let wanted = standing + credits.perHour * minutes / 60 - share * Double(vcpu) * minutes
            standing = min(max(wanted, -debt), credits.maximumBalance)
            steps.append(
                Step(
                    start: load.start, length: load.length, balance: max(standing, 0), surplus: max(-standing, 0),
                    charged: max(-debt - wanted, 0)))
        }
    }

    /// Surplus credits that loads are charged each time, when they come again and again.
    ///
    /// What was saved up is spent once only, and a debt is run up once only: a month's bill must not count on either. Where more
    /// is spent than earned the credits end at their lowest, else at their highest, whatever they were.
    static func lasting(_ loads: [Load], credits: Tier.Credits, vcpu: Int, present: Double) -> Double {
        let net = loads.reduce(0) { sum, load in
            sum + (credits.perHour / 60 - min(max(load.share, 0), 1) * Double(vcpu)) * load.length.seconds / 60
        }
        let extreme = net < 0 ? -credits.perHour * 24 : net > 0 ? credits.maximumBalance : present
        func replay(_ standing: Double) -> CreditReplay {
            CreditReplay(loads, credits: credits, vcpu: vcpu, balance: max(standing, 0), surplus: max(-standing, 0))
        }
        let settled = replay(extreme).steps.last?.standing ?? present
        return replay(settled).charged(from: Timestamp(milliseconds: .min))
    }

    /// Surplus credits charged by the loads that begin at or after the time.
    public func charged(from begin: Timestamp) -> Double {
        steps.reduce(0) { $1.start >= begin ? $0 + $1.charged : $0 }
    }

    /// How long the loads that begin at or after the time last, by whether the step meets the condition.
    public func length(from begin: Timestamp, where isCounted: (Step) -> Bool = { _ in true }) -> Duration {
        .milliseconds(steps.reduce(Int64(0)) { $1.start >= begin && isCounted($1) ? $0 + $1.length.milliseconds : $0 })
    }
}

extension Tier.Credits {
    /// What so many surplus credits cost; nil when their price is unknown.
    public func cost(ofSurplus credits: Double) -> Money? {
        guard let price = surplusPrice?.usd, let amount = Money(sample: credits) else { return nil }
        return Money((amount.amount / 60 * price).rounded(scale: 6))
    }
}
