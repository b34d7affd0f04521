/// A mapping with known keys.
public struct Section: Sendable {
    /// What messages call it: `a rule`.
    public var what: String
    /// The description, one sentence.
    public var words: String
    /// Its keys, in the order of the documentation.
    public var fields: [Field]
    /// Whether exactly one of its keys must be present.
    public var wantsOne = false
    /// Sets of keys, at least one of which must be present as a whole.
    public var anyOf: [[String]] = []
    /// Sets of keys, of each of which at most one may be present.
    public var exclusive: [[String]] = []
    /// Keys that have no meaning without another.
    public var needs: [String: String] = [:]
    /// Keys that are refused with a better message than "unknown key", and no part of the schema.
    var refused: [String: String] = [:]

    init(_ what: String, _ words: String, _ fields: [Field]) { (self.what, self.words, self.fields) = (what, words, fields) }

    /// A section of a data file, of which no schema is published: its keys, the required ones first.
    init(_ what: String, required: [String], optional: [String] = []) {
        self.init(
            what, "", required.map { Field($0, .text, "", isRequired: true) } + optional.map { Field($0, .text, "") })
    }
}

/// A list of names that the data files hold.
public enum NameList: Sendable {
    case tiers, metrics, services, presets
}

/// Names that a schema lists, for completion in editors.
public struct SchemaNames: Sendable {
    /// The ids of the tiers.
    public var tiers: [String]
    /// The names of metrics with a series.
    public var metrics: [String]
    /// The services with their aliases.
    public var services: [String]
    /// The presets of a budget.
    public var presets: [String]

    /// Creates the lists.
    public init(tiers: [String], metrics: [String], services: [String], presets: [String]) {
        (self.tiers, self.metrics, self.services, self.presets) = (tiers, metrics, services, presets)
    }

    subscript(list: NameList) -> [String] {
        switch list {
        case .tiers: tiers
        case .metrics: metrics
        case .services: services
        case .presets: presets
        }
    }
}

// A section with the names of the data files written out.
extension Section {
    func listing(_ names: SchemaNames) -> Section {
        var copy = self
        copy.fields = fields.map { field in
            var field = field
            field.kind = field.kind.listing(names)
            return field
        }
        return copy
    }
}

extension Field.Kind {
    fileprivate func listing(_ names: SchemaNames) -> Field.Kind {
        switch self {
        case .named(let list): .choice(names[list])
        case .mapOf(let kind, let list): .map(kind.listing(names), keys: names[list])
        case .list(let kind): .list(kind.listing(names))
        case .map(let kind, let keys): .map(kind.listing(names), keys: keys)
        case .section(let section): .section(section.listing(names))
        case .either(let kinds): .either(kinds.map { $0.listing(names) })
        case .text, .expression, .kebabID, .duration, .size, .share, .money, .number, .time, .day, .boolean, .minutes, .whole,
            .offset, .values, .literal, .datapoints, .factor, .choice, .exactly, .variables, .reference:
            self
        }
    }

    /// The words that are allowed; nil where other values are too.
    var allowedWords: [String]? { if case .choice(let words) = self { words } else { nil } }

    /// What the elements of a list, or the values of a mapping, may be; nil for a single value.
    var inner: Field.Kind? {
        switch self {
        case .list(let kind), .map(let kind, _), .mapOf(let kind, _): kind
        case .either(let kinds): kinds.lazy.compactMap(\.inner).first
        default: nil
        }
    }
}
