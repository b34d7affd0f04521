internal import AdvisorCore

/// The days of a billed month that a line is for.
struct ChargeInterval {
    /// Milliseconds since 1970; `end` is exclusive.
    private let begin: Int64
    private let end: Int64
    /// Whether the whole line is for longer than a day.
    let isLong: Bool

    private static let day: Int64 = 86_400_000
    /// The longest day of a time zone: the one on which daylight saving time ends; milliseconds.
    private static let longestDay: Int64 = 25 * 3_600_000

    /// Clamps a line's time to its month, and to the reading time: an open month holds only what was used so far.
    /// - Returns: nil if the line is for a single day, or ends before it begins.
    init?(from start: Timestamp, to end: Timestamp?, in month: BillingMonth, readAt now: Timestamp) {
        guard let end else { return nil }
        begin = max(start.milliseconds, Int64(month.firstDay) * Self.day)
        self.end = min(end.milliseconds, Int64(month.lastDay + 1) * Self.day, now.milliseconds)
        isLong = end.milliseconds - start.milliseconds > Self.longestDay
        guard self.end > begin, days.count > 1 else { return nil }
    }

    private var days: ClosedRange<Int64> { Self.number(begin)...Self.number(end - 1) }

    private static func number(_ time: Int64) -> Int64 { (time - (time % day + day) % day) / day }

    /// Splits a line over its days by their share of the time; exact in sum, the remainder is on the last day.
    func spread(_ line: ChargeBatch.Line, _ body: (ChargeBatch.Line) throws -> Void) rethrows {
        var rest = (cost: line.cost, usage: line.usage)
        for number in days {
            var part = line
            part.day = Int(number)
            part.isLong = isLong
            if number > days.lowerBound { part.count = 0 }
            if number < days.upperBound {
                let time = min(end, (number + 1) * Self.day) - max(begin, number * Self.day)
                part.cost = share(of: line.cost, time)
                part.usage = line.usage.map { share(of: $0, time) }
                rest.cost -= part.cost
                if let used = part.usage { rest.usage? -= used }
            } else {
                (part.cost, part.usage) = rest
            }
            try body(part)
        }
    }

    /// `units × time ÷ length`, rounded toward zero, without overflow.
    private func share(of units: Int128, _ time: Int64) -> Int128 {
        let length = Int128(end - begin)
        let (quotient, remainder) = units.quotientAndRemainder(dividingBy: length)
        return quotient * Int128(time) + remainder * Int128(time) / length
    }
}
