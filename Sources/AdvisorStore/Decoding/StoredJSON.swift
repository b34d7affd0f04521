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

    /// The members of an object of texts without escapes, as dimensions nearly always are; nil for any other text.
    static func plainTexts(_ text: String) -> [(name: String, value: String)]? {
        let parts = text.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        guard parts.count >= 5, parts.count % 4 == 1, parts[0].elementsEqual("{".utf8),
            !text.utf8.contains(UInt8(ascii: "\\"))
        else { return nil }
        var result: [(name: String, value: String)] = []
        for index in stride(from: 1, to: parts.count, by: 4) {
            let next = index + 4 == parts.count ? "}" : ","
            guard parts[index + 1].elementsEqual(":".utf8), parts[index + 3].elementsEqual(next.utf8),
                let name = String(parts[index]), let value = String(parts[index + 2])
            else { return nil }
            result.append((name, value))
        }
        return result
    }

    static func isValid(_ text: String) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil
    }
}
