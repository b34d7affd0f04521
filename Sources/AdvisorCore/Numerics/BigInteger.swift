/// An integer of any size.
struct BigInteger: Hashable, Sendable {
    private var isNegative = false
    /// The magnitude in base 2^32, least significant first, without leading zeros; empty for 0.
    private var limbs: [UInt32] = []

    /// Creates an integer from a machine integer.
    init(_ value: some BinaryInteger & Sendable) {
        isNegative = value.signum() < 0
        var rest = value.magnitude
        while rest != 0 {
            limbs.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        }
    }

    private init(_ limbs: [UInt32], isNegative: Bool) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
        self.isNegative = isNegative && !self.limbs.isEmpty
    }

    /// -1, 0 or 1.
    var sign: Int { limbs.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// A power of ten; its exponent is not negative.
    static func tenToThe(_ exponent: Int) -> BigInteger {
        var result = BigInteger(1)
        var rest = exponent
        while rest >= 9 {
            result = result * BigInteger(1_000_000_000)
            rest -= 9
        }
        return rest == 0 ? result : result * BigInteger((0..<rest).reduce(1) { power, _ in power * 10 })
    }

    static prefix func - (value: BigInteger) -> BigInteger { BigInteger(value.limbs, isNegative: !value.isNegative) }

    static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isNegative == right.isNegative {
            return BigInteger(sum(left.limbs, right.limbs), isNegative: left.isNegative)
        }
        return isLess(left.limbs, right.limbs)
            ? BigInteger(difference(right.limbs, left.limbs), isNegative: right.isNegative)
            : BigInteger(difference(left.limbs, right.limbs), isNegative: left.isNegative)
    }

    static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        guard left.sign != 0, right.sign != 0 else { return BigInteger(0) }
        var limbs = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (index, first) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (offset, second) in right.limbs.enumerated() {
                let value = UInt64(first) * UInt64(second) + UInt64(limbs[index + offset]) + carry
                limbs[index + offset] = UInt32(truncatingIfNeeded: value)
                carry = value >> 32
            }
            limbs[index + right.limbs.count] = UInt32(truncatingIfNeeded: carry)
        }
        return BigInteger(limbs, isNegative: left.isNegative != right.isNegative)
    }

    private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(max(left.count, right.count) + 1)
        var carry: UInt64 = 0
        for index in 0..<max(left.count, right.count) {
            let value = UInt64(index < left.count ? left[index] : 0) + UInt64(index < right.count ? right[index] : 0) + carry
            result.append(UInt32(truncatingIfNeeded: value))
            carry = value >> 32
        }
        if carry > 0 { result.append(UInt32(carry)) }
        return result
    }

    /// `right` is not greater.
    private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result = left
        var borrow: Int64 = 0
        for index in left.indices {
            let value = Int64(left[index]) - Int64(index < right.count ? right[index] : 0) - borrow
            result[index] = UInt32(truncatingIfNeeded: value)
            borrow = value < 0 ? 1 : 0
        }
        return result
    }

    private static func isLess(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        if left.count != right.count { return left.count < right.count }
        for (first, second) in zip(left.reversed(), right.reversed()) where first != second { return first < second }
        return false
    }
}
