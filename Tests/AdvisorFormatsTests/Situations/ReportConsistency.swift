import Foundation

/// Walks a report in JSON and compares headline, `clears`, caveats, candidates, costs and reasons with each other.
struct ReportConsistency {
    typealias Object = [String: Any]

    private let report: Object
    private var found: [Contradiction] = []

    /// The contradictions of a report.
    static func contradictions(in json: String) throws -> [Contradiction] {
        let report = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? Object
        var walk = ReportConsistency(report: report ?? [:])
        for resource in walk.report.objects("resources") { walk.resource(resource) }
        return walk.found
    }

    private init(report: Object) { self.report = report }

    private mutating func add(_ code: Contradiction.Code, _ detail: String) {
        found.append(Contradiction(code: code, detail: detail))
    }

    private mutating func resource(_ resource: Object) {
        guard let recommendation = resource["recommendation"] as? Object else { return }
        let subject = Subject(resource: resource, recommendation: recommendation, tips: tips(resource))
        target(subject)
        reasons(subject)
        candidates(subject)
        costs(subject)
        stackBill(subject)
        actions(subject)
    }

    /// The rules of tips about a resource.
    private func tips(_ resource: Object) -> Set<String> {
        let tips = (report["tips"] as? Object)?.objects("items") ?? report.objects("tips")
        return Set(tips.filter { $0.text("resource") == resource.text("id") }.compactMap { $0.text("rule") })
    }

    private mutating func target(_ subject: Subject) {
        guard let target = subject.target else { return }
        let caveats = subject.recommendation.objects("caveats")
        if subject.actions.count == 1, subject.recommendation["clears"] != nil,
            subject.recommendation["clears"] as? Bool != target["clears"] as? Bool, !subject.alarms.isEmpty
        {
            add(.clearsDiffers, "\(subject.id): \(target.text("tier") ?? "")")
        }
        let standing = target.objects("outcomes").filter { $0.text("state") == "stands" }
        let named = "\(caveats.map { "\($0)" })"
        for outcome in standing where !isNamed(outcome, in: caveats, named) {
            add(.caveatMissing, "\(subject.id): \(outcome.text("rule") ?? "")")
        }
        if !standing.isEmpty, subject.reasons.contains(where: { $0.text("code") == "capacity_fits" }) {
            add(.sufficientYetRejected, subject.id)
        }
    }

    /// A rule that reads the same metric as one that is named is named with it.
    private func isNamed(_ outcome: Object, in caveats: [Object], _ named: String) -> Bool {
        guard let rule = outcome.text("rule") else { return false }
        if named.contains(rule) { return true }
        let code = (outcome["reason"] as? Object)?.text("code") ?? "none"
        return caveats.contains { caveat in "\(caveat)".contains(code) }
    }

    private mutating func reasons(_ subject: Subject) {
        var seen: Set<String> = []
        for reason in subject.reasons {
            let inner = (reason["values"] as? Object)?["reason"] as? Object
            // Rules wait for different facts; the same one is found by its text.
            let isWaiting = inner?.text("code") == "no_value"
            let about =
                isWaiting ? nil : inner.flatMap { $0.text("code") ?? $0.keys.first }.map { "\(reason.text("code") ?? "") \($0)" }
            for key in [reason.text("text"), about].compactMap({ $0 }) where !seen.insert(key).inserted {
                if about?.contains("alarm_expected") != true || key == reason.text("text") {
                    add(.reasonRepeated, "\(subject.id): \(key)")
                }
            }
        }
    }

    private mutating func candidates(_ subject: Subject) {
        for candidate in subject.candidates {
            let name = "\(subject.id): \(candidate.text("tier") ?? "")"
            let outcomes = candidate.objects("outcomes")
            for outcome in outcomes where outcome["fired"] as? Bool == true || outcome.text("state") == "stands" {
                if subject.tips.contains(outcome.text("rule") ?? "") { add(.tipVetoes, name) }
            }
            for outcome in outcomes where outcome["fired"] as? Bool == true { check(outcome, name, subject) }
            let named = Set(outcomes.compactMap { $0.text("rule") })
            if !outcomes.isEmpty, let missing = subject.warnings.first(where: { !named.contains($0) }) {
                add(.outcomeMissing, "\(name): \(missing)")
            }
            let objections = candidate.objects("why_not").compactMap { $0.text("code") }
                .filter { !["smaller", "not_in_guide"].contains($0) }
            switch candidate["clears"] as? Bool {
            case true?: if !objections.isEmpty { add(.candidateUnexplained, "\(name) clears, but \(objections)") }
            case false?: if objections.isEmpty { add(.candidateUnexplained, "\(name) does not clear, without a reason") }
            case nil:
                if subject.isAboutTiers, objections.isEmpty, candidate.texts("unclear").isEmpty {
                    add(.candidateUnexplained, "\(name) is unclear, without a reason")
                }
            }
        }
        larger(subject)
        cheapest(subject)
    }

