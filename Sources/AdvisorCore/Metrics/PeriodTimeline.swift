/// The period of a series at each time.
///
/// The stated period of its samples; otherwise the median distance of the last 20 samples at or before the time, snapped to a
/// standard period; with fewer than three samples, the native period of the metric.
struct PeriodTimeline {
    struct Change: Hashable {
        var from: Timestamp
        var milliseconds: Int64
    }

    private(set) var changes: [Change]

    /// The standard periods in milliseconds: 1, 5, 10, 15, 30 min, 1, 6, 12 h, 1 d.
    static let usual: [Int64] = [1, 5, 10, 15, 30, 60, 360, 720, 1440].map { $0 * 60_000 }

    static let stampsLookedAt = 20

    /// The standard period that is nearest by ratio.
    static func snapped(_ milliseconds: Int64) -> Int64 {
        var index = 0
        // A distance below the geometric mean of two periods belongs to the shorter one.
        while index + 1 < usual.count,
            Double(milliseconds) * Double(milliseconds) >= Double(usual[index]) * Double(usual[index + 1])
        { index += 1 }
        return usual[index]
    }

    init(native: Duration) { changes = [Change(from: Timestamp(milliseconds: .min), milliseconds: native.milliseconds)] }

    /// - Parameters:
    ///   - samples: Ordered by start and period.
    ///   - native: The native period of their metric.
    init(_ samples: [Sample], native: Duration) {
        self.init(native: native)
        var recent = RecentDistances()
        var previous: Timestamp?
        var index = 0
        while index < samples.count {
            let start = samples[index].start
            var stated = samples[index].periodMilliseconds
            while index < samples.count, samples[index].start == start {
                if stated == 0 { stated = samples[index].periodMilliseconds }
                index += 1
            }
            if let previous { recent.append(start.milliseconds - previous.milliseconds) }
            previous = start
            if stated > 0 {
                recent.forgetOrder()
                change(to: stated, from: start)
            } else if let median = recent.median() {
                change(to: Self.snapped(median), from: start)
            }
        }
    }

    private mutating func change(to milliseconds: Int64, from start: Timestamp) {
        guard changes[changes.count - 1].milliseconds != milliseconds else { return }
        changes.append(Change(from: start, milliseconds: milliseconds))
    }

    /// The maximum of several timelines and of a minimum period, at each time.
    static func coarsest(_ timelines: [PeriodTimeline], atLeast least: Duration) -> PeriodTimeline {
        var result = PeriodTimeline(native: least)
        var positions = timelines.map { _ in 0 }
        for from in Set(timelines.flatMap { $0.changes.map(\.from) }).sorted() {
            var longest = least.milliseconds
            for (number, timeline) in timelines.enumerated() {
                while positions[number] + 1 < timeline.changes.count, timeline.changes[positions[number] + 1].from <= from {
                    positions[number] += 1
                }
                longest = max(longest, timeline.changes[positions[number]].milliseconds)
            }
            if from.milliseconds == .min {
                result.changes[0].milliseconds = longest
            } else {
                result.change(to: longest, from: from)
            }
        }
        return result
    }

    /// The length in milliseconds of the datapoint that ends at a time. A sample at that time belongs to the next datapoint.
    func milliseconds(endingAt end: Timestamp) -> Int64 { milliseconds(at: end - .milliseconds(1)) }

    /// The period at a time, in milliseconds.
    func milliseconds(at time: Timestamp) -> Int64 {
        (changes.last { $0.from <= time } ?? changes[0]).milliseconds
    }
}

/// The distances between the last samples; ordered only as long as their median is asked for.
private struct RecentDistances {
    private static let most = PeriodTimeline.stampsLookedAt - 1
    private var all: [Int64] = []
    private var sorted: SortedMultiset<Int64>?

    mutating func append(_ distance: Int64) {
        all.append(distance)
        guard var sorted else { return }
        self.sorted = nil
        sorted.insert(distance)
        if all.count > Self.most { sorted.remove(all[all.count - 1 - Self.most]) }
        self.sorted = sorted
    }

    /// The median is not asked for.
    mutating func forgetOrder() { sorted = nil }

    /// The upper median; nil for fewer than two distances.
    mutating func median() -> Int64? {
        if sorted == nil {
            var last = SortedMultiset<Int64>()
            for distance in all.suffix(Self.most) { last.insert(distance) }
            sorted = last
        }
        guard let values = sorted?.values, values.count >= 2 else { return nil }
        return values[values.count / 2]
    }
}
