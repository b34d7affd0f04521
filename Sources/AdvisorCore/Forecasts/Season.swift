/// What comes back every day and every week, as a difference from the trend.
struct Season: Hashable, Sendable {
    /// By the time of day, in equal steps from midnight UTC; empty without.
    var day: [Double] = []
    /// By the day of the week, Monday first; empty without.
    var week: [Double] = []

    private static let millisecondsPerDay: Int64 = 86_400_000
    /// A season must take so much of the spread away, beyond what chance would, to be believed.
    private static let gain = 0.9

    /// The difference at an instant.
    func value(at instant: Timestamp) -> Double {
        var result = 0.0
        if !day.isEmpty { result += day[Self.phase(instant, of: day.count)] }
        if !week.isEmpty { result += week[instant.weekday] }
        return result
    }

    /// The greatest difference there is; the least when `isLeast`.
    func extreme(isLeast: Bool) -> Double {
        func extreme(_ values: [Double]) -> Double { (isLeast ? values.min() : values.max()) ?? 0 }
        return extreme(day) + extreme(week)
    }

    private static func phase(_ instant: Timestamp, of count: Int) -> Int {
        Int(instant.millisecondsOfDay * Int64(count) / millisecondsPerDay)
    }

    /// Finds the seasons in cells whose trend is taken out; what does not explain enough is left out.
    /// - Parameters:
    ///   - cells: With the start of each.
    ///   - length: Of a cell, in milliseconds.
    ///   - days: How many days the cells span.
    init(_ cells: [(start: Timestamp, value: Double)], length: Int64, days: Double) {
        var rest = cells.map(\.value)
        let steps = Self.millisecondsPerDay / length
        if steps >= 2, Self.millisecondsPerDay % length == 0, days >= 3 {
            let phases = cells.map { Self.phase($0.start, of: Int(steps)) }
            if let offsets = Self.offsets(rest, phases, Int(steps), repeats: days) {
                day = offsets
                for index in rest.indices { rest[index] -= offsets[phases[index]] }
            }
        }
        if days >= 14 {
            let weekdays = cells.map(\.start.weekday)
            if let offsets = Self.offsets(rest, weekdays, 7, repeats: days / 7 * Double(max(1, steps))) { week = offsets }
        }
    }

    /// None at all.
    init() {}

    /// The median of each phase against the median of all; nil when a phase is empty, or too little is explained.
    private static func offsets(_ values: [Double], _ phases: [Int], _ count: Int, repeats: Double) -> [Double]? {
        let centre = Aggregation.interpolated(values.sorted(), 0.5)
        var byPhase = [[Double]](repeating: [], count: count)
        for (phase, value) in zip(phases, values) { byPhase[phase].append(value - centre) }
        guard byPhase.allSatisfy({ !$0.isEmpty }) else { return nil }
        let offsets = byPhase.map { Aggregation.interpolated($0.sorted(), 0.5) }
        func spread(_ values: [Double]) -> Double { Aggregation.interpolated(values.map(abs).sorted(), 0.5) }
        let before = spread(values.map { $0 - centre })
        let after = spread(zip(phases, values).map { $1 - centre - offsets[$0] })
        let byChance = (1 - 1 / max(repeats, 1.1)).squareRoot()
        return after < before * byChance * gain ? offsets : nil
    }
}
