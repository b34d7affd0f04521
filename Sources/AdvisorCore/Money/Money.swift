public import Foundation

/// An exact amount of money in one currency.
public struct Money: Hashable, Sendable {
    /// The exact decimal amount.
    public var amount: Decimal
    /// The ISO 4217 code; AWS bills in USD.
    public var currency: String

    /// Creates an amount, in US dollars by default.
    public init(_ amount: Decimal, currency: String = "USD") { (self.amount, self.currency) = (amount, currency) }

    /// Parses a plain decimal number such as `0.016`; nil for anything else.
    public init?(text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 || $0 == 45 }),
            let amount = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
        else { return nil }
        self.init(amount)
    }

    /// Creates an amount from a sample: its shortest decimal form, rounded half-even to a millionth.
    /// - Returns: nil if the sample is not finite.
    public init?(sample: Double) {
        guard sample.isFinite, let amount = Decimal(string: "\(sample)", locale: Locale(identifier: "en_US_POSIX")) else {
            return nil
        }
        self.init(amount.rounded(scale: 6))
    }

    /// Adds two amounts of one currency.
    public static func + (left: Money, right: Money) -> Money { Money(left.amount + right.amount, currency: left.currency) }
    /// Subtracts two amounts of one currency.
    public static func - (left: Money, right: Money) -> Money { Money(left.amount - right.amount, currency: left.currency) }

    /// The amount rounded half-even to cents: `25.66`, `-1.15`.
    public var cents: String { amount.rounded(scale: 2).text(minimumFraction: 2) }
    /// The amount as it is shown, so that differences of shown amounts add up.
    public var toCents: Money { Money(amount.rounded(scale: 2), currency: currency) }
    /// The exact amount with at least two decimal places: `0.016`, `25.66`.
    public var exact: String { amount.text(minimumFraction: 2) }
    /// The amount for people: `$25.66`, `-$1.15`; other currencies with their code, `EUR 25.66`.
    public var description: String {
        let cents = cents
        guard currency == "USD" else { return "\(currency) \(cents)" }
        return cents.hasPrefix("-") ? "-$" + cents.dropFirst() : "$" + cents
    }
}

extension Money: CustomStringConvertible {}

extension Decimal {
    /// Rounds half-even to a number of decimal places.
    public func rounded(scale: Int) -> Decimal {
        var source = self
        var result = Decimal()
        NSDecimalRound(&result, &source, scale, .bankers)
        return result
    }

    /// The decimal number without an exponent, with at least a number of decimal places.
    public func text(minimumFraction: Int) -> String {
        let text = "\(self)"
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let padded = fraction + String(repeating: "0", count: max(0, minimumFraction - fraction.count))
        return padded.isEmpty ? String(parts[0]) : "\(parts[0]).\(padded)"
    }
}
