/// A day of the Gregorian calendar in UTC.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// The year, as written: 2026.
    public var year: Int
    /// 1 for January to 12 for December.
    public var month: Int
    /// 1 to 31.
    public var day: Int

    /// Creates a date; nil if it does not exist.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Self.daysInMonth(year: year, month: month) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Creates the date that is a number of days after 1970-01-01.
    public init(daysSinceEpoch days: Int) {
        // Days to civil date in the proleptic Gregorian calendar, in eras of 400 years that begin on 1 March.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The number of days since 1970-01-01; negative before.
    public var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The number of days in a month, 28 to 31; `month` is 1 to 12.
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Earlier days come first.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension Timestamp {
    private static let millisecondsPerDay: Int64 = 86_400_000

    /// Creates the time of midnight UTC at the start of a date.
    public init(_ date: CivilDate) {
        self.init(milliseconds: Int64(date.daysSinceEpoch) * Self.millisecondsPerDay)
    }

    /// The date in UTC.
    public var date: CivilDate {
        let day =
            milliseconds >= 0 ? milliseconds / Self.millisecondsPerDay : -((-milliseconds - 1) / Self.millisecondsPerDay) - 1
        return CivilDate(daysSinceEpoch: Int(day))
    }

    /// Milliseconds since midnight, 0 to 86,399,999.
    public var millisecondsOfDay: Int64 { milliseconds - Timestamp(date).milliseconds }

    /// The start of the calendar month, UTC.
    public var startOfMonth: Timestamp {
        self - .milliseconds(Int64(date.day - 1) * Self.millisecondsPerDay + millisecondsOfDay)
    }

    /// The start of the next calendar month, UTC.
    public var startOfNextMonth: Timestamp {
        let date = date
        return startOfMonth
            + .milliseconds(Int64(CivilDate.daysInMonth(year: date.year, month: date.month)) * Self.millisecondsPerDay)
    }

    /// 0 for Monday to 6 for Sunday.
    public var weekday: Int { ((date.daysSinceEpoch + 3) % 7 + 7) % 7 }
}
