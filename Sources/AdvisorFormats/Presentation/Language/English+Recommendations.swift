import AdvisorCore

extension English {
    func sentence(_ reason: RecommendationReason, asOf now: Timestamp) -> String {
        switch reason {
        case .notInCatalog(let rule, let tier): "\(rule.title) recommends \(tier), which is not in the catalog."
        case .alreadyReached(let rule, let tier, let present): alreadyReached(rule, tier, present)
        case .madeNeedless(let tier, let actions): "Not needed on \(tier): \(Self.list(actions.map(needless)))."
        case .coolingDown(let tier, let since, let until): coolingDown(tier, since, until, now)
        case .tierNotSet: "`tier` is not set in advisor.yaml; `advisor init` writes it."
        case .dataMissing(let rule, let gap): "\(rule.title): \(clause(gap, asOf: now))."
        case .noActionKnown(let rules): noAction(rules)
        case .optionEnds(let rules): "No step of the guide ends this, the option below does: \(Self.list(rules.map(\.title)))."
        case .notInGuide(let tier): notInGuide(tier)
        case .coldStart(let history, let later): coldStart(history, later, now)
        case .nearestThreshold(let rule, let value, let threshold): nearest(rule, value, threshold)
        case .cheapestChosen(let cost, let headroom): cheapestChosen(cost, headroom)
        case .guideTargetKept: "No tier is known to end every alarm; this is the guide's own target."
        case .stabilizing(let rule, let since): stabilizing(rule, since, now)
        case .fitsSmaller(let tier, let days, let fits):
            "The load of the last \(days) days fits \(tier) with a fifth to spare: \(fits.map(clause).joined(separator: ", "))."
        case .targetRejected(let tier, let rejection): "On \(tier): \(clause(rejection))."
        case .targetUncertain(let tier, let uncertainty): "On \(tier): \(clause(uncertainty))."
        case .burstCarried: "It is a burst that CPU credits carry: staying costs nothing extra."
        case .cheaperAlternative(let tier, let cost, let changes):
            "\(tier)\(together(changes)) ends every alarm too, for \(Self.text(cost)) a month."
        case .cheapestThatClears(let tier, let cost, let changes):
            "\(tier)\(together(changes)) is the cheapest that ends every alarm: \(Self.text(cost)) a month."
        case .noTierClears: "No tier of the catalog is known to end every alarm."
        case .tryFirst(let remedies): "Try first, at no cost: \(Self.list(remedies.map(clause)))."
        case .catalogRemark(let text): text
        case .storageNeverShrinks: "RDS storage can grow but never shrink."
        case .moreOperations(let size, let operations): moreOperations(size, operations)
        case .creditsSuffice(let days, let isMeasured): creditsSuffice(days, isMeasured)
        case .creditsSufficeWithReserve(let lowest, let maximum, let days, let isMeasured):
            creditsSuffice(lowest, maximum, days, isMeasured == true)
        case .surplusCreditsEnded(let charged): surplusEnded(charged)
        case .surplusCredits(let monthly, let days): "\(surplus(monthly, days))."
        case .surplusCreditsCompared(let monthly, let tier, let there, let bill, let billThere, let days):
            "\(surplus(monthly, days)), \(there?.description ?? "none") on \(tier)\(bills(bill, billThere, on: tier))."
        case .surplusCreditsDiffer(let measured, let modelled): differ(measured, modelled)
        case .capacityFits(let usual, let peak, let minimum, let maximum): capacityFits(usual, peak, minimum, maximum)
        case .capacityTooLow(let usual, let peak, let minimum, let maximum, let share, let advised):
            "\(need(usual, peak)): \(bounds(minimum, maximum)) is too little in \(Self.text(share)) of the hours\(advice(advised))."
        case .neverPauses(let connections): neverPauses(connections)
        case .couldPause(let share): couldPause(share)
        case .floorTooHigh(let minimum, let advised, let saving, let knowsMemory):
            "The minimum of \(Self.units(minimum)) ACU is more than nine hours of ten need: \(Self.units(advised)) ACU would save \(saving) a month.\(knowsMemory == false ? " That is by CPU and connections only; memory is not known, so lower it in steps." : "")"
        case .demandCutOff: demandCutOff()
        case .instanceInstead(let tier, let cost, let knowsMemory):
            "\(tier) would carry \(knowsMemory == false ? "the CPU and connections of this load" : "this load") for \(cost) a month, without scaling by itself\(knowsMemory == false ? "; memory is not known" : "")."
        case .extendedSupportBilled(let version, let since, let monthly): supportBilled(version, since, monthly)
        case .extendedSupportChanges(let version, let time, let isRise, let before, let after):
            "Extended Support of \(version) \(isRise ? "costs more from" : "begins on") \(Self.day(time)) \(time.date.year): \(Self.text(before)) → \(Self.text(after)) a month."
        case .overBudgetEitherWay(let limit, let before, let after):
            "Both are over the \(limit) budget: whole stack \(before) now, \(after) after."
        case .overBudget(let limit, let after, let tier, let cost): overBudget(limit, after, tier, cost)
        case .reachedAtThisPace(let limits): limits.map { reached($0, now) }.joined(separator: " ")
        case .dueBefore(let time): "To be done before \(day(time, asOf: now))."
        }
    }

