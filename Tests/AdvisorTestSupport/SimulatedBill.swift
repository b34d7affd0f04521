public import AdvisorCore
public import Foundation

/// A bill whose truth is known: charged once on the first, usage with noise, a weekly pattern, growth, spikes.
///
/// Only additions, multiplications and divisions of doubles, so the same seed gives the same bill on every machine.
public struct SimulatedBill: Sendable {
    /// For the table.
    public var name: String
    /// US dollars charged on the first, some hours after midnight.
    public var first = 0.0
    /// US dollars a day of what runs.
    public var usage = 1.0
    /// What a Saturday or Sunday costs, as a share of another day.
    public var weekend = 1.0
    /// How much more a day costs each day, as a share of the first day.
    public var growth = 0.0
    /// A day's standard deviation, as a share.
    public var noise = 0.08
    /// The share of days with a spike.
    public var spikes = 0.0
    /// What a spike adds, in days' worths.
    public var spikeSize = 0.0
    /// From that day on (counted from the first month's first) usage is so many times as much.
    public var shift: (day: Int, factor: Double)?
    /// Credited on that day of every month, US dollars.
    public var credit: (day: Int, amount: Double)?
    /// A charge that comes every month on that day.
    public var monthly: (day: Int, amount: Double)?
    /// What a day costs more from each month's 11th on, US dollars.
    public var fromEleventh = 0.0
    /// Hours that the figures are behind.
    public var lag = 4

    /// A bill of one dollar a day.
    public init(_ name: String) { self.name = name }

    /// Hour by hour, the charge; from the first time of a month on.
    public func hours(from start: Timestamp, days: Int, seed: UInt64) -> [Double] {
        var random = SimulatedRandom(seed: seed)
        var result: [Double] = []
        result.reserveCapacity(days * 24)
        var wander = 1.0
        for number in 0..<days {
            let time = start + .seconds(Int64(number) * 86_400)
            wander *= 1 + 0.01 * random.normal()
            var amount = usage * (1 + growth * Double(number)) * (1 + noise * random.normal()) * wander
            if time.weekday >= 5 { amount *= weekend }
            if time.date.day >= 11 { amount += fromEleventh }
            if let shift, number >= shift.day { amount *= shift.factor }
            var hours = [Double](repeating: max(0, amount) / 24, count: 24)
            if random.uniform() < spikes {
                let begin = Int(random.uniform() * 18)
                let size = usage * spikeSize * (0.5 + random.uniform())
                for hour in begin..<(begin + 6) { hours[hour] += size / 6 }
            }
            let day = time.date.day
            if day == 1, first > 0 { hours[3] += first }
            if let monthly, day == monthly.day { hours[10] += monthly.amount }
            if let credit, day == credit.day { hours[12] -= credit.amount }
            result += hours
        }
        return result
    }

    /// What AWS/Billing would have said every six hours: cumulative, starting over on the first, some hours late.
    public func figures(from start: Timestamp, days: Int, seed: UInt64) -> [(at: Timestamp, amount: Decimal)] {
        let hours = hours(from: start, days: days, seed: seed)
        var result: [(at: Timestamp, amount: Decimal)] = []
        var sum = 0.0
        var month = start.startOfMonth
        var waiting: [(hour: Int, sum: Double, month: Timestamp)] = []
        for hour in 0...hours.count {
            let time = start + .seconds(Int64(hour) * 3600)
            if time.startOfMonth != month, time == time.startOfMonth {
                waiting.append((hour, sum, month))
                (sum, month) = (0, time)
            }
            waiting.append((hour, sum, month))
            if hour % 6 == 0, let seen = waiting.last(where: { $0.hour + lag <= hour && $0.month == time.startOfMonth }) {
                result.append((time, Money(sample: seen.sum)?.amount ?? 0))
            }
            if hour < hours.count { sum += hours[hour] }
        }
        return result
    }
}

/// Numbers that look random and are the same for the same seed.
public struct SimulatedRandom: Sendable {
    private var source: SplitMix

    /// A sequence by its seed.
    public init(seed: UInt64) {
        // Neighbouring seeds would give one sequence, shifted.
        source = SplitMix(seed: seed)
        source = SplitMix(seed: source.next() ^ (seed << 32))
    }

    /// 0 up to 1, by SplitMix64.
    public mutating func uniform() -> Double { Double(source.next() >> 11) / Double(UInt64(1) << 53) }

    /// About normal, of mean 0 and deviation 1: the sum of twelve uniform numbers less six.
    public mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}
