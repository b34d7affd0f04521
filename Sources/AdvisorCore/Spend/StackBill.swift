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

    /// What lines belong to.
    public enum Group: Hashable, Sendable {
        /// A resource or a service, by id.
        case id(String)
        /// What the recommended move adds.
        case move

        /// The id; nil for what the move adds.
        public var id: String? { if case .id(let id) = self { id } else { nil } }
    }

    /// One line.
    public struct Line: Hashable, Sendable {
        /// What it belongs to.
        public var group: Group
        /// The id of the service.
        public var service: String
        /// What the charge depends on.
        public var nature: ChargeModel
        /// Quantity, unit, unit price and source.
        public var cost: CostLine
        /// A note; nil if none is needed.
        public var note: BillNote?

        /// Creates a line.
        public init(group: Group, service: String, nature: ChargeModel, cost: CostLine, note: BillNote? = nil) {
            (self.group, self.service, self.nature, self.cost, self.note) = (group, service, nature, cost, note)
        }
    }

    /// A billed item with unknown usage.
    public struct Unknown: Hashable, Sendable {
        /// What it belongs to.
        public var group: Group
        /// What is unknown.
        public var item: BillGap
        /// The price per unit; nil if unknown.
        public var price: Price?
        /// The unit of the price; empty with `price`.
        public var unit: String

        /// Creates an item.
        public init(group: Group, item: BillGap, price: Price? = nil, unit: String = "") {
            (self.group, self.item, self.price, self.unit) = (group, item, price, unit)
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
            $0.source != .declared && seen.insert($0.source.citation + $0.asOf).inserted
        }
    }

    private static func sum(_ amounts: [Money]) -> Money { amounts.reduce(Money(0), +) }
}
