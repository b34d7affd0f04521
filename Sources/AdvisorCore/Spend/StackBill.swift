import Foundation

/// The whole stack's bill of a month, line by line.
///
/// What nobody knows stands beside the lines and makes the total unknown; it is never left out of a smaller total.
public struct StackBill: Hashable, Sendable {
    /// What moves an amount.
    public enum ChargeModel: String, CaseIterable, Sendable {
        /// It is billed whether it is used or not.
        case fixed
        /// It follows the use.
        case usage
        /// The stack file says what it costs, not why.
        case declared
    }

    /// One line.
    public struct Line: Hashable, Sendable {
        /// The resource's id, or what else the line belongs to.
        public var group: String
        /// An id of the service catalog.
        public var service: String
        /// What moves it.
        public var nature: ChargeModel
        /// Quantity, unit, unit price, source.
        public var cost: CostLine
        /// Why it is there; nil where that is plain.
        public var note: String?

        /// A line by its parts.
        public init(group: String, service: String, nature: ChargeModel, cost: CostLine, note: String? = nil) {
            (self.group, self.service, self.nature, self.cost, self.note) = (group, service, nature, cost, note)
        }
    }

    /// Something that is billed, and nobody knows how much of it.
    public struct Unknown: Hashable, Sendable {
        /// The resource's id, or what else it belongs to.
        public var group: String
        /// What it is, as a clause.
        public var words: String
        /// For one unit; nil when not even that is known.
        public var price: Price?
        /// What the price is for; empty with `price`.
        public var unit: String

        /// Something by its parts.
        public init(group: String, words: String, price: Price? = nil, unit: String = "") {
            (self.group, self.words, self.price, self.unit) = (group, words, price, unit)
        }
    }

    /// In the order of a bill.
    public var lines: [Line]
    /// What is billed and not known.
    public var unknown: [Unknown]

    /// A bill by its parts.
    public init(lines: [Line] = [], unknown: [Unknown] = []) { (self.lines, self.unknown) = (lines, unknown) }

    /// The sum of what is known: the bill is this or more.
    public var atLeast: Money { Self.sum(lines.compactMap(\.cost.monthly)) }

    /// The whole; nil as soon as anything is unknown.
    public var total: Money? { unknown.isEmpty && lines.allSatisfy { $0.cost.monthly != nil } ? atLeast : nil }

    /// The sum of the lines that are moved by the same; nil when one of them has no price.
    public func sum(_ nature: ChargeModel) -> Money? {
        let own = lines.filter { $0.nature == nature }
        return own.allSatisfy { $0.cost.monthly != nil } ? Self.sum(own.compactMap(\.cost.monthly)) : nil
    }

    /// The sum of a service's lines; nil without any, or when one of them has no price.
    public func sum(service: String) -> Money? {
        let own = lines.filter { $0.service == service }
        return !own.isEmpty && own.allSatisfy { $0.cost.monthly != nil } ? Self.sum(own.compactMap(\.cost.monthly)) : nil
    }

    /// Where the prices were read, each once, the unverified last.
    public var sources: [Price] {
        var seen: Set<String> = []
        let all = lines.map(\.cost.price) + unknown.compactMap(\.price)
        return all.sorted { $0.isVerified && !$1.isVerified }.filter {
            $0.source != Self.stackFile && seen.insert($0.source + $0.asOf).inserted
        }
    }

    /// The source of what the stack file says.
    static let stackFile = "advisor.yaml"

    private static func sum(_ amounts: [Money]) -> Money { amounts.reduce(Money(0), +) }
}
