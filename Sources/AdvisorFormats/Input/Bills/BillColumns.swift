internal import AdvisorCore

/// What is read of a bill in CSV, by its place in a record.
enum BillColumn: Int, CaseIterable {
    case payer, period, account, service, serviceCode, usageType, kind, chargeClass, currency, unit, provider
    /// Not part of the key as they stand: the day alone counts.
    case start, end
    case cost, usage

    static let keyed: [BillColumn] = [
        .payer, .period, .account, .service, .serviceCode, .usageType, .kind, .chargeClass, .currency, .unit, .provider,
    ]
}

/// How one form of bill names its columns and what its words mean.
struct BillDialect: Sendable {
    /// For messages.
    var title: String
    var source: BillSource
    /// The names each column may have, the preferred one first; compared without regard to case.
    var names: [BillColumn: [String]]
    /// Columns without which nothing can be read, with what it takes to get them.
    var required: [BillColumn]
    /// The provider where no column says it.
    var provider: String?
    /// The currency where no column says it.
    var currency: String?
    /// The category of a line by its kind and class, in lower case; nil for unknown words.
    var category: @Sendable (_ kind: String, _ chargeClass: String) -> ChargeCategory?

    /// The number of the column that each is read from.
    func places(in header: [String]) -> [BillColumn: Int] {
        let lower = header.map { $0.lowercased() }
        return names.compactMapValues { names in
            names.lazy.compactMap { name in lower.firstIndex(of: name.lowercased()) }.first
        }
    }

    /// Whether a header is one of this form: any column whose name only this form has.
    func detects(_ prefix: ArraySlice<UInt8>, marks: [String], least: Int) -> Bool {
        guard let first = SampleFormat.firstByte(prefix), first != UInt8(ascii: "{"), first != UInt8(ascii: "[") else {
            return false
        }
        let header = Array(prefix.prefix { $0 != 10 })
        guard let cells = header.withUnsafeBufferPointer({ CSVRecord.all($0) }) else { return false }
        let lower = Set(cells.map { $0.lowercased() })
        return marks.count { mark in mark.hasSuffix("*") ? lower.contains { $0.hasPrefix(mark.dropLast()) } : lower.contains(mark)
        }
            >= least
    }
}

extension BillDialect {
    /// The category of AWS's line item types, as CUR and Cost Explorer spell them.
    static func awsCategory(_ kind: String) -> ChargeCategory? {
        switch kind.filter({ $0.isLetter }) {
        case "usage", "discountedusage", "savingsplancoveredusage", "savingsplannegation", "flatratesubscription": .usage
        case "fee", "rifee", "savingsplanupfrontfee", "savingsplanrecurringfee", "recurringreservationfee",
            "upfrontreservationfee", "supportfee", "otheroutofcyclecharges":
            .purchase
        case "tax": .tax
        case "credit": .credit
        case "refund": .refund
        case let words where words.contains("discount") || words.contains("adjustment") || words.contains("rounding"): .adjustment
        default: nil
        }
    }

    /// The category that FOCUS names; a correction of an earlier bill that is neither tax nor credit is a refund.
    static func focusCategory(_ kind: String, _ chargeClass: String) -> ChargeCategory? {
        let isCorrection = chargeClass == "correction"
        return switch kind {
        case "usage": isCorrection ? .refund : .usage
        case "purchase": isCorrection ? .refund : .purchase
        case "tax": .tax
        case "credit": .credit
        case "adjustment": isCorrection ? .refund : .adjustment
        default: nil
        }
    }
}
