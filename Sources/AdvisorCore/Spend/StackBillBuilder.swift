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
                StackBill.Unknown(group: "stack", words: "the rest of the stack: `stack` is not set in advisor.yaml"))
        }
        return bill
    }

    // MARK: databases

    private func add(_ database: Database, to bill: inout StackBill) {
        let id = database.resource.id
        let family = database.tier?.family ?? DatabaseFamilies.standard
        guard let cost = database.cost else {
            return bill.unknown.append(StackBill.Unknown(group: id, words: "its tier: not set in advisor.yaml"))
        }
        let billsUsedStorage = family.storageBilling == .used
        let support = catalog.extendedSupport(of: database.resource.engine)
        for (number, line) in cost.lines.enumerated() {
            let followsUse = line.unit == Tier.Capacity.unit && database.isAtMaximum || billsUsedStorage && line.item == "storage"
            let isForAge = line.item == support?.title
            let age = isForAge ? support.map { "since \($0.from); a newer major version ends it" } : nil
            let note = number == 0 ? database.resource.note : age
            bill.lines.append(
                StackBill.Line(
                    group: id, service: family.billingService, nature: followsUse ? .usage : .fixed, cost: line, note: note))
        }
        bill.unknown += cost.unknown.map { StackBill.Unknown(group: id, words: "\($0): not set in advisor.yaml") }
        if let item = family.backupItem { addBackup(database, item, family.billingService, to: &bill) }
        if let tier = database.tier { addCredits(database, tier, to: &bill) }
        if let item = family.requestItem { bill.unknown.append(unknown(item, id, "reads and writes of the volume")) }
        if billsUsedStorage, let support, let item = support.item(at: now) {
            bill.unknown.append(unknown(item, id, support.title))
        }
    }

    private func addBackup(_ database: Database, _ item: String, _ service: String, to bill: inout StackBill) {
        let id = database.resource.id
        let free = database.cost?.lines.first { $0.item == "storage" }?.quantity
        guard let kept = database.resource.backupStorage, let free else {
            let size = free.map { " the \($0.text(minimumFraction: 0)) GiB" } ?? " what is"
            return bill.unknown.append(unknown(item, id, "backup beyond\(size) allocated"))
        }
        let above = max(0, Decimal(kept) - free)
        bill.lines.append(
            StackBill.Line(
                group: id, service: service, nature: .usage,
                cost: CostLine("backup beyond what is allocated", quantity: above, unit: "GiB-month", price: price(item))))
    }

    private func addCredits(_ database: Database, _ tier: Tier, to bill: inout StackBill) {
        guard let credits = tier.credits, let price = credits.surplusPrice else { return }
        let id = database.resource.id
        guard let surplus = database.surplus, let usd = price.usd, usd > 0 else {
            let words = "surplus CPU credits above \(ValueText.number(credits.baseline * 100)) % sustained"
            return bill.unknown.append(StackBill.Unknown(group: id, words: words, price: price, unit: "vCPU-h"))
        }
        let hours = (surplus.amount / usd).rounded(scale: 6)
        bill.lines.append(
            StackBill.Line(
                group: id, service: tier.family.billingService, nature: .usage,
                cost: CostLine("surplus CPU credits", quantity: hours, unit: "vCPU-h", price: price),
                note: "at the rate of its last seven days"))
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
            let price = Price(usd: monthly, source: StackBill.stackFile, asOf: "")
            let line = CostLine("declared", quantity: 1, unit: "month", price: price)
            return bill.lines.append(
                StackBill.Line(group: service.id, service: service.id, nature: .declared, cost: line, note: service.note))
        }
        var note = service.note
        let fixedItems = Self.fixedItems[service.id] ?? []
        for (id, units) in fixedItems {
            guard let item = catalog.item(id) else { continue }
            bill.lines.append(line(item, Decimal(units * service.count), .fixed, service.id, note))
            note = nil
        }
        for (id, quantity) in service.usage.sorted(by: { $0.key < $1.key }) {
            guard let item = catalog.item(id) else { continue }
            bill.lines.append(line(item, quantity, .usage, service.id, note))
            note = nil
        }
        let usageItems = Self.usageItems[service.id] ?? []
        let missing = usageItems.filter { prefix in !service.usage.keys.contains { $0.hasPrefix(prefix) } }
        for prefix in missing {
            let items = catalog.items.filter { $0.id.hasPrefix(prefix) }
            guard let first = items.first else { continue }
            let words = items.count == 1 ? first.title : "what is used of it"
            bill.unknown.append(
                StackBill.Unknown(
                    group: service.id, words: words, price: items.count == 1 ? first.price : nil,
                    unit: items.count == 1 ? first.unit : ""))
        }
        if fixedItems.isEmpty, usageItems.isEmpty, service.usage.isEmpty {
            bill.unknown.append(StackBill.Unknown(group: service.id, words: "what it costs: `monthly:` would say it"))
        }
    }

    /// A line for a number of units, less the free ones.
    func line(_ item: CatalogItem, _ quantity: Decimal, _ nature: StackBill.ChargeModel, _ group: String, _ note: String?)
        -> StackBill.Line
    {
        let billed = max(0, quantity - item.freeUnits)
        let free = min(quantity, item.freeUnits)
        let title =
            free > 0 ? "\(item.title), \(free.text(minimumFraction: 0)) of \(quantity.text(minimumFraction: 0)) free" : item.title
        let cost = CostLine(title, quantity: billed, unit: item.unit, price: item.price)
        return StackBill.Line(group: group, service: item.service, nature: nature, cost: cost, note: note)
    }

    private func price(_ item: String) -> Price {
        catalog.item(item)?.price ?? Price(usd: nil, source: "no price in the catalog", asOf: "")
    }

    func unknown(_ item: String, _ group: String, _ words: String) -> StackBill.Unknown {
        let known = catalog.item(item)
        return StackBill.Unknown(group: group, words: words, price: known?.price, unit: known?.unit ?? "")
    }
}
