import AdvisorCore

/// A tip in JSON.
struct TipJSON: Encodable {
    let rule: String
    let title: String
    let resource: String
    let monthlySaving: Money?
    let atMost: Bool
    let effort: String
    let risk: String
    let how: String
    let basis: String?
    let basisReason: JSONValue
    let cite: String?
    let lines: [CostLineJSON]

    init(_ tip: Tip, asOf now: Timestamp, _ language: any Language) {
        (rule, title, resource, cite) = (tip.rule.id, language.title(tip.rule), tip.resource, tip.rule.cite)
        (monthlySaving, atMost, basis) = (tip.monthlySaving, tip.isAtMost, tip.basis.map(language.clause))
        basisReason = tip.basis.map(JSONValue.init) ?? .null
        (effort, risk, how) = (tip.effort.rawValue, tip.risk.rawValue, language.advice(tip, asOf: now))
        lines = tip.estimate.lines.map { CostLineJSON($0, language) }
    }
}
