import AdvisorCore
import Foundation

/// Free allowances and promotional credits: keys of a report.
struct FreeTierJSON: Encodable {
    struct Use: Encodable {
        let id: String
        let title: String
        let used: Double?
        let allowance: Double?
        let unit: String
        let usedPercent: Double?
        let expectedPercent: Double?
        let measuredBy: String?
        let measuredByReason: JSONValue
        let freeUntil: String?
        let beyond: String
        let source: String
        let asOf: String
        let verified: Bool

        init(_ use: FreeTierUsage, _ language: any Language) {
            let allowance = use.allowance
            func number(_ value: Decimal?) -> Double? { value.map { NSDecimalNumber(decimal: $0).doubleValue } }
            (id, title, used, self.allowance) = (allowance.id, allowance.title, number(use.used), number(allowance.amount))
            unit = allowance.measure == .bytes ? "bytes" : allowance.measure == .time ? "seconds" : "count"
            (usedPercent, expectedPercent) = (use.share.map { $0 * 100 }, use.expectedShare.map { $0 * 100 })
            (measuredBy, freeUntil) = (use.source.map(language.title), use.ends?.description)
            measuredByReason = use.source.map(JSONValue.init) ?? .null
            (beyond, source, asOf, verified) = (allowance.beyond, allowance.source, allowance.asOf, allowance.isVerified)
        }
    }

    struct Credits: Encodable {
        struct Line: Encodable {
            let amount: Money
            let used: Money
            let balance: Money
            let expires: String?
            let lost: Money?
        }

        let balance: Money
        let burnPerDay: Money?
        let burnSource: String
        let burnReason: JSONValue
        let endsOn: String?
        let endsBy: String?
        let lines: [Line]

        init(_ credits: PromotionalCredits, _ language: any Language) {
            (balance, burnPerDay, burnSource) = (credits.balance, credits.burn, language.clause(credits.burnSource))
            burnReason = JSONValue(credits.burnSource)
            endsOn = credits.endsOn?.description
            endsBy = credits.endsOn.map { _ in credits.isSpent ? "spent" : "expired" }
            lines = credits.lines.map {
                Line(
                    amount: $0.credit.amount, used: $0.credit.used, balance: $0.balance, expires: $0.credit.expires?.description,
                    lost: $0.lost)
            }
        }
    }

    let freeTier: [Use]
    let credits: Credits?
    let freePlanEnds: String?
    let stalePrices: [String]
}
