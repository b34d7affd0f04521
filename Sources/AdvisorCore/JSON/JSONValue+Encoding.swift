extension JSONValue {
    /// The value as JSON has it: keys in snake_case, times RFC 3339, money as ``JSONValue/init(_:)-(Money?)``, null for nil.
    ///
    /// Foundation's encoder leaves out what is nil, where the contract of our outputs says null; it also cannot encode our
    /// money and times otherwise than as the store does.
    /// - Parameter value: A result whose parts encode without failing, as synthesized conformances do.
    /// - Returns: An object, an array or a scalar.
    public static func encoding(_ value: some Encodable) -> JSONValue {
        do { return try ValueEncoder.encode(value, at: []) } catch {
            preconditionFailure("\(type(of: value)) cannot be encoded: \(error)")
        }
    }
}

extension JSONValue: Encodable {
    /// Writes the value as it is.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let members): try container.encode(members)
        case .array(let elements): try container.encode(elements)
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .integer(let number): try container.encode(number)
        case .boolean(let value): try container.encode(value)
        case .null: try container.encodeNil()
        }
    }
}

/// Encodes into a ``JSONValue``.
private final class ValueEncoder: Encoder {
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]
    fileprivate var value = JSONValue.null { didSet { report?(value) } }
    /// Keys that are names chosen by a user, such as rule variables, stay as they are.
    private let keepsKeys: Bool
    /// Hands each state of a nested container to the container around it.
    private let report: ((JSONValue) -> Void)?

    private init(at path: [any CodingKey], keepsKeys: Bool, report: ((JSONValue) -> Void)? = nil) {
        (codingPath, self.keepsKeys, self.report) = (path, keepsKeys, report)
    }

    fileprivate func nested(forKey key: any CodingKey) -> ValueEncoder {
        ValueEncoder(at: codingPath + [key], keepsKeys: false) { self.set($0, for: key) }
    }

    fileprivate func nestedElement() -> ValueEncoder {
        let index = value.array?.count ?? 0
        append(.null)
        return ValueEncoder(at: codingPath, keepsKeys: false) { self.replace(index, with: $0) }
    }

    static func encode(_ value: some Encodable, at path: [any CodingKey]) throws -> JSONValue {
        switch value {
        case let value as JSONValue: return value
        case let value as Timestamp: return JSONValue(value)
        case let value as Money: return JSONValue(value)
        case let value as Double: return JSONValue(value)
        case let value as Int: return .integer(value)
        case let value as String: return .text(value)
        case let value as Bool: return .boolean(value)
        default:
            let encoder = ValueEncoder(at: path, keepsKeys: value is any StringKeyed)
            try value.encode(to: encoder)
            return encoder.value
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if value.object == nil { value = .object([:]) }
        return KeyedEncodingContainer(KeyedContainer(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if value.array == nil { value = .array([]) }
        return UnkeyedContainer(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleContainer(encoder: self) }

    fileprivate func set(_ member: JSONValue, for key: any CodingKey) {
        guard case .object(var members) = value else { return }
        value = .null
        members[keepsKeys ? key.stringValue : Self.snakeCase(key.stringValue)] = member
        value = .object(members)
    }

    fileprivate func append(_ element: JSONValue) {
        guard case .array(var elements) = value else { return }
        value = .null
        elements.append(element)
        value = .array(elements)
    }

    private func replace(_ index: Int, with element: JSONValue) {
        guard case .array(var elements) = value else { return }
        elements[index] = element
        value = .array(elements)
    }

    private static func snakeCase(_ name: String) -> String {
        var result = ""
        for character in name {
            if character.isUppercase { result += "_" + character.lowercased() } else { result.append(character) }
        }
        return result
    }
}

/// Dictionaries whose keys are data.
private protocol StringKeyed {}
extension Dictionary: StringKeyed where Key == String {}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil(forKey key: Key) { encoder.set(.null, for: key) }
    func encode(_ value: some Encodable, forKey key: Key) throws {
        encoder.set(try ValueEncoder.encode(value, at: codingPath + [key]), for: key)
    }
    // Each of these is a requirement of its own; Foundation's encoder leaves the key out.
    func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try present(value, key) }

    private func present(_ value: (some Encodable)?, _ key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        encoder.nested(forKey: key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder.nested(forKey: key).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { encoder }
    func superEncoder(forKey key: Key) -> any Encoder { encoder.nested(forKey: key) }
}

private struct UnkeyedContainer: UnkeyedEncodingContainer {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { encoder.value.array?.count ?? 0 }

    func encodeNil() { encoder.append(.null) }
    func encode(_ value: some Encodable) throws { encoder.append(try ValueEncoder.encode(value, at: codingPath)) }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder.nestedElement().container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.nestedElement().unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder.nestedElement() }
}

private struct SingleContainer: SingleValueEncodingContainer {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil() { encoder.value = .null }
    func encode(_ value: Bool) { encoder.value = .boolean(value) }
    func encode(_ value: String) { encoder.value = .text(value) }
    func encode(_ value: Double) { encoder.value = JSONValue(value) }
    func encode(_ value: Float) { encoder.value = JSONValue(Double(value)) }
    func encode(_ value: Int) { encoder.value = .integer(value) }
    func encode(_ value: Int8) { encoder.value = .integer(Int(value)) }
    func encode(_ value: Int16) { encoder.value = .integer(Int(value)) }
    func encode(_ value: Int32) { encoder.value = .integer(Int(value)) }
    func encode(_ value: Int64) { encoder.value = .integer(Int(value)) }
    func encode(_ value: UInt) { encoder.value = .number(Double(value)) }
    func encode(_ value: UInt8) { encoder.value = .integer(Int(value)) }
    func encode(_ value: UInt16) { encoder.value = .integer(Int(value)) }
    func encode(_ value: UInt32) { encoder.value = .integer(Int(value)) }
    func encode(_ value: UInt64) { encoder.value = .number(Double(value)) }
    func encode(_ value: some Encodable) throws { encoder.value = try ValueEncoder.encode(value, at: codingPath) }
}
