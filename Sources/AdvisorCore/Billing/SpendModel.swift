/// A model of a bill's running costs and one-time charges, fitted to daily costs.
///
/// Running costs have a level, a weekday pattern and a trend. One-time charges (spikes, credits, the first of the month) are
/// separated and not extrapolated. See `Documentation.docc/BillForecasting.md` for the accuracy.
struct SpendModel: Hashable, Sendable {
    /// The running cost per day as of the last known day, in US dollars.
    private(set) var level = 0.0
    /// Factors by weekday, Monday first; 1 on average.
    private(set) var factors: [Double]
    /// The growth of the level, in US dollars per day and day.
    private(set) var slope = 0.0
    /// The average cost of spikes per day.
    private(set) var spikes = 0.0
    /// The expected one-time charges at the start of a month, from earlier months; 0 if unknown.
    private(set) var firstCharge = 0.0
    /// The one-time charges of this month so far.
    private(set) var bookedFirstCharge = 0.0
    /// Charges that occurred on the same day of the last two months, by day of the month.
    private(set) var recurring: [Int: Double] = [:]
    /// The number of days used for the running costs.
    private(set) var daysUsed = 0
    /// The standard deviation of a day, including spikes.
    private(set) var deviation = 0.0
    /// The standard error of the level.
    private(set) var levelError = 0.0
    /// The random walk of the level per day, as a standard deviation.
    private(set) var drift = 0.0

    /// The minimum number of days of charges.
    static let daysNeeded = 2
    private static let memory = 92
    private static let halfLife = 6.0
    /// The delay of the values in days: they are published every six hours, some hours late.
    private static let lateness = 0.2

    /// The running cost of one day.
    private struct Running {
        var day: DailySpend.Day
        /// The value without the weekday pattern.
        var value: Double
        /// The median of the surrounding days.
        var center = 0.0
        /// The deviation from the surrounding days: a spike, or a credit if negative.
        var excess = 0.0
        /// The value without the excess.
        var calm: Double { value - excess }
    }

    /// Fits the model to days; nil if there are too few.
    /// - Parameters:
    ///   - days: The days in order; the last may be known in part.
    ///   - month: The number of the first day of the current month.
    init?(_ days: ArraySlice<DailySpend.Day>, month: Int) {
        let recent = days.suffix(Self.memory)
        // Less than half a day is not representative, and the first of the month is used only if necessary.
        let whole = recent.filter { $0.share >= 0.5 }
        var learned = whole.filter { $0.dayOfMonth != 1 }
        if learned.count < 5 { learned = whole.filter { $0.dayOfMonth != 1 || $0.atOnce > 0 || $0.number != month } }
        guard learned.count >= Self.daysNeeded else { return nil }
        factors = Self.weekdayFactors(learned)
        var running: [Running] = []
        running.reserveCapacity(learned.count)
        for day in learned { running.append(Running(day: day, value: day.usage / factors[day.weekday])) }
        let spread = Self.setSpikesApart(&running)
        let begin = Self.lastShift(running.map(\.calm), spread: spread)
        let steady = running[begin...]
        // The level; recent days have the greatest weight.
        var (weights, squares, sum, ages) = (0.0, 0.0, 0.0, 0.0)
        let last = running[running.count - 1].day.number
        for day in steady.suffix(28) {
            let age = Double(last - day.day.number)
            let weight = Self.power(0.5, age / Self.halfLife)
            (weights, squares, sum, ages) = (
                weights + weight, squares + weight * weight, sum + weight * day.calm, ages + weight * age
            )
        }
        level = sum / weights
        daysUsed = running.count
        let weekly = Self.weeklyMeans(steady.map(\.calm))
        slope = Self.trend(weekly, level: level)
        level = max(0, level + slope * ages / weights)
        levelError = max(spread, 0.01 * level) * (squares.squareRoot() / weights)
        let changes = zip(weekly, weekly.dropFirst()).map { abs($1 - $0 - slope * 7) }
        let wander = changes.count >= 3 ? min(changes.median * 1.5, 0.25 * level) : 0.1 * level
        drift = max(wander, 0.01 * level) / 7.0.squareRoot()

        learnSpikes(running, month: month)
        learnFirstCharges(recent, running: running, month: month)
        // A credit that does not recur does not lower the expectation.
        let squared = running.suffix(60).filter { $0.excess >= 0 && recurring[$0.day.dayOfMonth] == nil }.map { day in
            (day.value - day.center) * (day.value - day.center)
        }
        deviation = max(squared.mean.squareRoot(), spread)
        if running.count < 14 {
            // Allows for a weekly pattern that has not been observed yet.
            levelError = max(levelError, level * (running.count < 5 ? 0.12 : 0.06))
            // Allows for spikes that have not been observed yet.
            deviation = max(deviation, 0.4 * level)
        }
    }

