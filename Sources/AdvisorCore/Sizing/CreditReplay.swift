import Foundation

/// The load of a machine in an interval.
public struct Load: Hashable, Sendable {
    /// The start of the interval.
    public var start: Timestamp
    /// The length of the interval.
    public var length: Duration
    /// The used share of all its vCPUs, 0 to 1.
    public var share: Double

    /// Creates a load.
    public init(start: Timestamp, length: Duration, share: Double) {
        (self.start, self.length, self.share) = (start, length, share)
    }
}

/// Replays the credits that a T class earns, spends and borrows under a load, in unlimited mode.
///
/// One credit is one vCPU-minute at full load. Credits are earned at a constant rate and kept up to a maximum. When none are
/// left, surplus credits are spent, which later earnings pay back; what exceeds the earnings of 24 hours is charged once,
/// when it is spent. Source: Amazon EC2 User Guide, "Unlimited mode concepts for burstable performance instances"; RDS runs
/// its T4g classes in this mode.
public struct CreditReplay: Hashable, Sendable {
    /// The state at the end of one load.
    public struct Step: Hashable, Sendable {
        /// The start of the load.
        public var start: Timestamp
        /// The length of the interval.
        public var length: Duration
        /// The balance, 0 to the maximum of the class.
        public var balance: Double
        /// The borrowed surplus credits, 0 to the earnings of 24 hours.
        public var surplus: Double
        /// The surplus credits charged during the load.
        public var charged: Double

        /// The balance; negative if credits are borrowed.
        var standing: Double { balance - surplus }
    }

    /// One step per load, in order.
    public var steps: [Step]

    /// Replays loads in order; gaps between them neither earn nor spend.
    /// - Parameters:
    ///   - loads: The loads in time order.
    ///   - credits: The credits of the class.
    ///   - vcpu: The number of vCPUs.
    ///   - balance: The balance at the start; a T4g starts with none.
    ///   - surplus: The borrowed surplus credits at the start.
    public init(_ loads: [Load], credits: Tier.Credits, vcpu: Int, balance: Double = 0, surplus: Double = 0) {
        let debt = credits.perHour * 24
        // Balance and borrowed credits are never both positive, so one number holds them.
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

    /// The surplus credits that repeated loads are charged each time.
    ///
    /// Saved credits are spent only once, and credits are borrowed only once: a monthly cost must include neither. If more is
    /// spent than earned, the credits end at their lowest, otherwise at their highest, whatever they were.
    static func lasting(_ loads: [Load], credits: Tier.Credits, vcpu: Int, present: Double) -> Double {
        settled(loads, credits: credits, vcpu: vcpu, present: present).charged(from: Timestamp(milliseconds: .min))
    }

    /// The replay of loads that repeat: it ends with the credits that it begins with.
    static func settled(_ loads: [Load], credits: Tier.Credits, vcpu: Int, present: Double) -> CreditReplay {
        let net = loads.reduce(0) { sum, load in
            sum + (credits.perHour / 60 - min(max(load.share, 0), 1) * Double(vcpu)) * load.length.seconds / 60
        }
        let extreme = net < 0 ? -credits.perHour * 24 : net > 0 ? credits.maximumBalance : present
        func replay(_ standing: Double) -> CreditReplay {
            CreditReplay(loads, credits: credits, vcpu: vcpu, balance: max(standing, 0), surplus: max(-standing, 0))
        }
        let settled = replay(extreme).steps.last?.standing ?? present
        return replay(settled)
    }

    /// The surplus credits charged by loads that begin at or after a time.
    public func charged(from begin: Timestamp) -> Double {
        steps.reduce(0) { $1.start >= begin ? $0 + $1.charged : $0 }
    }

    /// The total duration of the loads that begin at or after a time and meet a condition.
    public func length(from begin: Timestamp, where isCounted: (Step) -> Bool = { _ in true }) -> Duration {
        .milliseconds(steps.reduce(Int64(0)) { $1.start >= begin && isCounted($1) ? $0 + $1.length.milliseconds : $0 })
    }
}

extension Tier.Credits {
    /// The cost of surplus credits; nil if their price is unknown.
    public func cost(ofSurplus credits: Double) -> Money? {
        guard let price = surplusPrice?.usd, let amount = Money(sample: credits) else { return nil }
        return Money((amount.amount / 60 * price).rounded(scale: 6))
    }
}
