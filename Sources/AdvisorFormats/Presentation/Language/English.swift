import AdvisorCore

/// English, and how it writes times and values.
struct English: Language {
    var id: String { "en" }

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    func fullTime(_ time: Timestamp) -> String {
        "\(Self.days[time.weekday]) \(Self.day(time)) \(time.date.year) \(Self.clock(time)) UTC"
    }

    func time(_ time: Timestamp, asOf now: Timestamp) -> String {
        time.date.year == now.date.year ? "\(Self.day(time)) \(Self.clock(time))" : "\(Self.day(time)) \(time.date.year)"
    }

    func day(_ time: Timestamp, asOf now: Timestamp) -> String {
        time.date.year == now.date.year ? Self.day(time) : "\(Self.day(time)) \(time.date.year)"
    }

    static func day(_ time: Timestamp) -> String { "\(time.date.day) \(months[time.date.month - 1])" }

    private static func clock(_ time: Timestamp) -> String {
        let minutes = time.millisecondsOfDay / 60_000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    static func text(_ quantity: Quantity) -> String { ValueText.text(quantity.value, quantity.kind) }

    /// `$25.66`, or that it is unknown.
    static func text(_ money: Money?) -> String { money?.description ?? "unknown" }

    /// `2` or `0.5`, as capacity units are written.
    static func units(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
}
