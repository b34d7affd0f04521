import Foundation

/// Creates the stack's bill: its databases as they are or will be, and the other declared items.
struct StackBillBuilder {
    /// A database with its bill.
    struct Database {
        /// The database as declared.
        var resource: Stack.Resource
        /// Its current or future tier; nil if unknown.
        var tier: Tier?
        /// Its own bill; nil if unknown.
        var cost: CostEstimate?
        /// Whether capacity is at its maximum.
        var isAtMaximum = false
        /// The monthly cost of surplus CPU credits; nil if not computed.
        var surplus: Money?
    }

    let stack: Stack
    let catalog: Catalog
    let now: Timestamp

    /// Creates the bill with these databases.
    func bill(_ databases: [Database]) -> StackBill {
        var bill = StackBill()
        for database in databases { add(database, to: &bill) }
        if let services = stack.services {
            for service in services { add(service, to: &bill) }
        } else {
            bill.unknown.append(
                StackBill.Unknown(group: .id("stack"), item: .stackNotSet))
        }
        return bill
    }

    // MARK: databases

    private func add(_ database: Database, to bill: inout StackBill) {
        let id = database.resource.id
        let family = database.tier?.family ?? DatabaseFamilies.standard
        guard let cost = database.cost else {
            return bill.unknown.append(StackBill.Unknown(group: .id(id), item: .tierNotSet))
        }
        let billsUsedStorage = family.storageBilling == .used
        let support = catalog.extendedSupport(of: database.resource.engine)
        for (number, line) in cost.lines.enumerated() {
            var followsUse = line.unit == Tier.Capacity.unit && database.isAtMaximum || billsUsedStorage && line.item == .storage
            if case .expectedCapacity = line.item { followsUse = true }
            let isForAge = support != nil && line.item == support?.costItem
            let age = isForAge ? support.map { BillNote.extendedSupport(since: $0.from) } : nil
            let note = number == 0 ? database.resource.note.map { .declared(text: $0) } : age
            bill.lines.append(
                StackBill.Line(
                    group: .id(id), service: family.billingService, nature: followsUse ? .usage : .fixed, cost: line, note: note))
        }
        bill.unknown += cost.unknown.map { gap in
            guard case .extendedSupport(let version) = gap, let item = support?.item(at: now) else {
                return StackBill.Unknown(group: .id(id), item: .cost(reason: gap))
            }
            return unknown(item, .id(id), .extendedSupport(version: version))
        }
        if let item = family.backupItem { addBackup(database, item, family.billingService, to: &bill) }
        if let tier = database.tier { addCredits(database, tier, to: &bill) }
        if let item = family.requestItem(storage: database.resource.storageType) {
            bill.unknown.append(unknown(item, .id(id), .volumeRequests))
        }
    }

    private func addBackup(_ database: Database, _ item: String, _ service: String, to bill: inout StackBill) {
        let id = database.resource.id
        let free = database.cost?.lines.first { $0.item == .storage }?.quantity
        guard let kept = database.resource.backupStorage, let free else {
            return bill.unknown.append(unknown(item, .id(id), .backup(allocated: free)))
        }
        let above = max(0, Decimal(kept) - free)
        bill.lines.append(
            StackBill.Line(
                group: .id(id), service: service, nature: .usage,
                cost: CostLine(.backupBeyondAllocation, quantity: above, unit: "GiB-month", price: price(item))))
    }

    private func addCredits(_ database: Database, _ tier: Tier, to bill: inout StackBill) {
        guard let credits = tier.credits, let price = credits.surplusPrice else { return }
        let id = database.resource.id
        guard let surplus = database.surplus, let usd = price.usd, usd > 0 else {
            return bill.unknown.append(
                StackBill.Unknown(
                    group: .id(id), item: .surplusCredits(baseline: .ratio(credits.baseline)), price: price, unit: "vCPU-h"))
        }
        let hours = (surplus.amount / usd).rounded(scale: 6)
        bill.lines.append(
            StackBill.Line(
                group: .id(id), service: tier.family.billingService, nature: .usage,
                cost: CostLine(.surplusCredits, quantity: hours, unit: "vCPU-h", price: price),
                note: .recentRate))
    }

