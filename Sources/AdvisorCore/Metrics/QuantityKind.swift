/// What a number of the rule language measures; the rule language's unit check.
///
/// The base of each: a share of 1, bytes, seconds, US dollars, a plain number; a rate is per second.
public struct QuantityKind: Hashable, Sendable {
    /// The kind of thing counted.
    public enum Base: String, Hashable, Sendable, CaseIterable {
        case ratio, bytes, time, money, count, text, boolean, list
    }

    /// What is counted.
    public var base: Base
    /// Whether it is counted per time.
    public var isRate: Bool

    /// A measure by its parts.
    public init(_ base: Base, isRate: Bool = false) { (self.base, self.isRate) = (base, isRate) }

    /// A share: 1 is the whole; shown as percent.
    public static let ratio = QuantityKind(.ratio)
    /// Bytes.
    public static let bytes = QuantityKind(.bytes)
    /// Seconds.
    public static let time = QuantityKind(.time)
    /// US dollars.
    public static let money = QuantityKind(.money)
    /// A plain number.
    public static let count = QuantityKind(.count)
    /// Text; only equality and `in` are known of it.
    public static let text = QuantityKind(.text)
    /// True or false.
    public static let boolean = QuantityKind(.boolean)
    /// A list of texts; only `in` is known of it.
    public static let list = QuantityKind(.list)

    /// The same thing per second.
    public var perTime: QuantityKind { QuantityKind(base, isRate: true) }

    /// Whether arithmetic is possible with it.
    public var isNumber: Bool {
        switch base {
        case .ratio, .bytes, .time, .money, .count: true
        case .text, .boolean, .list: false
        }
    }

    /// As a message has it: `a ratio`, `bytes`, `bytes per time`.
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
