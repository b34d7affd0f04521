import Foundation

/// The clock on the wall of a time zone, with its changes to summer time and back.
struct LocalClock {
    private let zone: TimeZone

    /// The zone of that name, such as `Asia/Seoul`; nil when there is none.
    init?(zone name: String) {
        guard let zone = TimeZone(identifier: name) else { return nil }
        self.zone = zone
    }

    private func offset(at time: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time))))
    }

    /// The day on the wall at a time.
    func date(at time: Timestamp) -> CivilDate {
        let seconds = time.milliseconds / 1000
        return Timestamp(seconds: seconds + offset(at: seconds)).date
    }

    /// When the clock shows a time of a day: the first time where it shows it twice, and the change itself where it skips it.
    func time(_ date: CivilDate, hour: Int, minute: Int) -> Timestamp {
        let shown = Timestamp(date).milliseconds / 1000 + Int64(hour * 3600 + minute * 60)
        // A zone changes at most once a day, so a day either side has the offset before and the one after.
        let before = offset(at: shown - 86_400)
        let after = offset(at: shown + 86_400)
        for candidate in [shown - before, shown - after].sorted() where candidate + offset(at: candidate) == shown {
            return Timestamp(seconds: candidate)
        }
        var (early, late) = (shown - max(before, after), shown - min(before, after))
        let old = offset(at: early)
        while late - early > 1 {
            let middle = (early + late) / 2
            if offset(at: middle) == old { early = middle } else { late = middle }
        }
        return Timestamp(seconds: late)
    }
}
