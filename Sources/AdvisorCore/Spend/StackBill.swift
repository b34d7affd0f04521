import Foundation

/// The monthly bill of the whole stack, line by line.
///
/// Unknown items are listed beside the lines and make the total unknown; they are never left out of a smaller total.
public struct StackBill: Hashable, Sendable {
    /// What a charge depends on.
    public enum ChargeModel: String, CaseIterable, Sendable {
        /// Fixed: billed whether it is used or not.
        case fixed
        /// Usage-based.
        case usage
        /// Declared in advisor.yaml without a breakdown.
        case declared
    }

    /// One line.
    public struct Line: Hashable, Sendable {
        /// The id of the resource, or the group of the line.
        public var group: String
        /// The id of the service.
        public var service: String
        /// What the charge depends on.
        public var nature: ChargeModel
        /// Quantity, unit, unit price and source.
        public var cost: CostLine
        /// A note; nil if none is needed.
        public var note: String?

        /// Creates a line.
        public init(group: String, service: String, nature: ChargeModel, cost: CostLine, note: String? = nil) {
            (self.group, self.service, self.nature, self.cost, self.note) = (group, service, nature, cost, note)
        }
    }

    /// A billed item with unknown usage.
    public struct Unknown: Hashable, Sendable {
        /// The id of the resource, or the group.
        public var group: String
        /// The item, as a clause.
        public var words: String
        /// The price per unit; nil if unknown.
        public var price: Price?
        /// The unit of the price; empty with `price`.
        public var unit: String

        /// Creates an item.
        public init(group: String, words: String, price: Price? = nil, unit: String = "") {
            (self.group, self.words, self.price, self.unit) = (group, words, price, unit)
        }
    }

    /// The lines in bill order.
    public var lines: [Line]
    /// The billed items with unknown usage.
    public var unknown: [Unknown]

    /// Creates a bill.
    public init(lines: [Line] = [], unknown: [Unknown] = []) { (self.lines, self.unknown) = (lines, unknown) }

    /// The sum of the known lines, which is a lower bound.
    public var atLeast: Money { Self.sum(lines.compactMap(\.cost.monthly)) }

    /// The total; nil if anything is unknown.
    public var total: Money? { unknown.isEmpty && lines.allSatisfy { $0.cost.monthly != nil } ? atLeast : nil }

    /// The sum of the lines of one charge model; nil if one of them has no price.
    public func sum(_ nature: ChargeModel) -> Money? {
        let own = lines.filter { $0.nature == nature }
        return own.allSatisfy { $0.cost.monthly != nil } ? Self.sum(own.compactMap(\.cost.monthly)) : nil
    }

    /// The sum of a service's lines; nil without any, or if one of them has no price.
    public func sum(service: String) -> Money? {
        let own = lines.filter { $0.service == service }
        return !own.isEmpty && own.allSatisfy { $0.cost.monthly != nil } ? Self.sum(own.compactMap(\.cost.monthly)) : nil
    }

    /// The sources of the prices, without duplicates, unverified ones last.
    public var sources: [Price] {
        var seen: Set<String> = []
        let all = lines.map(\.cost.price) + unknown.compactMap(\.price)
        return all.sorted { $0.isVerified && !$1.isVerified }.filter {
            $0.source != Self.stackFile && seen.insert($0.source + $0.asOf).inserted
        }
    }

    /// The source of declared amounts.
    static let stackFile = "advisor.yaml"

    private static func sum(_ amounts: [Money]) -> Money { amounts.reduce(Money(0), +) }
}
