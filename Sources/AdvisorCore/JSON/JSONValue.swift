/// A JSON value, read or to be written.
public enum JSONValue: Hashable, Sendable {
    case object([String: JSONValue])
    case array([JSONValue])
    case text(String)
    case number(Double)
    case integer(Int)
    case boolean(Bool)
    case null

    /// A text, or null if unknown.
    public init(_ text: String?) { self = text.map(JSONValue.text) ?? .null }
    /// An RFC 3339 time, or null if unknown.
    public init(_ time: Timestamp?) { self = time.map { .text($0.description) } ?? .null }
    /// A number, or null if unknown or not finite.
    public init(_ number: Double?) { self = number.flatMap { $0.isFinite ? JSONValue.number($0) : nil } ?? .null }
    /// An exact amount as `{"amount": "25.66", "currency": "USD"}`, or null when unknown.
    public init(_ money: Money?) {
        self = money.map { .object(["amount": .text($0.exact), "currency": .text($0.currency)]) } ?? .null
    }
    /// An array of texts.
    public init(_ texts: [String]) { self = .array(texts.map(JSONValue.text)) }
}

extension JSONValue {
    /// The text; nil for any other value.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The number, whole or not; nil for any other value.
    public var number: Double? {
        switch self {
        case .number(let number): number
        case .integer(let number): Double(number)
        case .object, .array, .text, .boolean, .null: nil
        }
    }
    /// True or false; nil for any other value.
    public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
    /// The elements of an array; nil for any other value.
    public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    /// The members of an object; nil for any other value.
    public var object: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }
}
