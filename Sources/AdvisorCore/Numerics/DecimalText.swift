/// Numbers as people write them.
public enum DecimalText {
    /// The Double nearest to a written number times a factor, rounded once: 0.7 times 0.01 is 0.007.
    /// - Parameters:
    ///   - digits: Digits with at most one decimal point: `0.7`.
    ///   - factor: Finite; it means its shortest decimal.
    /// - Returns: nil if the text is not a number.
    public static func double(_ digits: some StringProtocol, times factor: Double) -> Double? {
        guard let value = Double(String(digits)) else { return nil }
        let decimal = ShortDecimal(factor)
        var (number, decimals, isAfterPoint) = (Int128(0), 0, false)
        for byte in digits.utf8 {
            if byte == UInt8(ascii: ".") {
                isAfterPoint = true
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), number < Int128(1) << 60 else { return value * factor }
            number = number * 10 + Int128(byte - UInt8(ascii: "0"))
            if isAfterPoint { decimals += 1 }
        }
        return Double("\(number * Int128(decimal.digits))e\(decimal.exponent - decimals)")
    }
}
