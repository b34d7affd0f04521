internal import AdvisorCore

/// The values read from a bill in CSV, by slot.
enum BillColumn: Int, CaseIterable {
    case payer, period, account, service, serviceCode, usageType, kind, chargeClass, commitment, currency, unit, provider
    /// Not a part of the key: only the day counts.
    case start, end
    case cost, usage

    static let keyed: [BillColumn] = [
        .payer, .period, .account, .service, .serviceCode, .usageType, .kind, .chargeClass, .commitment, .currency, .unit,
        .provider,
    ]
}

/// The column names and terms of one bill format.
struct BillDialect: Sendable {
    /// The name for messages.
    var title: String
    var source: BillSource
    /// The possible names of each column, the preferred one first; case-insensitive.
    var names: [BillColumn: [String]]
    /// The required columns, with instructions to get them.
    var required: [BillColumn]
    /// The provider if no column has it.
    var provider: String?
    /// The currency if no column has it.
    var currency: String?
    /// The category of a line by its terms, in lower case; nil for unknown words.
    var category: @Sendable (ChargeTerms) -> ChargeCategory?

    /// The index of the column of each value.
    func places(in header: [String]) -> [BillColumn: Int] {
        let lower = header.map { $0.lowercased() }
        return names.compactMapValues { names in
            names.lazy.compactMap { name in lower.firstIndex(of: name.lowercased()) }.first
        }
    }

    /// Whether a header has this format: any column name that only this format has.
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

/// What a line says of its kind of charge; empty where it says nothing.
struct ChargeTerms {
    /// `Usage`, `SavingsPlanNegation` …
    var kind: String
    /// FOCUS's ChargeClass: `Correction`.
    var chargeClass: String
    /// FOCUS's CommitmentDiscountStatus: `Used`, `Unused`.
    var commitment: String

    var lowercased: ChargeTerms {
        ChargeTerms(kind: kind.lowercased(), chargeClass: chargeClass.lowercased(), commitment: commitment.lowercased())
    }
}

extension BillDialect {
    /// The category of AWS's line item types, as spelled by CUR and Cost Explorer.
    static func awsCategory(_ kind: String) -> ChargeCategory? {
        switch kind.filter({ $0.isLetter }) {
        case "usage", "discountedusage", "reservationappliedusage", "savingsplancoveredusage": .usage
        case "fee", "rifee", "savingsplanupfrontfee", "savingsplanrecurringfee", "recurringreservationfee", "recurring",
            "upfrontreservationfee", "upfront", "flatratesubscription", "supportfee", "otheroutofcyclecharges":
            .purchase
        // It takes back the cost of covered usage, and repeats its quantity.
        case "savingsplannegation": .adjustment
        case "tax": .tax
        case "credit": .credit
        case "refund": .refund
        case let words where words.contains("discount") || words.contains("adjustment") || words.contains("rounding"): .adjustment
        default: nil
        }
    }

    /// The category of a FOCUS term; a correction of an earlier bill that is neither tax nor credit is a refund, and an unused
    /// commitment a purchase.
    static func focusCategory(_ terms: ChargeTerms) -> ChargeCategory? {
        let isCorrection = terms.chargeClass == "correction"
        return switch terms.kind {
        case "usage": isCorrection ? .refund : terms.commitment == "unused" ? .purchase : .usage
        case "purchase": isCorrection ? .refund : .purchase
        case "tax": .tax
        case "credit": .credit
        case "adjustment": isCorrection ? .refund : .adjustment
        default: nil
        }
    }
}