    /// A power of 0.5 by multiplication only, which is the same on every machine.
    private static func power(_ base: Double, _ exponent: Double) -> Double {
        var result = 1.0
        for _ in 0..<Int(exponent) { result *= base }
        // Linear within a half-life.
        return result * (1 - (exponent - exponent.rounded(.down)) * (1 - base))
    }

    /// The factor of each weekday relative to the surrounding days; all 1 with less than three weeks, or if it may be noise.
    private static func weekdayFactors(_ days: [DailySpend.Day]) -> [Double] {
        let flat = [Double](repeating: 1, count: 7)
        guard days.count >= 14 else { return flat }
        var ratios = [[Double]](repeating: [], count: 7)
        for index in days.indices {
            let around = days[max(0, index - 3)...min(days.count - 1, index + 3)]
            let middle = around.map(\.usage).mean(without: 1)
            guard around.count >= 5, middle > 0 else { continue }
            ratios[days[index].weekday].append(days[index].usage / middle)
        }
        let weekend = (ratios[5] + ratios[6]), weekdays = ratios[0...4].flatMap { $0 }
        guard weekend.count >= 3, weekdays.count >= 8 else { return flat }
        let groups = [weekdays.median, weekend.median]
        let noise = max((weekdays.map { $0 - groups[0] } + weekend.map { $0 - groups[1] }).medianDeviation, 0.01)
        var result = flat
        let isPatterned =
            abs(groups[0] - groups[1]) > 2.5 * noise * (1 / Double(weekend.count) + 1 / Double(weekdays.count)).squareRoot()
        for weekday in 0..<7 {
            let group = isPatterned ? groups[weekday < 5 ? 0 : 1] : 1
            let own = ratios[weekday]
            let isOwn = own.count >= 4 && abs(own.median - group) > 2.5 * noise / Double(own.count).squareRoot()
            result[weekday] = max(0.05, isOwn ? own.median : group)
        }
        let mean = result.mean
        return result.map { $0 / mean }
    }

    /// Marks days that stand out from the surrounding ones; returns the scatter of the others.
    private static func setSpikesApart(_ running: inout [Running]) -> Double {
        for index in running.indices {
            let last = running.count - 1
            let low = max(0, min(index - 3, last - 6))
            let high = min(last, max(index + 3, 6))
            running[index].center = running[low...high].map(\.value).median
        }
        let distances = running.map { $0.value - $0.center }
        let middle = running.map(\.value).median
        let spread = max(distances.medianDeviation, 0.02 * middle)
        for index in running.indices where abs(distances[index]) > 4 * spread { running[index].excess = distances[index] }
        return spread
    }

    /// The start of the last lasting change of level; 0 if there is none.
    private static func lastShift(_ values: [Double], spread: Double) -> Int {
        guard values.count >= 7, spread > 0 else { return 0 }
        var best: (score: Double, index: Int) = (5, 0)
        for index in max(3, values.count - 24)...(values.count - 4) {
            let before = values[max(0, index - 10)..<index].mean
            let after = values[index..<min(values.count, index + 10)].mean
            let error = spread * (1 / Double(min(10, index)) + 1 / Double(min(10, values.count - index))).squareRoot()
            let score = abs(after - before) / error
            if score > best.score, abs(after - before) > 0.2 * max(before, after) { best = (score, index) }
        }
        return best.index
    }

    /// The means of whole weeks, oldest first, counted back from the last day; at most eight.
    private static func weeklyMeans(_ values: [Double]) -> [Double] {
        var result: [Double] = []
        var end = values.count
        while end >= 7, result.count < 8 {
            result.append(values[(end - 7)..<end].mean)
            end -= 7
        }
        return result.reversed()
    }

    /// The median slope between weeks (Theil–Sen) per day; 0 with less than four weeks, or if the weeks do not agree.
    private static func trend(_ weeks: [Double], level: Double) -> Double {
        guard weeks.count >= 4 else { return 0 }
        var slopes: [Double] = []
        for later in weeks.indices {
            for earlier in 0..<later { slopes.append((weeks[later] - weeks[earlier]) / Double(7 * (later - earlier))) }
        }
        let slope = slopes.median
        let agreeing = slopes.count { ($0 > 0) == (slope > 0) }
        guard slope != 0, Double(agreeing) >= 0.8 * Double(slopes.count) else { return 0 }
        let shrunk = slope * Double(weeks.count) / Double(weeks.count + 1)
        return max(-level / 60, min(level / 60, shrunk))
    }

