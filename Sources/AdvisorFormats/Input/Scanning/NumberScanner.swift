internal import Foundation

/// Parses JSON numbers from bytes, exactly.
enum NumberScanner {
    private static let powers: [Double] = (0...22).map { pow(10, Double($0)) }

    /// The number at `position`, which is advanced; nil if there is none or it is not finite.
    @inline(__always)
    static func double(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Double? {
        let start = position
        var mantissa: UInt64 = 0
        var digits = 0
        var exponent = 0
        let isNegative = position < bytes.count && bytes[position] == 45
        if isNegative { position += 1 }
        let first = position
        while position < bytes.count, bytes[position] &- 48 < 10 {
            if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(bytes[position] &- 48) } else { exponent += 1 }
            if mantissa > 0 { digits += 1 }
            position += 1
        }
        guard position > first, bytes[first] != 48 || position == first + 1 else { return nil }
        if position < bytes.count, bytes[position] == 46 {
            position += 1
            let fraction = position
            while position < bytes.count, bytes[position] &- 48 < 10 {
                if digits < 19 {
                    mantissa = mantissa &* 10 &+ UInt64(bytes[position] &- 48)
                    exponent -= 1
                    if mantissa > 0 { digits += 1 }
                }
                position += 1
            }
            guard position > fraction else { return nil }
        }
        if position < bytes.count, bytes[position] | 32 == 101 {
            position += 1
            var sign = 1
            if position < bytes.count, bytes[position] == 43 || bytes[position] == 45 {
                sign = bytes[position] == 45 ? -1 : 1
                position += 1
            }
            let begin = position
            var power = 0
            while position < bytes.count, bytes[position] &- 48 < 10 {
                power = min(power * 10 + Int(bytes[position] &- 48), 100_000)
                position += 1
            }
            guard position > begin else { return nil }
            exponent += sign * power
        }
        // Clinger: with a mantissa below 2^53 and a power of ten up to 22, one operation rounds correctly.
        if digits < 19, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
            let value = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
            return isNegative ? -value : value
        }
        // Within a record another byte follows, so strtod stops there; at the very end it gets a copy.
        let value: Double
        if position < bytes.count, let base = bytes.baseAddress {
            value = strtod(UnsafeRawPointer(base + start).assumingMemoryBound(to: CChar.self), nil)
        } else {
            value = Double(String(decoding: bytes[start..<position], as: UTF8.self)) ?? .infinity
        }
        return value.isFinite ? value : nil
    }
}
