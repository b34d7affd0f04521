extension CivilDate: CustomStringConvertible {
    /// `2026-03-01`.
    public var description: String { String(Timestamp(self).description.prefix(10)) }

    /// Reads `2026-03-01`; nil for anything else.
    public init?(text: String) {
        guard text.count == 10, let instant = Timestamp(text: text), instant.millisecondsOfDay == 0 else { return nil }
        self = instant.date
    }
}
