internal import Algorithms
import Foundation

/// The local clock of a time zone, with its changes to daylight saving time and back.
///
/// The only place that converts between UTC and local time.
struct LocalClock: Hashable, Sendable {
    private let zone: TimeZone

    /// The zone of that name, such as `Asia/Seoul`; nil for an unknown name.
    init?(zone name: String) {
        guard let zone = TimeZone(identifier: name) else { return nil }
        self.zone = zone
    }

    /// The clock of that zone.
    init(zone: TimeZone) { self.zone = zone }

    /// Seconds east of UTC at a time in seconds since 1970.
    private func offset(at time: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time))))
    }

    /// The time that the clock would show, as if it were UTC.
    private func shown(at time: Timestamp) -> Timestamp {
        let seconds = Timestamp(milliseconds: time.milliseconds).floored(to: .seconds(1)).milliseconds / 1000
        return Timestamp(seconds: seconds + offset(at: seconds))
    }

    /// The local day of a time.
    func date(at time: Timestamp) -> CivilDate { shown(at: time).date }

    /// Minutes since local midnight, 0 to 1439.
    func minuteOfDay(at time: Timestamp) -> Int { Int(shown(at: time).millisecondsOfDay / 60_000) }

    /// The local month of a time: its beginning and the next month's.
    func month(of time: Timestamp) -> (begin: Timestamp, end: Timestamp) {
        let month = Timestamp(date(at: time))
        func begin(_ date: CivilDate) -> Timestamp { self.time(date, hour: 0, minute: 0) }
        return (begin(month.startOfMonth.date), begin(month.startOfNextMonth.date))
    }

    /// The times at which the clock shows a local time, given as if it were UTC.
    func times(showing shown: Timestamp) -> LocalTime {
        let seconds = shown.floored(to: .seconds(1)).milliseconds / 1000
        let offsets = Set([offset(at: seconds - 86_400), offset(at: seconds + 86_400)])
        let times = offsets.filter { offset(at: seconds - $0) == $0 }.map { shown - .seconds($0) }.sorted()
        guard let first = times.first else { return .skipped }
        return times.count > 1 ? .twice(first, times[1]) : .once(first)
    }

    /// The time at which the clock shows a local time. A local time that occurs twice gives the first; one that is skipped
    /// gives the time of the clock change.
    func time(_ date: CivilDate, hour: Int, minute: Int) -> Timestamp {
        let shown = Timestamp(date).milliseconds / 1000 + Int64(hour * 3600 + minute * 60)
        // A zone changes at most once a day, so one day before and one day after have the old and the new offset.
        let before = offset(at: shown - 86_400)
        let after = offset(at: shown + 86_400)
        for candidate in [shown - before, shown - after].sorted() where candidate + offset(at: candidate) == shown {
            return Timestamp(seconds: candidate)
        }
        let (early, late) = (shown - max(before, after), shown - min(before, after))
        let old = offset(at: early)
        return Timestamp(seconds: (early + 1..<late).partitioningIndex { offset(at: $0) != old })
    }
}
