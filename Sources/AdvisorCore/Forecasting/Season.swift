/// What comes back every day and every week, as a difference from the trend.
struct Season: Hashable, Sendable {
    /// By the time of day, in equal steps from midnight UTC; empty without.
    var day: [Double] = []
    /// By the day of the week, Monday first; empty without.
    var week: [Double] = []

    private static let millisecondsPerDay: Int64 = 86_400_000
    /// A season that is foretold by other days must take so much of the spread away to be believed.
    private static let gain = 0.9

    /// The difference at a time.
    func value(at time: Timestamp) -> Double {
        var result = 0.0
        if !day.isEmpty { result += day[Self.phase(time, of: day.count)] }
        if !week.isEmpty { result += week[time.weekday] }
        return result
    }

    /// The greatest difference there is; the least when `isLeast`.
    func extreme(isLeast: Bool) -> Double {
        func extreme(_ values: [Double]) -> Double { (isLeast ? values.min() : values.max()) ?? 0 }
        return extreme(day) + extreme(week)
    }

    private static func phase(_ time: Timestamp, of count: Int) -> Int {
        Int(time.millisecondsOfDay * Int64(count) / millisecondsPerDay)
    }

    /// Finds the seasons in cells whose trend is taken out; what does not explain enough is left out.
    /// - Parameters:
    ///   - cells: With the start of each.
    ///   - length: Of a cell, in milliseconds.
    ///   - days: How many days the cells span.
    ///   - dailyOf: How many of the last of them the daily season is taken from: what grows swings more and more.
    init(_ cells: [(start: Timestamp, value: Double)], length: Int64, days: Double, dailyOf: Double = .infinity) {
        var rest = cells.map(\.value)
        let dates = cells.map { $0.start.date.daysSinceEpoch }
        let steps = Self.millisecondsPerDay / length
        if steps >= 2, Self.millisecondsPerDay % length == 0, days >= 3 {
            let phases = cells.map { Self.phase($0.start, of: Int(steps)) }
            let recent = max(0, cells.count - Int(min(dailyOf, days)) * Int(steps))
            let found = Self.offsets(
                Array(rest[recent...]), Array(phases[recent...]), Array(dates[recent...]), count: Int(steps))
            if let found {
                day = found
                for index in rest.indices { rest[index] -= found[phases[index]] }
            }
        }
        if days >= 14, let found = Self.offsets(rest, cells.map(\.start.weekday), dates, count: 7) { week = found }
    }

    /// None at all.
    init() {}

    /// The median of each phase against the median of all; nil when a phase is empty, or the other days predict a day too badly.
    private static func offsets(_ values: [Double], _ phases: [Int], _ dates: [Int], count: Int) -> [Double]? {
        guard !values.isEmpty else { return nil }
        let center = values.median
        var byPhase = [[(date: Int, value: Double)]](repeating: [], count: count)
        for index in values.indices { byPhase[phases[index]].append((dates[index], values[index] - center)) }
        var offsets: [Double] = []
        var missed: [Double] = []
        for phase in byPhase {
            guard !phase.isEmpty else { return nil }
            offsets.append(phase.map(\.value).median)
            for date in Set(phase.map(\.date)) {
                let others = phase.filter { $0.date != date }.map(\.value)
                guard !others.isEmpty else { return nil }
                let predicted = others.median
                missed += phase.filter { $0.date == date }.map { abs($0.value - predicted) }
            }
        }
        return missed.median < values.map { abs($0 - center) }.median * gain ? offsets : nil
    }
}
