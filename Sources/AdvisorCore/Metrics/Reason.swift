public import Foundation

/// Why something is as it is, as data: an enum whose cases carry their values.
///
/// The words are in AdvisorFormats' `Presentation/Language`. A case's name in snake case is its `code`, its labels in snake case
/// name its values; both are what JSON and the store have, so renaming a case is a change of format. A value that is a reason
/// itself is labeled `reason`. Labels have no acronyms, which snake case would not give back.
public protocol Reason: Hashable, Sendable, Codable {}

extension Reason {
    /// The stable name for programs: `not_in_catalog`.
    public var code: String { JSONValue.encoding(self).object?.keys.first ?? "" }

    /// The code with its values as the store keeps them: `{"not_in_catalog":{"rule":…}}`.
    /// - Throws: `EncodingError` if it is no enum with values that can be encoded.
    public func json() throws -> String { String(decoding: try ReasonCoding.encoder.encode(self), as: UTF8.self) }

    /// Reads what `json` wrote.
    /// - Throws: `DecodingError` for an unknown code or missing values.
    public init(json: String) throws { self = try ReasonCoding.decoder.decode(Self.self, from: Data(json.utf8)) }
}

/// How reasons and evidence are stored as JSON.
public enum ReasonCoding {
    private static let (infinity, negativeInfinity, noNumber) = ("Infinity", "-Infinity", "NaN")

    /// Snake case, keys in alphabetical order. What overflows, computed from finite values, is a text: JSON has no number for it.
    public static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: infinity, negativeInfinity: negativeInfinity, nan: noNumber)
        return encoder
    }

    /// Reads what `encoder` writes.
    public static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: infinity, negativeInfinity: negativeInfinity, nan: noNumber)
        return decoder
    }
}
