import AdvisorCore

/// A line of a bill in JSON.
struct CostLineJSON: Encodable {
    let item: String
    let quantity: String
    let unit: String
    let unitPrice: Money?
    let monthly: Money?
    let source: String
    let asOf: String
    let verified: Bool

    init(_ line: CostLine) {
        (item, quantity, unit) = (line.item, line.quantity.text(minimumFraction: 0), line.unit)
        (unitPrice, monthly) = (line.price.usd.map { Money($0) }, line.monthly)
        (source, asOf, verified) = (line.price.source, line.price.asOf, line.price.isVerified)
    }
}

/// The bill of a whole stack in JSON.
struct StackBillJSON: Encodable {
    /// A line with what it belongs to; its keys are beside those of its cost.
    struct Line: Encodable {
        let line: StackBill.Line

        private enum Key: String, CodingKey { case group, service, nature, note }

        func encode(to encoder: any Encoder) throws {
            try CostLineJSON(line.cost).encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(line.group, forKey: .group)
            try container.encode(line.service, forKey: .service)
            try container.encode(line.nature.rawValue, forKey: .nature)
            try container.encode(line.note, forKey: .note)
        }
    }

    struct Unknown: Encodable {
        let group: String
        let what: String
        let unit: String
        let unitPrice: Money?
        let source: String?
        let asOf: String?
    }

    let total: Money?
    let atLeast: Money?
    let fixed: Money?
    let usage: Money?
    let declared: Money?
    let lines: [Line]
    let unknown: [Unknown]

    init(_ bill: StackBill) {
        (total, atLeast) = (bill.total, bill.atLeast)
        (fixed, usage, declared) = (bill.sum(.fixed), bill.sum(.usage), bill.sum(.declared))
        lines = bill.lines.map { Line(line: $0) }
        unknown = bill.unknown.map {
            Unknown(
                group: $0.group, what: $0.words, unit: $0.unit, unitPrice: $0.price?.usd.map { Money($0) },
                source: $0.price?.source, asOf: $0.price?.asOf)
        }
    }
}

/// The bill before and after a recommendation: keys of a report that shows it.
struct BillComparisonJSON: Encodable {
    let billBefore: StackBillJSON
    let billAfter: StackBillJSON?
    let billAfterMax: StackBillJSON?
    let billComing: [String]

    init(_ pair: BillComparison) {
        (billBefore, billAfter) = (StackBillJSON(pair.before), pair.after.map(StackBillJSON.init))
        (billAfterMax, billComing) = (pair.afterMaximum.map(StackBillJSON.init), pair.coming)
    }
}
