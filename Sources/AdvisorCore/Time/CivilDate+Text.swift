extension CivilDate: CustomStringConvertible {
    /// `2026-03-01`.
    public var description: String { String(Timestamp(self).description.prefix(10)) }

    /// Reads `2026-03-01`; nil for anything else.
    public init?(text: String) {
        guard text.count == 10, let time = Timestamp(text: text), time.millisecondsOfDay == 0 else { return nil }
        self = time.date
    }
}
