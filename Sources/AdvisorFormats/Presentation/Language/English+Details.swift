extension English {
    func title(_ title: RecommendationTitle) -> String {
        switch title {
        case .noneListed: "No recommendation; `advisor evaluate` makes them, `--all` shows those that are over."
        case .whatToDo: "What to do"
        case .whatHappened: "What happened"
        case .whyNow: "Why, as of now"
        case .when: "when"
        case .downtime: "downtime"
        case .restart: "restart"
        case .effort: "effort"
        case .rollback: "rollback"
        case .irreversible: "irreversible"
        case .new: "new:"
        case .becomes: "becomes"
        case .then: "then"
        case .careful: "careful:"
        case .options: "Other options"
        case .inCode: "and in your code, or its next deployment reverts it:"
        case .candidates: "Candidates"
        case .withLoad: "with this load"
        case .present: "now"
        case .cheapest: "the cheapest that ends every alarm"
        case .clears: "clears"
        case .whyNot: "why not"
        case .yes: "yes"
        case .no: "no"
        }
    }

    func text(_ phrase: RecommendationPhrase) -> String {
        switch phrase {
        case .changed(let resource, let headline, let state): return "\(resource): \(headline) is \(state)"
        case .toDeclare(let tier):
            return
                "Say what is there now in advisor.yaml\(tier.map { ", `tier: \($0)`" } ?? ""): in three days it is checked whether that helped."
        case .whyFrozen(let time): return "Why, frozen \(time)"
        case .versions(let region, let date, let prices, let datapoints, let samples):
            return
                "Prices of \(region) as of \(date ?? "unknown"), version \(prices); \(datapoints) datapoints, version \(samples)."
        case .ruleVersion(let id, let version, let when, let condition, let variables):
            return "\(id), version \(version): \(when)\(condition.map { " where \($0)" } ?? "")"
                + (variables.isEmpty ? "" : " (\(variables.joined(separator: ", ")))")
        case .notEvaluated(let rule): return "\(rule) cannot be evaluated there"
        case .neverPays(let present): return "Moving up from \(present) never pays for itself through saved CPU credits."
        case .paysAbove(let load, let tier, let present):
            return "From a steady \(load) CPU load on, \(tier) is cheaper than \(present) with its surplus credits."
        case .costs(let tier, let cost, let load): return "\(tier): \(cost), \(load) with this load"
        case .creditsUnknown(let time): return "CPU credits \(time.map { "known from \($0)" } ?? "unknown")"
        case .together(let changes): return "with \(Self.list(changes))"
        case .range(let least, let most): return "\(least) to \(most)"
        }
    }
}
