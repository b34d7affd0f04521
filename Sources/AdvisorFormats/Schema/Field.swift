/// A key of a file that people write: what it takes, what it means, an example.
///
/// The only list of keys: the readers take keys, required keys and allowed words from it, and `advisor rules schema` and
/// `advisor rules functions` print it.
public struct Field: Sendable {
    /// What a key's value may be.
    public indirect enum Kind: Sendable {
        case text, expression, kebabID, duration, size, share, money, number, time, day, boolean
        /// A duration of whole minutes.
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
        /// One of the names that the data files list.
        case named(NameList)
        /// That word alone.
        case exactly(String)
        case list(Kind)
        /// Free keys, or these alone.
        case map(Kind, keys: [String]?)
        /// Keys that the data files list.
        case mapOf(Kind, keys: NameList)
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
