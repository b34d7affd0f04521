extension Money: Codable {
    private enum Key: String, CodingKey { case amount, currency }

    /// Decodes the amount from its decimal text.
    /// - Throws: `DecodingError` if the amount is not a decimal number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let text = try container.decode(String.self, forKey: .amount)
        guard let money = Money(text: text) else {
            throw DecodingError.dataCorruptedError(forKey: .amount, in: container, debugDescription: "'\(text)' is not an amount")
        }
        self.init(money.amount, currency: try container.decode(String.self, forKey: .currency))
    }

    /// Encodes the amount as decimal text, never as a binary number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(exact, forKey: .amount)
        try container.encode(currency, forKey: .currency)
    }
}