    // MARK: the rest

    /// The fixed items of a service: items of the catalog, with the number of each per month.
    static let fixedItems: [String: [(item: String, units: Int)]] = [
        "nat-gateway": [("nat-gateway-hour", Catalog.hoursPerMonth), ("public-ipv4-hour", Catalog.hoursPerMonth)],
        "vpc": [("interface-endpoint-hour", Catalog.hoursPerMonth)],
        "secrets-manager": [("secrets-manager-secret", 1)],
        "route53": [("route53-zone", 1)],
    ]

    /// The usage-based items of a service: prefixes of items whose usage must be given.
    static let usageItems: [String: [String]] = [
        "nat-gateway": ["nat-gateway-gb"], "vpc": ["interface-endpoint-gb"], "lambda": ["lambda-requests", "lambda-gb-second"],
        "api-gateway": ["api-gateway"], "cognito": ["cognito"], "s3": ["s3-gb"], "cloudfront": ["cloudfront-gb"],
        "route53": ["route53-queries"], "cloudwatch": ["cloudwatch"], "data-transfer": ["data-out-gb"],
    ]

    private func add(_ service: Stack.Service, to bill: inout StackBill) {
        if let monthly = service.monthly {
            let price = Price(usd: monthly, source: .declared, asOf: "")
            let line = CostLine(.declared, quantity: 1, unit: "month", price: price)
            return bill.lines.append(
                StackBill.Line(
                    group: .id(service.id), service: service.id, nature: .declared, cost: line,
                    note: service.note.map { .declared(text: $0) }))
        }
        var note = service.note.map { BillNote.declared(text: $0) }
        let fixedItems = Self.fixedItems[service.id] ?? []
        for (id, units) in fixedItems {
            guard let item = catalog.item(id) else { continue }
            bill.lines.append(line(item, Decimal(units * service.count), .fixed, .id(service.id), note))
            note = nil
        }
        for (id, quantity) in service.usage.sorted(by: { $0.key < $1.key }) {
            guard let item = catalog.item(id) else { continue }
            bill.lines.append(line(item, quantity, .usage, .id(service.id), note))
            note = nil
        }
        let usageItems = Self.usageItems[service.id] ?? []
        let missing = usageItems.filter { prefix in !service.usage.keys.contains { $0.hasPrefix(prefix) } }
        for prefix in missing {
            let items = catalog.items.filter { $0.id.hasPrefix(prefix) }
            guard let first = items.first else { continue }
            let gap: BillGap = items.count == 1 ? .usage(item: first.id, title: first.title) : .usageOfService
            bill.unknown.append(
                StackBill.Unknown(
                    group: .id(service.id), item: gap, price: items.count == 1 ? first.price : nil,
                    unit: items.count == 1 ? first.unit : ""))
        }
        if fixedItems.isEmpty, usageItems.isEmpty, service.usage.isEmpty {
            bill.unknown.append(StackBill.Unknown(group: .id(service.id), item: .costNotSet))
        }
    }

    /// A line for a number of units, less the free ones.
    func line(
        _ item: CatalogItem, _ quantity: Decimal, _ nature: StackBill.ChargeModel, _ group: StackBill.Group, _ note: BillNote?
    )
        -> StackBill.Line
    {
        let billed = max(0, quantity - item.freeUnits)
        let free = min(quantity, item.freeUnits)
        let hasFree = free > 0
        let costItem = CostItem.catalogItem(
            id: item.id, title: item.title, free: hasFree ? free : nil, quantity: hasFree ? quantity : nil)
        let cost = CostLine(costItem, quantity: billed, unit: item.unit, price: item.price)
        return StackBill.Line(group: group, service: item.service, nature: nature, cost: cost, note: note)
    }

    private func price(_ item: String) -> Price {
        catalog.item(item)?.price ?? Price(usd: nil, source: .notInCatalog, asOf: "")
    }

    func unknown(_ item: String, _ group: StackBill.Group, _ gap: BillGap) -> StackBill.Unknown {
        let known = catalog.item(item)
        return StackBill.Unknown(group: group, item: gap, price: known?.price, unit: known?.unit ?? "")
    }
}
