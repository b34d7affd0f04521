internal import AdvisorCore
internal import Foundation

/// How documents are stored: keys and codes in snake case and in order, so that the same value is the same text.
enum StoredJSON {
    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try ReasonCoding.encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ text: String) throws -> Value {
        try ReasonCoding.decoder.decode(Value.self, from: Data(text.utf8))
    }

    static func isValid(_ text: String) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil
    }
}
