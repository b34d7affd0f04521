/// A rational number. Nothing is rounded, so that a value exactly at a threshold is neither above nor below it.
struct ExactNumber: Comparable, Sendable {
    private var numerator: BigInteger
    /// Positive.
    private var denominator: BigInteger

    /// A Double as what people mean by it: its shortest decimal. 0.1 is a tenth.
    /// - Parameter value: Finite.
    init(_ value: Double) { self.init(ShortDecimal(value)) }

    /// Creates a number from a decimal.
    init(_ decimal: ShortDecimal) { self.init(decimal.digits, exponent: decimal.exponent) }

    /// Creates `digits` times ten to the `exponent`.
    init(_ digits: some BinaryInteger & Sendable, exponent: Int = 0) {
        numerator = BigInteger(digits)
        denominator = BigInteger(1)
        if exponent > 0 {
            numerator = numerator * .tenToThe(exponent)
        } else if exponent < 0 {
            denominator = .tenToThe(-exponent)
        }
    }

    private init(_ numerator: BigInteger, over denominator: BigInteger) {
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    /// Whether it is 0.
    var isZero: Bool { numerator.sign == 0 }

    static prefix func - (value: ExactNumber) -> ExactNumber { ExactNumber(-value.numerator, over: value.denominator) }

    static func + (left: ExactNumber, right: ExactNumber) -> ExactNumber {
        if left.denominator == right.denominator {
            return ExactNumber(left.numerator + right.numerator, over: left.denominator)
        }
        return ExactNumber(
            left.numerator * right.denominator + right.numerator * left.denominator,
            over: left.denominator * right.denominator)
    }

    static func - (left: ExactNumber, right: ExactNumber) -> ExactNumber { left + -right }

    static func * (left: ExactNumber, right: ExactNumber) -> ExactNumber {
        ExactNumber(left.numerator * right.numerator, over: left.denominator * right.denominator)
    }

    /// - Precondition: `right` is not 0.
    static func / (left: ExactNumber, right: ExactNumber) -> ExactNumber {
        let isNegative = right.numerator.sign < 0
        return ExactNumber(
            left.numerator * (isNegative ? -right.denominator : right.denominator),
            over: left.denominator * (isNegative ? -right.numerator : right.numerator))
    }

    static func == (left: ExactNumber, right: ExactNumber) -> Bool { (left - right).isZero }

    static func < (left: ExactNumber, right: ExactNumber) -> Bool { (left - right).numerator.sign < 0 }
}

/// The shortest decimal that reads as a Double: `digits` times ten to the `exponent`.
struct ShortDecimal: Hashable, Sendable {
    /// At most 17 digits, with a sign.
    var digits: Int64
    /// The power of ten.
    var exponent: Int

    /// Creates the decimal of a finite value.
    init(_ value: Double) {
        if abs(value) < 1e15, let whole = Int64(exactly: value) {
            (digits, exponent) = (whole, 0)
            return
        }
        var (digits, exponent, isNegative) = (Int64(0), 0, false)
        var decimals: Int?
        var bytes = value.description.utf8[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): decimals = 0
            case UInt8(ascii: "e"):
                exponent = Int(String(Substring(bytes))) ?? 0
                bytes = bytes[bytes.endIndex...]
            default:
                digits = digits * 10 + Int64(byte &- UInt8(ascii: "0"))
                decimals = decimals.map { $0 + 1 }
            }
        }
        (self.digits, self.exponent) = (isNegative ? -digits : digits, exponent - (decimals ?? 0))
    }
}

/// An exact sum of many numbers.
struct ExactSum {
    private var digits: Int128 = 0
    private var exponent = 0
    /// What did not fit into `digits`.
    private var rest: ExactNumber?
    /// The number added last, which is often the next one too.
    private var last: (value: Double, decimal: ShortDecimal) = (0, ShortDecimal(0))

    /// The sum.
    var value: ExactNumber { (rest ?? ExactNumber(0)) + ExactNumber(digits, exponent: exponent) }

    /// Adds the shortest decimal of a finite value.
    mutating func add(_ value: Double) {
        if value != last.value { last = (value, ShortDecimal(value)) }
        let decimal = last.decimal
        guard decimal.digits != 0 else { return }
        if digits == 0 { exponent = decimal.exponent }
        let lower = min(exponent, decimal.exponent)
        guard let own = Self.scaled(digits, by: exponent - lower),
            let other = Self.scaled(Int128(decimal.digits), by: decimal.exponent - lower)
        else { return flush(decimal) }
        let (sum, isTooLarge) = own.addingReportingOverflow(other)
        guard !isTooLarge else { return flush(decimal) }
        (digits, exponent) = (sum, lower)
    }

    private mutating func flush(_ decimal: ShortDecimal) {
        rest = value
        (digits, exponent) = (Int128(decimal.digits), decimal.exponent)
    }

    private static func scaled(_ digits: Int128, by power: Int) -> Int128? {
        guard power < 38 else { return nil }
        var result = digits
        for _ in 0..<power {
            let (product, isTooLarge) = result.multipliedReportingOverflow(by: 10)
            if isTooLarge { return nil }
            result = product
        }
        return result
    }
}