    private mutating func check(_ outcome: Object, _ name: String, _ subject: Subject) {
        let (rule, reason) = (outcome.text("rule") ?? "", outcome["reason"] as? Object ?? [:])
        let code = reason.text("code") ?? ""
        // What only one kind of tier has: credits, Aurora capacity, AWS's charge for an old version.
        let isOfMachinery = ["credit", "capacity", "aurora", "extended-support"].contains(where: rule.contains)
        if code == "not_applicable", !isOfMachinery { add(.exemptionClears, "\(name): \(rule)") }
        guard outcome.text("state") == "stands", ["cpu_unchanged", "cpu_too_high"].contains(code),
            let load = ((reason["values"] as? Object)?["load"] as? Object)?["value"] as? Double,
            let limit = subject.finding(rule)?["threshold"] as? Double
        else { return }
        if load < limit { add(.rejectedWithinLimit, "\(name): \(load) % of \(limit) %") }
    }

    /// A class is not rejected for users that a smaller one of RDS carries.
    private mutating func larger(_ subject: Subject) {
        var carried: Set<String> = []
        for candidate in subject.candidates where candidate.text("tier")?.hasPrefix("db.") == true {
            for outcome in candidate.objects("outcomes") where outcome["fired"] as? Bool == true {
                guard let rule = outcome.text("rule") else { continue }
                if outcome.text("state") == "clears" { carried.insert(rule) }
                let code = (outcome["reason"] as? Object)?.text("code")
                if outcome.text("state") == "stands", code == "below_target", carried.contains(rule) {
                    add(.largerClassRejected, "\(subject.id): \(candidate.text("tier") ?? "") for \(rule)")
                }
            }
        }
    }

    private mutating func cheapest(_ subject: Subject) {
        guard let name = subject.recommendation.text("cheapest_that_clears") else { return }
        let clearing = subject.candidates.filter { $0["clears"] as? Bool == true && $0.text("tier") != subject.tier }
        let costs = clearing.compactMap { candidate in
            candidate.amount("monthly_cost_expected").map { (tier: candidate.text("tier") ?? "", cost: $0) }
        }
        guard let chosen = costs.first(where: { $0.tier == name }), !costs.contains(where: { $0.cost < chosen.cost }) else {
            return add(.notTheCheapest, "\(subject.id): \(name)")
        }
        if let remedy = subject.recommendation["remedy"] as? Object,
            remedy.text("tier") != name || remedy.amount("monthly_cost_expected") != chosen.cost
        {
            add(.notTheCheapest, "\(subject.id): \(remedy)")
        }
    }

    private mutating func costs(_ subject: Subject) {
        let recommendation = subject.recommendation
        let (before, after) = (recommendation.amount("monthly_cost_before"), recommendation.amount("monthly_cost_after"))
        let (real, realAfter) = (
            recommendation.amount("monthly_cost_before_expected"), recommendation.amount("monthly_cost_after_expected")
        )
        if before != subject.resource.amount("monthly_cost") { add(.twoPrices, "\(subject.id): before") }
        if let present = subject.candidates.first(where: { $0.text("tier") == subject.tier }),
            present.amount("monthly_cost_max") == nil && present.amount("monthly_cost") != before
                || real != nil && present.amount("monthly_cost_expected") != real
        {
            add(.twoPrices, "\(subject.id): the present tier among the candidates")
        }
        for reason in subject.reasons where reason.text("code") == "surplus_credits_compared" {
            let values = reason["values"] as? Object ?? [:]
            guard values["bill"] != nil, !(values["bill"] is NSNull) else { continue }
            if values.amount("bill") != real ?? before
                || values.amount("bill_there") != subject.target?.amount("monthly_cost_expected") ?? after
            {
                add(.twoPrices, "\(subject.id): \(reason.text("text") ?? "")")
            }
        }
        guard let before, let after, !subject.actions.isEmpty else { return }
        let changes = subject.actions.filter { $0.text("action") != "plan" }.compactMap { $0.amount("monthly_cost_change") }
        if abs(changes.reduce(0, +) - (after - before)) > 0.000_001 { add(.changesDoNotAdd, subject.id) }
        guard subject.actions.count == 1, let target = subject.target, subject.actions[0].text("action") == "move" else { return }
        if target.amount("monthly_cost") != recommendation.amount("monthly_cost_after_min") ?? after
            || realAfter != nil && target.amount("monthly_cost_expected") != realAfter
        {
            add(.twoPrices, "\(subject.id): the target among the candidates")
        }
    }