    /// The average cost of spikes, and the charges that recur every month.
    private mutating func learnSpikes(_ running: [Running], month: Int) {
        let spiky = running.filter { $0.excess != 0 && $0.day.dayOfMonth > 3 }
        let previous = CivilDate(daysSinceEpoch: month - 1)
        let begin = month - previous.day
        let before = CivilDate(daysSinceEpoch: begin - 1)
        for spike in spiky where spike.day.number >= begin && spike.day.number < month {
            let size = spike.excess * factors[spike.day.weekday]
            let twin = spiky.first { other in
                other.day.number >= begin - before.day && other.day.number < begin
                    && abs(other.day.dayOfMonth - spike.day.dayOfMonth) <= 1
                    && (0.5...2).contains(other.excess * factors[other.day.weekday] / size)
            }
            if twin != nil { recurring[spike.day.dayOfMonth] = size }
        }
        let single = spiky.filter { spike in spike.excess > 0 && !recurring.keys.contains { abs($0 - spike.day.dayOfMonth) <= 1 }
        }
        let count = Double(running.count)
        if running.count >= 14 { spikes = single.reduce(0) { $0 + $1.excess } / count * (count / (count + 14)) }
    }

    /// The one-time charges at the start of the months.
    private mutating func learnFirstCharges(_ days: ArraySlice<DailySpend.Day>, running: [Running], month: Int) {
        var byMonth: [Int: Double] = [:]
        let spread = running.map { $0.value - $0.center }.medianDeviation
        for day in days where day.dayOfMonth <= 3 {
            let first = day.number - day.dayOfMonth + 1
            let near = running.filter { abs($0.day.number - day.number) <= 10 && $0.day.dayOfMonth > 3 }.map(\.calm)
            let usual = (near.count >= 3 ? near.median : level) * factors[day.weekday]
            let beyond = day.amount - day.atOnce - usual * day.share
            // The second and third day count only if they stand out.
            let isOut = beyond > (day.dayOfMonth == 1 ? 2 : 4) * max(spread, 0.05 * usual)
            byMonth[first, default: 0] += day.atOnce + (isOut ? beyond : 0)
        }
        bookedFirstCharge = byMonth[month] ?? 0
        let earlier = byMonth.filter { $0.key < month }.sorted { $0.key < $1.key }.suffix(3).map(\.value)
        firstCharge = earlier.count < 3 ? earlier.last ?? 0 : earlier.median
    }

    /// The expected remaining cost.
    /// - Parameters:
    ///   - begin: The time up to which charges are known.
    ///   - end: The end of the forecast.
    ///   - monthEnd: The end of the budget month; nil if it is `end`.
    /// - Returns: The amount in US dollars, and its variance.
    func remaining(from begin: Timestamp, to end: Timestamp, monthEnd: Timestamp? = nil) -> (mean: Double, variance: Double) {
        guard end > begin else { return (0, 0) }
        let monthEnd = monthEnd ?? end
        let day = 86_400.0
        var mean = 0.0
        var elapsed = 0.0
        var time = begin
        while time < end {
            let date = time.date
            let next = min(end, Timestamp(CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)))
            let share = (next - time).seconds / day
            let weekday = time.weekday
            mean += max(0, level + slope * (elapsed + share / 2) + spikes) * factors[weekday] * share
            let isWhole = time.millisecondsOfDay == 0
            // A one-time charge belongs to the month that contains the middle of its day.
            if isWhole, time > begin || date.day != 1, time + .seconds(43_200) < monthEnd {
                if date.day == 1 { mean += firstCharge }
                if let charge = recurring[date.day] { mean += charge }
            }
            elapsed += share
            time = next
        }
        // The expected one-time charges of a month that has just begun.
        let age = (begin - begin.startOfMonth).seconds / day
        let awaited = max(0, firstCharge - bookedFirstCharge) * (age < 1 ? 1 : age < 2 ? 0.5 : 0)
        mean += awaited
        let variance =
            elapsed * deviation * deviation + elapsed * elapsed * levelError * levelError
            + elapsed * elapsed * elapsed / 3 * drift * drift + awaited * awaited * 0.04
            + level * level * Self.lateness * Self.lateness
            + 0.04 * slope * slope * elapsed * elapsed * elapsed * elapsed
        return (mean, variance)
    }
}
