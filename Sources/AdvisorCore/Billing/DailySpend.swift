/// The daily costs (UTC) behind the statistics of a bill.
///
/// The amounts are binary numbers for estimates; exact amounts are in `MonthToDateSeries` and in the bill.
public struct DailySpend: Hashable, Sendable {
    /// One day.
    public struct Day: Hashable, Sendable {
        /// The day, as days since 1970-01-01.
        public var number: Int
        /// The cost in US dollars of the known part of the day.
        public var amount: Double
        /// The one-time charges at the start of a month: a plan, a license, a reservation.
        public var atOnce: Double
        /// The known share of the day, above 0 up to 1.
        public var share: Double
        /// The part of `amount` that was not measured on this day, but spread evenly over several.
        public var spread = 0.0

        /// Creates a day.
        public init(number: Int, amount: Double, atOnce: Double = 0, share: Double = 1) {
            (self.number, self.amount, self.atOnce, self.share) = (number, amount, atOnce, share)
        }

        /// The running cost, scaled to a whole day.
        var usage: Double { (amount - atOnce) / share }
        /// The day without what was spread.
        var measured: Day {
            var result = self
            (result.amount, result.spread) = (amount - spread, 0)
            return result
        }
        /// The day of the month, 1 to 31.
        var dayOfMonth: Int { CivilDate(daysSinceEpoch: number).day }
        /// 0 for Monday to 6 for Sunday.
        var weekday: Int { ((number + 3) % 7 + 7) % 7 }
    }

    /// The days by number; unknown days are absent.
    public private(set) var days: [Day]
    /// The time up to which costs are known.
    public private(set) var until: Timestamp

    /// Creates daily costs from days in any order.
    public init(days: [Day], until: Timestamp) {
        self.days = days.sorted { $0.number < $1.number }
        self.until = until
    }

    private static let day: Int64 = 86_400_000

    /// Computes the daily costs of a cumulative series; nil if it has no points.
    public init?(_ curve: MonthToDateSeries) {
        guard let newest = curve.newest else { return nil }
        var days: [Day] = []
        for month in curve.months {
            let own = curve.points(ofMonth: month).map { (at: $0.at, amount: $0.amount.double) }
            days += Self.days(of: own, month: month)
        }
        self.init(days: days, until: newest)
    }

    /// Computes the daily costs of one month's cumulative values.
    /// - Parameters:
    ///   - figures: The values in order.
    ///   - month: The start of the month.
    /// - Returns: In any order.
    static func days(of figures: [(at: Timestamp, amount: Double)], month: Timestamp) -> [Day] {
        guard let first = figures.first else { return [] }
        let end = month.startOfNextMonth.milliseconds
        var before: (at: Int64, amount: Double) = (month.milliseconds, 0)
        var steps: [Step] = []
        var rest = figures[...]
        if first.at - month > MonthlyCounterReset.lateness {
            // Charges before the first value cannot be dated.
            before = (first.at.milliseconds, first.amount)
            rest = rest.dropFirst()
        }
        for figure in rest {
            // Charges that arrive after month end were made in its last hours.
            let at = min(figure.at.milliseconds, end)
            let amount = figure.amount - before.amount
            if at > before.at || steps.isEmpty {
                steps.append(Step(from: before.at, to: at, amount: amount))
            } else {
                steps[steps.count - 1].amount += amount
            }
            before = (max(at, before.at), figure.amount)
        }
        var days: [Int: Day] = [:]
        for (step, jump) in zip(steps, jumps(steps, since: month.milliseconds)) { spread(step, jump: jump, over: &days) }
        return days.values.filter { $0.share > 0.01 }
    }

    /// The charges between two times in milliseconds.
    struct Step {
        var from: Int64
        var to: Int64
        var amount: Double
    }

    /// Distributes the amount of a step over its days; one-time charges go to the first.
    private static func spread(_ step: Step, jump: Double, over days: inout [Int: Day]) {
        func add(_ number: Int, _ amount: Double, _ atOnce: Double, _ share: Double) {
            var day = days[number] ?? Day(number: number, amount: 0, share: 0)
            day.amount += amount
            day.atOnce += atOnce
            day.share = min(1, day.share + share)
            days[number] = day
        }
        let first = Int(floor(step.from))
        add(first, jump, jump, 0)
        let length = Double(step.to - step.from)
        var begin = step.from
        if begin == step.to { add(first, step.amount - jump, 0, 0) }
        while begin < step.to {
            let number = floor(begin)
            let end = min(step.to, (number + 1) * day)
            add(Int(number), (step.amount - jump) * Double(end - begin) / length, 0, Double(end - begin) / Double(day))
            begin = end
        }
    }

    private static func floor(_ milliseconds: Int64) -> Int64 {
        milliseconds >= 0 ? milliseconds / day : -((-milliseconds - 1) / day) - 1
    }

    /// The one-time part of each step at the start of a month, above the usual running cost.
    ///
    /// Only the first 30 hours are considered, in steps of at most twelve hours. Since a nightly job costs the same every
    /// night, a step must stand out from all later ones.
    static func jumps(_ steps: [Step], since month: Int64) -> [Double] {
        let hour: Int64 = 3_600_000
        func isEarly(_ step: Step) -> Bool { step.from - month < 30 * hour && step.to - step.from <= 12 * hour }
        func rate(_ step: Step) -> Double { step.amount / Double(step.to - step.from) }
        let long = steps.filter { $0.to > $0.from }
        let later = long.filter { !isEarly($0) }.prefix(40).map(rate)
        guard long.count >= 4 else { return steps.map { _ in 0 } }
        let usual = max(0, (later.count >= 4 ? later : long.prefix(40).map(rate)).median)
        let most = later.count >= 4 ? max(usual, later.max() ?? 0) : usual
        return steps.map { step in
            guard isEarly(step), step.amount > 3 * most * Double(step.to - step.from) else { return 0 }
            return step.amount - usual * Double(step.to - step.from)
        }
    }
}
