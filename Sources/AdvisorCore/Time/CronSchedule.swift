/// A recurring start time in cron's five fields: minute, hour, day of the month, month, day of the week.
///
/// As in crontab(5): lists, ranges and steps, names of months and days, 0 and 7 for Sunday. If both day fields are
/// restricted, a day that matches either of them is included. `@hourly`, `@daily`, `@weekly`, `@monthly` and `@yearly` are
/// supported.
public struct CronSchedule: Hashable, Sendable {
    /// As it was written.
    public let text: String
    let minutes: [Int]
    let hours: [Int]
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    private let anyDay: Bool
    private let anyWeekday: Bool

    private static let nicknames = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]
    private static let monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// What is wrong with a schedule, and how to correct it.
    public struct Invalid: Error, Hashable, Sendable {
        /// The message, without the schedule itself.
        public var words: String
    }

    /// Parses a schedule.
    public init(_ text: String) throws(Invalid) {
        let fields = (Self.nicknames[text] ?? text).lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        guard fields.count == 5 else {
            throw Invalid(
                words: "expected five fields: minute, hour, day of the month, month, day of the week, as in '0 2 * * sun'")
        }
        self.text = text
        minutes = try Self.field(fields[0], "minute", 0...59, names: []).sorted()
        hours = try Self.field(fields[1], "hour", 0...23, names: []).sorted()
        days = try Self.field(fields[2], "day of the month", 1...31, names: [])
        months = try Self.field(fields[3], "month", 1...12, names: Self.monthNames)
        weekdays = Set(try Self.field(fields[4], "day of the week", 0...7, names: Self.dayNames).map { $0 % 7 })
        anyDay = fields[2].hasPrefix("*")
        anyWeekday = fields[4].hasPrefix("*")
        let longest = months.map { CivilDate.daysInMonth(year: 2024, month: $0) }.max() ?? 0
        if anyWeekday, days.allSatisfy({ $0 > longest }) { throw Invalid(words: "it never matches a day") }
    }

    /// Whether the schedule includes a day.
    func includes(_ date: CivilDate) -> Bool {
        guard months.contains(date.month) else { return false }
        let isDay = days.contains(date.day)
        // Sunday is 0 here and 6 in `weekday`.
        let isWeekday = weekdays.contains((Timestamp(date).weekday + 1) % 7)
        return anyDay || anyWeekday ? isDay && isWeekday : isDay || isWeekday
    }

    private static func field(_ text: String, _ what: String, _ range: ClosedRange<Int>, names: [String]) throws(Invalid)
        -> Set<Int>
    {
        func number(_ text: Substring) throws(Invalid) -> Int {
            if let index = names.firstIndex(of: String(text)) { return index + (range.lowerBound == 1 ? 1 : 0) }
            guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), range.contains(number) else {
                let hint = DidYouMean.hint(for: String(text), among: names)
                throw Invalid(words: "invalid \(what) '\(text)'; use \(range.lowerBound) to \(range.upperBound)\(hint)")
            }
            return number
        }
        var result: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
            let ends = pieces[0].split(separator: "-", omittingEmptySubsequences: false)
            guard pieces.count <= 2, ends.count <= 2 else { throw Invalid(words: "invalid \(what) '\(part)'") }
            var bounds = range
            if pieces[0] != "*" {
                let low = try number(ends[0])
                let high = ends.count == 2 ? try number(ends[1]) : pieces.count == 2 ? range.upperBound : low
                guard low <= high else { throw Invalid(words: "the range '\(part)' ends before it begins") }
                bounds = low...high
            }
            var step = 1
            if pieces.count == 2 {
                guard let given = Int(pieces[1]), given >= 1, given <= range.upperBound else {
                    throw Invalid(words: "invalid step in '\(part)'; use at least 1")
                }
                step = given
            }
            result.formUnion(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
        }
        return result
    }
}