    private func alreadyReached(_ rule: RuleName, _ tier: String, _ present: String) -> String {
        "\(rule.title) recommends \(tier); \(present) is already at or above it."
    }

    private func noAction(_ rules: [RuleName]) -> String {
        "No step of the guide and no tier is known to end this: \(Self.list(rules.map(\.title)))."
    }

    private func stabilizing(_ rule: RuleName, _ since: Timestamp, _ now: Timestamp) -> String {
        "\(rule.title) has been OK since \(time(since, asOf: now)); the advice stays until that has lasted 24 h."
    }

    private func moreOperations(_ size: Double, _ operations: Double) -> String {
        "With \(ValueText.number(size)) GiB the volume includes \(ValueText.number(operations)) IOPS."
    }

    private func creditsSuffice(_ days: Int?, _ isMeasured: Bool?) -> String {
        isMeasured == true
            ? "CPU credits suffice: nothing was charged in \(Self.days(days))."
            : "CPU credits suffice: by the CPU of the last \(Self.days(days)) nothing would be charged."
    }

    private func surplusEnded(_ charged: Money) -> String {
        "Surplus CPU credits cost \(charged) in the last 30 days, none of it in the last 7."
    }

    private func differ(_ measured: Money, _ modelled: Money) -> String {
        "CloudWatch measured \(measured) a month of surplus CPU credits, the CPU load explains \(modelled): check that both series are complete."
    }

    private func capacityFits(_ usual: Double, _ peak: Double, _ minimum: Double, _ maximum: Double) -> String {
        "\(need(usual, peak)): \(bounds(minimum, maximum)) is enough."
    }

    private func neverPauses(_ connections: Double) -> String {
        "It would never pause at 0 ACU: at least \(ValueText.number(connections)) connections are always open."
    }

    private func demandCutOff() -> String {
        "The load is cut off at the present maximum: how much more it needs, and costs, is known a day after the change."
    }

    private func supportBilled(_ version: String, _ since: Timestamp, _ monthly: Money?) -> String {
        "Extended Support of \(version) costs \(Self.text(monthly)) a month since \(Self.day(since)) \(since.date.year); an upgrade ends it."
    }

    /// ` with 30 GiB and Multi-AZ`, or nothing.
    private func together(_ changes: [StepTarget]?) -> String {
        changes.map { " " + text(RecommendationPhrase.together($0.map(change))) } ?? ""
    }

    private func needless(_ kind: Recommendation.Kind) -> String {
        switch kind {
        case .growStorage: "more storage (it grows by itself there)"
        case .enableMultiAZ: "Multi-AZ (its reader is in another zone)"
        case .addReplica: "a read replica"
        case .raiseCapacity: "a higher maximum capacity"
        case .upgradeEngine: "an upgrade of the engine"
        case .convertStorage: "another type of storage"
        case .lowerCapacity: "a lower minimum capacity"
        case .move, .plan, .stay, .unknown: "another move"
        }
    }

    /// What is known later, what is known at the same time together.
    private func coldStart(_ history: Quantity, _ later: [LaterKnowledge], _ now: Timestamp) -> String {
        var parts: [(time: String, subjects: [String])] = []
        for item in later {
            let time = item.at - now < .seconds(2 * 86_400) ? time(item.at, asOf: now) : day(item.at, asOf: now)
            if parts.last?.time == time {
                parts[parts.count - 1].subjects.append(subject(item))
            } else {
                parts.append((time, [subject(item)]))
            }
        }
        let known = parts.map { "from \($0.time), \(Self.list($0.subjects))" }.joined(separator: "; ")
        return "There are \(Self.text(history)) of data: thresholds are checked already. Known later: \(known)."
    }

