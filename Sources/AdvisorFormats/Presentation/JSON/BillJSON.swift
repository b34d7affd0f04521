import AdvisorCore

/// A line of a bill in JSON.
struct CostLineJSON: Encodable {
    let item: String
    let itemReason: JSONValue
    let quantity: String
    let unit: String
    let unitPrice: Money?
    let monthly: Money?
    let source: String
    let sourceCode: String
    let asOf: String
    let verified: Bool

    init(_ line: CostLine, _ language: any Language) {
        itemReason = JSONValue(line.item)
        (item, quantity, unit) = (language.title(line.item), line.quantity.text(minimumFraction: 0), line.unit)
        sourceCode = line.price.source.code
        (unitPrice, monthly) = (line.price.usd.map { Money($0) }, line.monthly)
        (source, asOf, verified) = (language.title(line.price.source), line.price.asOf, line.price.isVerified)
    }
}

/// The bill of a whole stack in JSON.
struct StackBillJSON: Encodable {
    /// A line with what it belongs to; its keys are beside those of its cost.
    struct Line: Encodable {
        let line: StackBill.Line
        let language: any Language

        private enum Key: String, CodingKey { case group, service, nature, note, noteReason }

        func encode(to encoder: any Encoder) throws {
            try CostLineJSON(line.cost, language).encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(language.title(line.group), forKey: .group)
            try container.encode(line.service, forKey: .service)
            try container.encode(line.nature.rawValue, forKey: .nature)
            try container.encode(line.note.map(language.clause), forKey: .note)
            try container.encode(line.note.map(JSONValue.init) ?? .null, forKey: .noteReason)
        }
    }

    struct Unknown: Encodable {
        let group: String
        let what: String
        let reason: JSONValue
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

    init(_ bill: StackBill, _ language: any Language) {
        (total, atLeast) = (bill.total, bill.atLeast)
        (fixed, usage, declared) = (bill.sum(.fixed), bill.sum(.usage), bill.sum(.declared))
        lines = bill.lines.map { Line(line: $0, language: language) }
        unknown = bill.unknown.map {
            Unknown(
                group: language.title($0.group), what: language.clause($0.item), reason: JSONValue($0.item), unit: $0.unit,
                unitPrice: $0.price?.usd.map { Money($0) },
                source: ($0.price?.source).map(language.title), asOf: $0.price?.asOf)
        }
    }
}

/// The bill before and after a recommendation: keys of a report that shows it.
struct BillComparisonJSON: Encodable {
    let billBefore: StackBillJSON
    let billAfter: StackBillJSON?
    let billAfterMin: StackBillJSON?
    let billAfterMax: StackBillJSON?
    let billComing: [String]
    let billChanges: JSONValue

    init(_ pair: BillComparison, _ language: any Language) {
        (billBefore, billAfter) = (
            StackBillJSON(pair.before, language), pair.after.map { StackBillJSON($0, language) }
        )
        (billAfterMin, billAfterMax) = (
            pair.afterMinimum.map { StackBillJSON($0, language) }, pair.afterMaximum.map { StackBillJSON($0, language) }
        )
        billComing = pair.coming.map(language.clause)
        billChanges = .array(pair.coming.map(JSONValue.init))
    }
}
