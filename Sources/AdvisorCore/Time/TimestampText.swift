extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC, with milliseconds only if they are not zero: `2026-03-31T00:00:00Z`.
    public var description: String {
        let date = date
        let ofDay = millisecondsOfDay
        let seconds = ofDay / 1000
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { Self.padded($0, 2) }.joined(separator: ":")
        let fraction = ofDay % 1000 == 0 ? "" : "." + Self.padded(ofDay % 1000, 3)
        return
            "\(Self.padded(Int64(date.year), 4))-\(Self.padded(Int64(date.month), 2))-\(Self.padded(Int64(date.day), 2))T\(time)\(fraction)Z"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Parses a date, or a date and time, in RFC 3339 or a common variant.
    ///
    /// Date and time are separated by `T`, `t` or a space. Seconds and fraction are optional. The zone is `Z`, `+00:00`,
    /// `+0000`, `+00`, `UTC` or `GMT`, and UTC by default. Fractions of a millisecond are truncated.
    /// - Returns: nil for anything else, including impossible dates (30 February) and times (25:00).
    public init?(text: some StringProtocol) {
        guard let parsed = Self.parse(text) else { return nil }
        self = parsed.time
    }

    /// The time of a text, and whether the text states a zone.
    static func parse(_ text: some StringProtocol) -> (time: Timestamp, hasZone: Bool)? {
        var scanner = DigitScanner(Array(text.utf8))
        guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(digits: 2), scanner.take("-"),
            let day = scanner.number(digits: 2), let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var result = Timestamp(date).milliseconds
        var hasZone = false
        if scanner.take("T") || scanner.take("t") || scanner.take(" ") {
            guard let hour = scanner.number(digits: 2), hour < 24, scanner.take(":"), let minute = scanner.number(digits: 2),
                minute < 60
            else { return nil }
            var second = 0
            var fraction = 0
            if scanner.take(":") {
                guard let given = scanner.number(digits: 2), given < 60 else { return nil }
                second = given
                if scanner.take(".") {
                    guard let given = scanner.fractionMilliseconds() else { return nil }
                    fraction = given
                }
            }
            result += Int64((hour * 60 + minute) * 60 + second) * 1000 + Int64(fraction)
            _ = scanner.take(" ")
            hasZone = !scanner.isAtEnd
            guard let offset = scanner.zoneOffsetMinutes() else { return nil }
            result -= Int64(offset) * 60_000
        }
        guard scanner.isAtEnd else { return nil }
        return (Timestamp(milliseconds: result), hasZone)
    }
}

/// Scans the components of a timestamp.
private struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Character) -> Bool {
        guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func takeWord(_ word: StaticString) -> Bool {
        guard bytes[position...].starts(with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)) else {
            return false
        }
        position += word.utf8CodeUnitCount
        return true
    }

    mutating func number(digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + digits] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        position += digits
        return value
    }

    mutating func fractionMilliseconds() -> Int? {
        var value = 0
        var digits = 0
        while position < bytes.count, (48...57).contains(bytes[position]) {
            if digits < 3 { value = value * 10 + Int(bytes[position] - 48) }
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        for _ in 0..<max(0, 3 - digits) { value *= 10 }
        return value
    }

    mutating func zoneOffsetMinutes() -> Int? {
        if isAtEnd || take("Z") || take("z") || takeWord("UTC") || takeWord("GMT") { return 0 }
        let sign: Int
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(digits: 2), hours < 24 else { return nil }
        if isAtEnd { return sign * hours * 60 }
        _ = take(":")
        guard let minutes = number(digits: 2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
