extension CivilDate {
    /// The same day a number of months later, or the last day of that month.
    public func adding(months: Int) -> CivilDate {
        let index = year * 12 + month - 1 + months
        let (year, month) = (index / 12, index % 12 + 1)
        return CivilDate(year: year, month: month, day: min(day, CivilDate.daysInMonth(year: year, month: month))) ?? self
    }
}
