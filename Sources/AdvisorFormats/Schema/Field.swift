/// A key of a file that people write: what it takes, what it means, an example.
///
/// These are the one place that `advisor rules schema` and `advisor rules functions` read; a test compares them with the
/// keys that the loaders know.
public struct Field: Sendable {
    /// What a key's value may be.
    public indirect enum Kind: Sendable {
        case text, expression, kebabID, duration, size, share, money, number, time, day, boolean
        /// A time of whole minutes.
        case minutes
        /// At least that much.
        case whole(Int)
        /// `5m` after the start, or 0.
        case offset
        /// promtool's notation.
        case values
        /// A number with its unit, a text in quotes, true or false.
        case literal
        /// `4 of 5`.
        case datapoints
        /// `2x`.
        case factor
        /// One of these words.
        case choice([String])
        /// That word alone.
        case exactly(String)
        case list(Kind)
        /// Free keys, or these alone.
        case map(Kind, keys: [String]?)
        /// Variables by names in snake_case.
        case variables
        case section(Section)
        /// A section of the file's own, by its name.
        case reference(String)
        case either([Kind])
    }

    /// As it is written.
    public var name: String
    /// What it may be.
    public var kind: Kind
    /// What it means, in a sentence.
    public var words: String
    /// A value; nil where the kind says enough.
    public var example: String?
    /// What holds without it; nil when it is required or nothing holds.
    public var fallback: String?
    /// Whether it must be there.
    public var isRequired: Bool
    /// Whether a list must hold something.
    var isFilled = false

    /// The same, with a list that must hold something.
    func filled() -> Field {
        var copy = self
        copy.isFilled = true
        return copy
    }

    init(
        _ name: String, _ kind: Kind, _ words: String, example: String? = nil, fallback: String? = nil, isRequired: Bool = false
    ) {
        (self.name, self.kind, self.words, self.example) = (name, kind, words, example)
        (self.fallback, self.isRequired) = (fallback, isRequired)
    }
}

/// A mapping with known keys.
public struct Section: Sendable {
    /// As messages call it: `a rule`.
    public var what: String
    /// What it is, in a sentence.
    public var words: String
    /// Its keys, in the order of the documentation.
    public var fields: [Field]
    /// Whether exactly one of its keys must stand.
    public var wantsOne = false
    /// Keys of which one set at least must stand whole.
    public var anyOf: [[String]] = []
    /// Keys of which one at most may stand, set by set.
    public var exclusive: [[String]] = []
    /// Keys that mean nothing without another.
    public var needs: [String: String] = [:]

    init(_ what: String, _ words: String, _ fields: [Field]) { (self.what, self.words, self.fields) = (what, words, fields) }
}

/// Names that a schema can list, so that editors complete them.
public struct SchemaNames: Sendable {
    /// Ids of the catalog's tiers.
    public var tiers: [String]
    /// Metrics that are series, by the name that rules use.
    public var metrics: [String]
    /// Services with their aliases.
    public var services: [String]
    /// Presets of a budget.
    public var presets: [String]

    /// Lists of names.
    public init(tiers: [String], metrics: [String], services: [String], presets: [String]) {
        (self.tiers, self.metrics, self.services, self.presets) = (tiers, metrics, services, presets)
    }
}