    /// The bill of the whole stack has a database's expected cost before, and after a move.
    private mutating func stackBill(_ subject: Subject) {
        func sum(_ bill: String) -> Decimal? {
            let lines = (report[bill] as? Object)?.objects("lines").filter { $0.text("group") == subject.id } ?? []
            return lines.isEmpty ? nil : lines.compactMap { $0.amount("monthly") }.reduce(0, +)
        }
        func compare(_ bill: String, with tier: String?) {
            guard let expected = subject.candidates.first(where: { $0.text("tier") == tier })?.amount("monthly_cost_expected"),
                let counted = sum(bill), abs(counted - expected) > 0.005
            else { return }
            add(.stackBillDiffers, "\(subject.id): \(counted) in \(bill), \(expected) on \(tier ?? "")")
        }
        compare("bill_before", with: subject.tier)
        guard subject.actions.count == 1, subject.actions[0].text("action") == "move" else { return }
        compare("bill_after", with: subject.actions[0].text("to"))
    }

    private mutating func actions(_ subject: Subject) {
        let kinds = subject.actions.compactMap { $0.text("action") }
        let toAurora = subject.actions.contains { $0.text("action") == "move" && $0.text("to")?.hasPrefix("aurora") == true }
        if toAurora, kinds.contains("grow_storage") || kinds.contains("enable_multi_az") {
            add(.needlessStep, "\(subject.id): \(kinds)")
        }
        let codes = Set(subject.reasons.compactMap { $0.text("code") })
        if subject.recommendation.text("action") == "stay", !subject.alarms.isEmpty,
            codes.isDisjoint(with: ["burst_carried", "cooling_down", "no_action_known"])
        {
            add(.stayInAlarm, "\(subject.id): \(subject.alarms)")
        }
        let smaller = subject.tips.filter { subject.finding($0)?.text("state") == "ALARM" && $0.contains("oversized") }
        if let target = subject.target, subject.recommendation.text("action") == "move", !smaller.isEmpty,
            !target.objects("why_not").contains(where: { $0.text("code") == "smaller" })
        {
            add(.tipAgainstMove, "\(subject.id): \(smaller)")
        }
    }
}

extension ReportConsistency {
    /// One resource of a report.
    struct Subject {
        let resource: Object
        let recommendation: Object
        /// The rules of tips about it.
        let tips: Set<String>

        var id: String { resource.text("id") ?? "" }
        var tier: String? { resource.text("tier") }
        var candidates: [Object] { recommendation.objects("candidates") }
        var actions: [Object] { recommendation.objects("actions") }
        var reasons: [Object] { recommendation.objects("reasons") }
        /// The candidate of the first action.
        var target: Object? {
            guard let action = actions.first, ["move", "plan"].contains(action.text("action")) else { return nil }
            return candidates.first { $0.text("tier") == action.text("to") }
        }
        /// The rules on a metric in ALARM that are no tips.
        var alarms: [String] {
            resource.objects("findings").filter {
                $0.text("state") == "ALARM" && $0.text("unit") != nil && !tips.contains($0.text("rule") ?? "")
            }.compactMap { $0.text("rule") }
        }

        /// The rules in ALARM that are no tips and no remarks, on metrics and on facts.
        var warnings: [String] {
            resource.objects("findings").filter {
                $0.text("state") == "ALARM" && $0.text("severity") != "info" && $0["held"] as? Object == nil
                    && !tips.contains($0.text("rule") ?? "")
            }.compactMap { $0.text("rule") }
        }

        /// Whether a rule in ALARM is one that another tier may end.
        var isAboutTiers: Bool {
            candidates.contains { $0.objects("outcomes").contains { $0["fired"] as? Bool == true } }
        }

        func finding(_ rule: String) -> Object? { resource.objects("findings").first { $0.text("rule") == rule } }
    }
}

extension [String: Any] {
    func text(_ key: String) -> String? { self[key] as? String }
    func texts(_ key: String) -> [String] { self[key] as? [String] ?? [] }
    func objects(_ key: String) -> [[String: Any]] { self[key] as? [[String: Any]] ?? [] }
    /// The amount of a money object; nil if it is null or absent.
    func amount(_ key: String) -> Decimal? {
        ((self[key] as? [String: Any])?["amount"] as? String).flatMap { Decimal(string: $0) }
    }
}
