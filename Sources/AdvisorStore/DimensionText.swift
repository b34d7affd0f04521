internal import AdvisorCore
internal import Foundation

/// Dimensions as the store keeps them: a JSON object with its names in order.
enum DimensionText {
    static func json(_ dimensions: [SeriesKey.Dimension]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let object = Dictionary(dimensions.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard let data = try? encoder.encode(object), let text = String(bytes: data, encoding: .utf8) else { return "{}" }
        return text
    }

    static func dimensions(_ json: String) -> [SeriesKey.Dimension] {
        let object = (try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))) ?? [:]
        return object.map { SeriesKey.Dimension($0.key, $0.value) }
    }
}
