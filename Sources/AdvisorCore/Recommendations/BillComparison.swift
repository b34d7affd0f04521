import Foundation

/// The stack's bill now, and after all recommendations.
public struct BillComparison: Hashable, Sendable {
    /// The current bill.
    public var before: StackBill
    /// The expected bill after all recommendations; where the use of scaling capacity is unknown, that is at its minimum. nil if
    /// nothing is recommended.
    public var after: StackBill?
    /// The same with scaling capacity at its minimum; nil unless capacity scales.
    public var afterMinimum: StackBill?
    /// The same with scaling capacity at its maximum; nil unless capacity scales.
    public var afterMaximum: StackBill?
    /// The known future changes of the bill, soonest first.
    public var coming: [BillChange]

    /// Compares the bills of resources as they are and as recommended.
    public init(reviews: [ResourceReview], stack: Stack, catalog: Catalog, now: Timestamp) {
        let maker = StackBillBuilder(stack: stack, catalog: catalog, now: now)
        let databases = reviews.filter { $0.resource.kind == .database }
        before = maker.bill(databases.map { Self.now($0, catalog) })
        coming = databases.map(\.resource).compactMap { resource in
            guard let support = catalog.extendedSupport(of: resource.engine), support.isComing(at: now) else { return nil }
            return .extendedSupport(
                resource: resource.id, version: support.title, from: support.from,
                monthlyCost: support.monthlyCost(on: catalog.tier(of: resource), catalog))
        }
        guard databases.contains(where: { Self.changes($0) }) else { return }
        after = maker.bill(databases.map { Self.then($0, catalog, .expected) })
        // One gateway serves all of them.
        let first = databases.firstIndex { Self.target($0, catalog)?.family.addedServices.contains(Self.gateway) ?? false }
        let brought = databases.enumerated().flatMap { Self.brought($1, stack, catalog, maker, bringsGateway: $0 == first) }
        let unknown = databases.enumerated().flatMap {
            Self.broughtUnknown($1, stack, catalog, maker, bringsGateway: $0 == first)
        }
        func adding(to bill: StackBill?) -> StackBill? {
            bill.map { StackBill(lines: $0.lines + brought, unknown: $0.unknown + unknown) }
        }
        after = adding(to: after)
        guard databases.contains(where: { $0.recommendation?.afterMaximum != nil }) else { return }
        afterMinimum = adding(to: maker.bill(databases.map { Self.then($0, catalog, .minimum) }))
        afterMaximum = adding(to: maker.bill(databases.map { Self.then($0, catalog, .maximum) }))
    }

    /// The use of capacity that scales.
    private enum CapacityUse {
        case minimum, expected, maximum
    }

    /// Whether a recommendation changes the bill; a plan for later does not.
    private static func changes(_ entry: ResourceReview) -> Bool {
        entry.recommendation?.steps.contains { $0.kind != .plan } ?? false
    }

    private static func now(_ entry: ResourceReview, _ catalog: Catalog) -> StackBillBuilder.Database {
        StackBillBuilder.Database(
            resource: entry.resource, tier: catalog.tier(of: entry.resource),
            cost: entry.cost?.expecting(entry.recommendation?.effect.expectedBefore),
            surplus: surplus(entry, on: entry.resource.tier))
    }

    private static func target(_ entry: ResourceReview, _ catalog: Catalog) -> Tier? {
        entry.recommendation?.steps.last { $0.kind == .move }?.to?.tier.flatMap {
            catalog.tier($0, engine: entry.resource.engine?.engine)
        }
    }

    private static func then(_ entry: ResourceReview, _ catalog: Catalog, _ use: CapacityUse) -> StackBillBuilder.Database {
        guard changes(entry), let recommendation = entry.recommendation else { return now(entry, catalog) }
        let cost =
            switch use {
            case .minimum: recommendation.after
            case .expected: recommendation.after?.expecting(recommendation.effect.expectedAfter)
            case .maximum: recommendation.afterMaximum ?? recommendation.after
            }
        var resource = entry.resource
        for step in recommendation.steps {
            if step.kind == .enableMultiAZ { resource.multiAZ = true }
            if step.kind == .upgradeEngine { resource.engine = step.to?.engine ?? resource.engine }
            if step.kind == .addReplica { resource.replicas = step.to?.replicas ?? resource.replicas }
        }
        let tier = target(entry, catalog) ?? catalog.tier(of: resource)
        return StackBillBuilder.Database(
            resource: resource, tier: tier, cost: cost, isAtMaximum: use == .maximum && recommendation.afterMaximum != nil,
            surplus: surplus(entry, on: tier?.id))
    }

    /// The cost of surplus CPU credits on a tier, from the resource's own history.
    private static func surplus(_ entry: ResourceReview, on tier: String?) -> Money? {
        tier.flatMap { entry.recommendation?.outlook?.projection($0)?.surplus }
    }

    private static let gateway = "nat-gateway"
    private static let secrets = "secrets-manager"

    /// The items that the guide's code adds with the move.
    private static func brought(
        _ entry: ResourceReview, _ stack: Stack, _ catalog: Catalog, _ maker: StackBillBuilder, bringsGateway: Bool
    ) -> [StackBill.Line] {
        guard let target = target(entry, catalog) else { return [] }
        func isDeclared(_ service: String) -> Bool { stack.services?.contains { $0.id == service && $0.count > 0 } ?? false }
        var lines: [StackBill.Line] = []
        if bringsGateway, !isDeclared(gateway) {
            for (item, units) in StackBillBuilder.fixedItems[gateway] ?? [] {
                guard let item = catalog.item(item) else { continue }
                lines.append(
                    maker.line(
                        item, Decimal(units), .fixed, .move, lines.isEmpty ? .guideGateway : nil))
            }
        }
        if lostServices(entry, target, catalog).contains(secrets), !isDeclared(secrets) {
            for (item, units) in StackBillBuilder.fixedItems[secrets] ?? [] {
                guard let item = catalog.item(item) else { continue }
                lines.append(
                    maker.line(item, Decimal(units), .fixed, .move, .guideSecret))
            }
        }
        return lines
    }

    /// The services that the plan of the family that is left includes.
    private static func lostServices(_ entry: ResourceReview, _ target: Tier, _ catalog: Catalog) -> Set<String> {
        guard let left = catalog.tier(of: entry.resource)?.family, left.id != target.familyID else { return [] }
        return left.includedServices.subtracting(target.family.includedServices)
    }

    private static func broughtUnknown(
        _ entry: ResourceReview, _ stack: Stack, _ catalog: Catalog, _ maker: StackBillBuilder, bringsGateway: Bool
    ) -> [StackBill.Unknown] {
        guard let target = target(entry, catalog) else { return [] }
        var unknown: [StackBill.Unknown] = []
        if bringsGateway, !(stack.services?.contains { $0.id == gateway && $0.count > 0 } ?? false) {
            unknown.append(maker.unknown("nat-gateway-gb", .move, .gatewayData))
        }
        if let left = catalog.tier(of: entry.resource)?.family, !lostServices(entry, target, catalog).isEmpty {
            unknown.append(StackBill.Unknown(group: .move, item: .includedInPlan(of: left.title)))
        }
        return unknown
    }
}
