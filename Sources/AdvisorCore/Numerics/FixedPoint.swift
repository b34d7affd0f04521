/// Exact decimal amounts as integers, for fast and exact sums.
///
/// Money has units of 1e-24 of its currency, which holds every digit of a bill's line, also where a program wrote it as the
/// shortest form of a binary number.
public enum FixedPoint {
    /// The number of decimal places of an amount of money; further digits are rounded half-even.
    public static let moneyDigits = 24
    /// The number of decimal places of a quantity of usage.
    public static let usageDigits = 9
    /// The number of digits that surely fit.
    private static let longest = 36
    private static let powers: [Int128] = (0...36).reduce(into: [1]) { powers, _ in powers.append((powers.last ?? 1) * 10) }

    /// Parses a decimal number such as `0.0000012`, `-5` or `1.2E-7`.
    /// - Parameters:
    ///   - bytes: The text of the number only.
    ///   - digits: The number of decimal places of a unit.
    /// - Returns: nil if the text is not a number, or too large: 36 digits, decimal places included, fit.
    @inline(__always)
    public static func units(_ bytes: UnsafeBufferPointer<UInt8>, digits: Int) -> Int128? {
        var position = 0
        let isNegative = bytes.first == 45
        if isNegative || bytes.first == 43 { position = 1 }
        var mantissa: UInt64 = 0
        var scale = 0
        var seen = 0
        var isBehindPoint = false
        while position < bytes.count {
            let digit = bytes[position] &- 48
            if digit < 10 {
                // A nineteenth digit could overflow, so the slow path takes over.
                guard seen < 18 else { return carefulUnits(bytes, digits: digits) }
                mantissa = mantissa &* 10 &+ UInt64(digit)
                if mantissa > 0 { seen += 1 }
                if isBehindPoint { scale += 1 }
            } else if bytes[position] == 46, !isBehindPoint {
                isBehindPoint = true
            } else {
                return carefulUnits(bytes, digits: digits)
            }
            position += 1
        }
        let length = position - (isNegative || bytes.first == 43 ? 1 : 0) - (isBehindPoint ? 1 : 0)
        guard length > 0, scale <= digits, seen + digits - scale <= longest else { return carefulUnits(bytes, digits: digits) }
        let value = Int128(mantissa) * powers[digits - scale]
        return isNegative ? -value : value
    }

    /// As `units`, for exponents and for more digits than fit into a machine word.
    private static func carefulUnits(_ bytes: UnsafeBufferPointer<UInt8>, digits: Int) -> Int128? {
        guard bytes.count <= 64 else { return nil }
        var rest = Array(bytes)[...]
        let isNegative = rest.first == 45
        if isNegative || rest.first == 43 { rest.removeFirst() }
        var exponent = 0
        if let mark = rest.firstIndex(where: { $0 | 32 == 101 }) {
            guard let power = Int(String(decoding: rest[(mark + 1)...], as: UTF8.self)), (-39...39).contains(power) else {
                return nil
            }
            exponent = power
            rest = rest[..<mark]
        }
        var number: [UInt8] = []
        var isBehindPoint = false
        for byte in rest {
            if byte == 46, !isBehindPoint {
                isBehindPoint = true
            } else {
                guard byte &- 48 < 10 else { return nil }
                number.append(byte &- 48)
                if isBehindPoint { exponent -= 1 }
            }
        }
        guard !number.isEmpty else { return nil }
        // The dropped digits determine the rounding, half-even.
        var dropped: [UInt8] = []
        while exponent < -digits, let last = number.popLast() {
            dropped.insert(last, at: 0)
            exponent += 1
        }
        if number.isEmpty { (dropped, exponent) = ([], -digits) }
        number = Array(number.drop { $0 == 0 })
        let shift = digits + exponent
        guard number.count + max(0, shift) <= longest, shift >= 0 else { return nil }
        var value = number.reduce(Int128(0)) { $0 * 10 + Int128($1) } * powers[shift]
        if let first = dropped.first {
            let isMore = first > 5 || first == 5 && dropped.dropFirst().contains { $0 > 0 }
            if isMore || first == 5 && value % 2 == 1 { value += 1 }
        }
        return isNegative ? -value : value
    }

    /// The decimal number without trailing zeros: `-0.0000012`.
    public static func text(_ units: Int128, digits: Int) -> String {
        var number = String(units.magnitude)
        if number.utf8.count <= digits { number = String(repeating: "0", count: digits - number.utf8.count + 1) + number }
        let point = number.index(number.endIndex, offsetBy: -digits)
        var fraction = number[point...]
        while fraction.last == "0" { fraction.removeLast() }
        return (units < 0 ? "-" : "") + number[..<point] + (fraction.isEmpty ? "" : "." + fraction)
    }
}