    private func subject(_ later: LaterKnowledge) -> String {
        switch later.subject {
        case .creditCost: "what CPU credits cost"
        case .otherTiers: "which tier ends an alarm on CPU"
        case .capacityBounds: "which capacity it needs"
        case .dates: "when limits are reached"
        case .smallerTiers: "whether a smaller tier is enough"
        }
    }

    private func coolingDown(_ tier: String, _ since: Timestamp?, _ until: Timestamp, _ now: Timestamp) -> String {
        let begin = since.map { "since \(time($0, asOf: now))" } ?? "for less than a day"
        return "On \(tier) only \(begin); no further move is recommended before \(time(until, asOf: now))."
    }

    private func notInGuide(_ tier: String) -> String {
        "The deployment guide does not cover \(tier); AWS recommends watching sustained CPU, freeable memory, storage above 85 % and connections."
    }

    private func nearest(_ rule: RuleName, _ value: Quantity, _ threshold: Quantity) -> String {
        // A lower bound, such as of free memory, has no share.
        guard value.value <= threshold.value else {
            return "The nearest limit: \(rule.title), now \(Self.text(value)) (limit \(Self.text(threshold)))."
        }
        let share = Int((value.value / threshold.value * 100).rounded())
        let percent = value.kind == .ratio ? "" : " (\(share) %)"
        return "The nearest limit: \(rule.title), \(Self.text(value)) of \(Self.text(threshold))\(percent)."
    }

    private func cheapestChosen(_ cost: Money?, _ hasHeadroom: Bool) -> String {
        let headroom = hasHeadroom ? " with a fifth to spare" : ""
        return "It costs \(Self.text(cost)) a month with this load\(headroom)."
    }

    private func creditsSuffice(_ lowest: Double, _ maximum: Double, _ days: Int?, _ isMeasured: Bool) -> String {
        let basis = isMeasured ? "in \(Self.days(days))" : "by the CPU of the last \(Self.days(days))"
        return
            "CPU credits suffice: \(basis) never under \(ValueText.number(lowest)) of \(ValueText.number(maximum)), nothing charged."
    }

    private func surplus(_ monthly: Money, _ days: Int?) -> String {
        "Surplus CPU credits cost \(monthly) a month at the pace of the last \(Self.days(days))"
    }

    /// `4 days`, `day`; a week where nothing else is said.
    private static func days(_ days: Int?) -> String { days == 1 ? "day" : "\(days ?? 7) days" }

    private func bills(_ now: Money?, _ there: Money?, on tier: String) -> String {
        now.flatMap { now in there.map { "; real bill \(now) now, \($0) on \(tier)" } } ?? ""
    }

    private func need(_ usual: Double, _ peak: Double) -> String {
        "This load needs \(Self.units(usual)) ACU in nine hours of ten and \(Self.units(peak)) at most"
    }

    private func bounds(_ minimum: Double, _ maximum: Double) -> String {
        "\(Self.units(minimum)) to \(Self.units(maximum)) ACU"
    }

    private func advice(_ maximum: Double?) -> String { maximum.map { "; set the maximum to \(Self.units($0))" } ?? "" }

    private func couldPause(_ share: Quantity) -> String {
        "With a minimum of 0 ACU it could pause up to \(Self.text(share)) of the time, without RDS Proxy or logical replication."
    }

    private func overBudget(_ limit: Money, _ after: Money, _ alternative: String?, _ cost: Money?) -> String {
        let text = "With it the whole stack costs about \(after) a month, over the \(limit) budget"
        guard let alternative else { return "\(text); no tier that ends every alarm fits into it." }
        return "\(text); \(alternative) ends every alarm within it, for \(Self.text(cost))."
    }

    private func reached(_ limit: ForeseenLimit, _ now: Timestamp) -> String {
        let range =
            switch (limit.earliest, limit.latest) {
            case (let first?, let last?): " (\(day(first, asOf: now)) to \(day(last, asOf: now)))"
            case (let first?, nil): " (\(day(first, asOf: now)) at the earliest)"
            case (nil, let last?): " (\(day(last, asOf: now)) at the latest)"
            case (nil, nil): ""
            }
        return
            "\(limit.title) reaches the \(Self.text(limit.threshold)) limit around \(day(limit.expected, asOf: now))\(range)."
    }

    func clause(_ fit: CapacityFit) -> String {
        switch fit {
        case .cpu(let share): "CPU \(Self.text(share))"
        case .memory(let used, let limit): "memory \(Self.text(used)) of \(Self.text(limit))"
        case .capacity(let peak): "\(Self.units(peak)) ACU"
        case .connections(let used, let limit): "\(ValueText.number(used)) of \(ValueText.number(limit)) connections"
        }
    }
}
