public import AdvisorCore
import Foundation

/// A JSON document to be written.
public enum JSONValue: Encodable, Sendable {
    case object([String: JSONValue])
    case array([JSONValue])
    case text(String)
    case number(Double)
    case integer(Int)
    case boolean(Bool)
    case null

    /// Text, or null when unknown.
    public init(_ text: String?) { self = text.map(JSONValue.text) ?? .null }
    /// RFC 3339, or null when unknown.
    public init(_ time: Timestamp?) { self = time.map { .text($0.description) } ?? .null }
    /// A number, or null when unknown or not finite.
    public init(_ number: Double?) { self = number.flatMap { $0.isFinite ? JSONValue.number($0) : nil } ?? .null }
    /// An exact amount, or null when unknown.
    public init(_ money: Money?) {
        self = money.map { .object(["amount": .text($0.exact), "currency": .text($0.currency)]) } ?? .null
    }
    /// An array of texts.
    public init(_ texts: [String]) { self = .array(texts.map(JSONValue.text)) }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Writes itself.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let members):
            var container = encoder.container(keyedBy: Key.self)
            for (name, value) in members { try container.encode(value, forKey: Key(stringValue: name)) }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .text(let text): try single(text, encoder)
        case .number(let number):
            if number == number.rounded(), abs(number) < 1e15 {
                try single(Int64(number), encoder)
            } else {
                try single(number, encoder)
            }
        case .integer(let number): try single(number, encoder)
        case .boolean(let value): try single(value, encoder)
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        }
    }

    private func single(_ value: some Encodable, _ encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    /// The value of a JSON text; nil for what is none.
    public init?(json: String) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)) else { return nil }
        self = value
    }

    /// The document on one line, without a line break; keys in alphabetical order.
    public func line() -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self), let text = String(bytes: data, encoding: .utf8) else { return "null" }
        return text
    }

    /// The document with its last line break; keys in alphabetical order.
    public func render() -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self), let text = String(bytes: data, encoding: .utf8) else { return "null\n" }
        return text + "\n"
    }
}

extension JSONValue: Decodable {
    /// Reads itself; whole numbers as such.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }
}
