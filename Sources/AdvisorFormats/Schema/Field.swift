/// A key of a configuration file: its values, meaning and an example.
///
/// The only list of keys: the readers take keys, required keys and allowed words from it, and `advisor rules schema` and
/// `advisor rules functions` print it.
public struct Field: Sendable {
    /// The kind of a key's value.
    public indirect enum Kind: Sendable {
        case text, expression, kebabID, duration, size, share, money, number, time, day, boolean
        /// A duration of whole minutes.
        case minutes
        /// A minimum.
        case whole(Int)
        /// `5m` after the start, or 0.
        case offset
        /// promtool's notation.
        case values
        /// A number with its unit, a quoted text, true or false.
        case literal
        /// `4 of 5`.
        case datapoints
        /// `2x`.
        case factor
        /// One of these words.
        case choice([String])
        /// One of the names that the data files list.
        case named(NameList)
        /// This word only.
        case exactly(String)
        case list(Kind)
        /// Arbitrary keys, or these only.
        case map(Kind, keys: [String]?)
        /// Keys that the data files list.
        case mapOf(Kind, keys: NameList)
        /// Variables by name in snake_case.
        case variables
        case section(Section)
        /// A section, by its name.
        case reference(String)
        case either([Kind])

        /// A text, or one for each language.
        static let localized = Kind.either([.text, .section(.localizedText)])
    }

    /// The key.
    public var name: String
    /// The kind of its value.
    public var kind: Kind
    /// The meaning, in one sentence.
    public var words: String
    /// An example value; nil if the kind is sufficient.
    public var example: String?
    /// The default; nil if it is required or has none.
    public var fallback: String?
    /// Whether it is required.
    public var isRequired: Bool
    /// Whether a list must not be empty.
    var isFilled = false

    /// The same field with a list that must not be empty.
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
