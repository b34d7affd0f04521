/// The kind of quantity of a number in the rule language, for the unit check.
///
/// The base units: a share of 1, bytes, seconds, US dollars, a plain number; rates are per second.
public struct QuantityKind: Hashable, Sendable {
    /// The base quantity.
    public enum Base: String, Hashable, Sendable, CaseIterable {
        case ratio, bytes, time, money, count, text, boolean, list
    }

    /// The base quantity.
    public var base: Base
    /// Whether it is a rate.
    public var isRate: Bool

    /// Creates a kind of quantity.
    public init(_ base: Base, isRate: Bool = false) { (self.base, self.isRate) = (base, isRate) }

    /// A share of 1, shown in percent.
    public static let ratio = QuantityKind(.ratio)
    /// Bytes.
    public static let bytes = QuantityKind(.bytes)
    /// A duration in seconds.
    public static let time = QuantityKind(.time)
    /// Money in US dollars.
    public static let money = QuantityKind(.money)
    /// A plain number.
    public static let count = QuantityKind(.count)
    /// Text, which supports equality and `in` only.
    public static let text = QuantityKind(.text)
    /// A boolean.
    public static let boolean = QuantityKind(.boolean)
    /// A list of texts, which supports `in` only.
    public static let list = QuantityKind(.list)

    /// The rate of this quantity per second.
    public var perTime: QuantityKind { QuantityKind(base, isRate: true) }

    /// Whether arithmetic is possible.
    public var isNumber: Bool {
        switch base {
        case .ratio, .bytes, .time, .money, .count: true
        case .text, .boolean, .list: false
        }
    }

    /// The name in messages: `a ratio`, `bytes`, `bytes per time`.
    public var words: String {
        let thing =
            switch base {
            case .ratio: "a ratio"
            case .bytes: "bytes"
            case .time: "a time"
            case .money: "money"
            case .count: "a plain number"
            case .text: "text"
            case .boolean: "true or false"
            case .list: "a list"
            }
        return isRate ? "\(thing) per time" : thing
    }
}
