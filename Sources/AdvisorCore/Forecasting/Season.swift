/// The daily and weekly season, as a difference from the trend.
struct Season: Hashable, Sendable {
    /// The differences by time of day, in equal steps from midnight UTC; empty if there is no daily season.
    var day: [Double] = []
    /// The differences by weekday, Monday first; empty if there is no weekly season.
    var week: [Double] = []

    private static let millisecondsPerDay: Int64 = 86_400_000
    /// A season is used if predicting each day from the other days reduces the spread to this share.
    private static let gain = 0.9

    /// The difference at a time.
    func value(at time: Timestamp) -> Double {
        var result = 0.0
        if !day.isEmpty { result += day[Self.phase(time, of: day.count)] }
        if !week.isEmpty { result += week[time.weekday] }
        return result
    }

    /// The largest difference; the smallest if `isLeast`.
    func extreme(isLeast: Bool) -> Double {
        func extreme(_ values: [Double]) -> Double { (isLeast ? values.min() : values.max()) ?? 0 }
        return extreme(day) + extreme(week)
    }

    private static func phase(_ time: Timestamp, of count: Int) -> Int {
        Int(time.millisecondsOfDay * Int64(count) / millisecondsPerDay)
    }

    /// Finds the seasons in cells without trend; seasons that explain too little are left out.
    /// - Parameters:
    ///   - cells: The values, each with its start.
    ///   - length: The length of a cell in milliseconds.
    ///   - days: The number of days that the cells span.
    ///   - dailyOf: The number of days, from the end, that the daily season uses: amplitudes grow with the level.
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

    /// Creates an empty season.
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
