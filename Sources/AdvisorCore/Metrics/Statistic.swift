/// How samples are reduced to one value: `avg(cpu)`.
public enum Statistic: Hashable, Sendable, Codable {
    case average, minimum, maximum, sum, count
    /// 0 < percentile < 100: 99.9 for `p99.9`.
    case percentile(Double)
    /// The newest value of a counter, for range functions only; rules cannot use it.
    case latest

    /// The word in the rule language: `avg`, `p99.9`.
    public var word: String {
        switch self {
        case .average: "avg"
        case .minimum: "min"
        case .maximum: "max"
        case .sum: "sum"
        case .count: "count"
        case .latest: "latest"
        case .percentile(let percentile):
            percentile == percentile.rounded() ? "p\(Int(percentile))" : "p\(percentile)"
        }
    }

    /// The statistics of the rule language, in the order of the documentation.
    public static let all: [Statistic] =
        [.average, .minimum, .maximum, .sum, .count] + [50, 90, 95, 99, 99.9].map(Statistic.percentile)

    private static let byWord = Dictionary(uniqueKeysWithValues: all.map { ($0.word, $0) })

    /// The statistic with a word, such as `avg`, `p95` or `p99.95`; nil if there is none.
    public init?(word: String) {
        if let statistic = Self.byWord[word] {
            self = statistic
        } else if word.hasPrefix("p"), word.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }),
            let percentile = Double(word.dropFirst()), percentile > 0, percentile < 100
        {
            self = .percentile(percentile)
        } else {
            return nil
        }
    }
}

extension Statistic {
    /// Reads the word: `avg`, `p99.9`, `latest`.
    /// - Throws: `DecodingError` for another text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let word = try container.decode(String.self)
        if let statistic = Statistic(word: word) {
            self = statistic
        } else if word == Statistic.latest.word {
            self = .latest
        } else if word.hasPrefix("p"), let percentile = Double(word.dropFirst()) {
            self = .percentile(percentile)
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "unknown statistic '\(word)'")
        }
    }

    /// Writes the word.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(word)
    }
}

/// What a minimum or maximum becomes where samples hold the average only.
public enum StatisticFallback: String, CaseIterable, Hashable, Sendable {
    /// The average.
    case average
    /// Nothing: there is no datapoint.
    case none
}
