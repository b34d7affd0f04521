internal import AdvisorCore

/// The samples of the hour that occurs twice when clocks are put back, where the input has local times without a zone.
///
/// They wait until the end of the input. In rising order the times of a series go back once within the hour: those before
/// are of the first hour and the others of the second; in falling order it is the other way round. Any other order does not
/// show which hour is meant.
struct RepeatedHours {
    /// What came of the samples.
    struct Resolved {
        /// In order of arrival.
        var records: [SampleBatch.Record] = []
        /// The line of the first of them; nil without any.
        var firstLine: Int?
        var rejected: [(shown: Timestamp, line: Int)] = []
    }

    private struct Held {
        var record: SampleBatch.Record
        var line: Int
        var hour: Hour
    }

    private struct Hour {
        /// From the first occurrence to the second.
        var shift: Duration
        /// From the first occurrence to the local time as if it were UTC.
        var offset: Duration
    }

    /// The held samples of a series and year, in order of arrival.
    private struct Group {
        var held: [Held] = []
        /// The sample of the series before the first one held; nil if there is none.
        var before: Timestamp?
    }

    private struct GroupKey: Hashable, Comparable {
        var series: Int32
        var year: Int

        static func < (left: GroupKey, right: GroupKey) -> Bool { (left.series, left.year) < (right.series, right.year) }
    }

    private static let minute = Duration.seconds(60)
    /// The hours by the minute of their first occurrence.
    private var hours: [Timestamp: Hour] = [:]
    private var groups: [GroupKey: Group] = [:]
    /// The last sample of each series that is not held.
    private var last: [Int32: Timestamp] = [:]

    /// Notes that a local time was read that occurs twice.
    mutating func add(_ first: Timestamp, second: Timestamp, shown: Timestamp) {
        hours[first.floored(to: Self.minute)] = Hour(shift: second - first, offset: shown - first)
    }

    /// Holds a sample whose time occurs twice; false for any other.
    mutating func hold(_ record: SampleBatch.Record, line: Int) -> Bool {
        let start = record.sample.start
        guard let hour = hours.isEmpty ? nil : hours[start.floored(to: Self.minute)] else {
            last[record.series] = start
            return false
        }
        let key = GroupKey(series: record.series, year: start.date.year)
        groups[key, default: Group(before: last[record.series])].held.append(Held(record: record, line: line, hour: hour))
        return true
    }

    /// Which hours the samples are of; none is held afterwards.
    mutating func resolved() -> Resolved {
        var result = Resolved()
        for (key, group) in groups.sorted(by: { $0.key < $1.key }) {
            guard let split = split(group, after: last[key.series]) else {
                result.rejected += group.held.map { ($0.record.sample.start + $0.hour.offset, $0.line) }
                continue
            }
            result.firstLine = min(result.firstLine ?? .max, group.held.first?.line ?? .max)
            for (index, held) in group.held.enumerated() {
                var record = held.record
                if (index >= split.index) == split.isRising { record.sample.start = record.sample.start + held.hour.shift }
                result.records.append(record)
            }
        }
        groups = [:]
        return result
    }

    /// Where the second run of the hour begins; nil if the order does not show it.
    private func split(_ group: Group, after: Timestamp?) -> (index: Int, isRising: Bool)? {
        let starts = group.held.map(\.record.sample.start)
        guard let first = starts.first else { return nil }
        let isRising: Bool? = group.before.map { $0 < first } ?? after.map { $0 > first }
        let falls = (1..<starts.count).filter { starts[$0] <= starts[$0 - 1] }
        let rises = (1..<starts.count).filter { starts[$0] >= starts[$0 - 1] }
        if isRising != false, falls.count == 1 { return (falls[0], true) }
        // Two falling times alone may as well be one of each hour.
        if isRising == false || isRising == nil && starts.count > 2, rises.count == 1 { return (rises[0], false) }
        return nil
    }
}
