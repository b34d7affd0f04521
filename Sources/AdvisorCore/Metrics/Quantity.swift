/// A number with what it measures, as reasons carry it.
public struct Quantity: Hashable, Sendable {
    /// In the base of `kind`: a share of 1, bytes, seconds, US dollars, a count.
    public var value: Double
    /// The kind of quantity of its value.
    public var kind: QuantityKind

    /// Creates a quantity.
    public init(_ value: Double, _ kind: QuantityKind) { (self.value, self.kind) = (value, kind) }

    /// A share of 1.
    public static func ratio(_ value: Double) -> Quantity { Quantity(value, .ratio) }
    /// Bytes.
    public static func bytes(_ value: Double) -> Quantity { Quantity(value, .bytes) }

    /// Creates a length of time.
    public init(_ duration: Duration) { self.init(duration.seconds, .time) }
}

extension QuantityKind {
    /// The unit of JSON and CSV, in which ratios are percent: `percent`, `bytes_per_second`; nil for what is no number.
    public var unit: String? {
        switch base {
        case .ratio: isRate ? "percent_per_second" : "percent"
        case .bytes: isRate ? "bytes_per_second" : "bytes"
        case .time: "seconds"
        case .count: isRate ? "per_second" : "count"
        case .money: "USD"
        case .text, .boolean, .list: nil
        }
    }

    fileprivate static let all: [QuantityKind] = Base.allCases.flatMap { [QuantityKind($0), QuantityKind($0, isRate: true)] }
}

extension Quantity: Codable {
    private enum Key: String, CodingKey { case value, unit }

    /// Reads the number and its unit.
    /// - Throws: `DecodingError` for an unknown unit.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let unit = try container.decode(String.self, forKey: .unit)
        guard let kind = QuantityKind.all.first(where: { $0.unit == unit }) else {
            throw DecodingError.dataCorruptedError(forKey: .unit, in: container, debugDescription: "unknown unit '\(unit)'")
        }
        let value = try container.decodeIfPresent(Double.self, forKey: .value) ?? .infinity
        self.init(kind.base == .ratio ? Self.shifted(value, by: -2) : value, kind)
    }

    /// Writes `{"value": 91, "unit": "percent"}`; the value is null where it is not finite.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        if value.isFinite {
            try container.encode(kind.base == .ratio ? Self.shifted(value, by: 2) : value, forKey: .value)
        } else {
            try container.encodeNil(forKey: .value)
        }
        try container.encode(kind.unit ?? "count", forKey: .unit)
    }

    /// The number with its decimal point moved, so that a share reads back as the share that was written.
    private static func shifted(_ value: Double, by places: Int) -> Double {
        let parts = "\(value)".split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return Double("\(parts[0])e\(exponent + places)") ?? value
    }
}
