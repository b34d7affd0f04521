import AdvisorCore

extension Korean {
    func sentence(_ reason: RecommendationReason, asOf now: Timestamp) -> String {
        switch reason {
        case .notInCatalog(let rule, let tier): "\(title(rule)) 규칙이 권장하는 \(tier.with(.subject)) 카탈로그에 없습니다."
        case .alreadyReached(let rule, let tier, let present): alreadyReached(rule, tier, present)
        case .coolingDown(let tier, let since, let until): coolingDown(tier, since, until, now)
        case .tierNotSet: "advisor.yaml에 `tier` 설정이 없습니다. `advisor init`으로 작성할 수 있습니다."
        case .dataMissing(let rule, let gap): "\(title(rule)): \(clause(gap, asOf: now))."
        case .optionEnds(let rules): optionEnds(rules)
        case .notInGuide(let tier): notInGuide(tier)
        case .coldStart(let history, let later): coldStart(history, later, now)
        case .nearestThreshold(let rule, let value, let threshold): nearest(rule, value, threshold)
        case .cheapestChosen(let cost, let headroom):
            "모든 경보를 해제하는 가장 저렴한 티어입니다\(headroom ? "(여유 20% 포함)" : ""). 이 부하에서 월 \(Self.text(cost))입니다."
        case .guideTargetKept: "모든 경보를 해제하는 티어를 찾을 수 없어 가이드의 권장 티어를 유지합니다."
        case .stabilizing(let rule, let since): stabilizing(rule, since, now)
        case .fitsSmaller(let tier, let days, let fits):
            "최근 \(days)일의 부하는 20%의 여유를 두고 \(tier)에서 처리할 수 있습니다: \(fits.map(clause).joined(separator: ", "))."
        case .targetRejected(let tier, let rejection): "\(tier): \(clause(rejection))."
        case .targetUncertain(let tier, let uncertainty): "\(tier): \(clause(uncertainty))."
        case .burstCarried: "CPU 크레딧으로 처리되는 일시적인 부하입니다. 현재 티어를 유지해도 추가 비용이 없습니다."
        case .cheaperAlternative(let tier, let cost, let changes):
            "\(tier)\(together(changes))도 모든 경보를 해제하며 비용은 월 \(Self.text(cost))입니다."
        case .cheapestThatClears(let tier, let cost, let changes):
            "모든 경보를 해제하는 가장 저렴한 티어는 \(tier)\(together(changes))입니다(월 \(Self.text(cost)))."
        case .noTierClears: "카탈로그에서 모든 경보를 해제하는 티어를 찾을 수 없습니다."
        case .catalogRemark(let text): text
        case .storageNeverShrinks: "RDS 스토리지는 늘릴 수만 있고 줄일 수 없습니다."
        case .moreOperations(let size, let operations): moreOperations(size, operations)
        case .creditsSuffice(let days, let isMeasured): creditsSuffice(days, isMeasured)
        case .creditsSufficeWithReserve(let lowest, let maximum, let days, let isMeasured):
            creditsSuffice(lowest, maximum, days, isMeasured == true)
        case .surplusCreditsEnded(let charged): surplusEnded(charged)
        case .surplusCredits(let monthly, let days): "\(surplus(monthly, days))."
        case .surplusCreditsCompared(let monthly, let tier, let there, let bill, let billThere, let days):
            "\(surplus(monthly, days)). \(tier)에서는 \(there.map { "\($0)입니다" } ?? "없습니다")\(bills(bill, billThere, on: tier))."
        case .surplusCreditsDiffer(let measured, let modelled): differ(measured, modelled)
        case .capacityFits(let usual, let peak, let minimum, let maximum): capacityFits(usual, peak, minimum, maximum)
        case .capacityTooLow(let usual, let peak, let minimum, let maximum, let share, let advised):
            "\(need(usual, peak)) \(bounds(minimum, maximum)) 설정으로는 전체 시간의 \(text(share))에서 부족합니다.\(advice(advised))"
        case .neverPauses(let connections): neverPauses(connections)
        case .couldPause(let share): couldPause(share)
        case .extendedSupportBilled(let version, let since, let monthly): supportBilled(version, since, monthly)
        case .extendedSupportChanges(let version, let time, let isRise, let before, let after):
            "\(time.date.year)년 \(Self.day(time))부터 \(version)의 Extended Support 요금이 \(isRise ? "인상됩니다" : "청구됩니다"): 월 \(Self.text(before)) → \(Self.text(after))."
        case .overBudgetEitherWay(let limit, let before, let after):
            "어느 쪽이든 예산 \(limit)를 초과합니다. 스택 전체 비용은 현재 \(before), 적용 후 \(after)입니다."
        case .overBudget(let limit, let after, let tier, let cost): overBudget(limit, after, tier, cost)
        case .reachedAtThisPace(let limits): limits.map { reached($0, now) }.joined(separator: " ")
        case .madeNeedless(let tier, let actions): madeNeedless(tier, actions)
        case .noActionKnown(let rules): noAction(rules)
        case .tryFirst(let remedies): "먼저 비용 없이 확인할 항목: \(remedies.map(clause).joined(separator: ", "))."
        case .demandCutOff: "부하가 현재 최댓값에서 제한되어 있습니다. 필요한 용량과 비용은 변경 후 하루가 지나야 알 수 있습니다."
        case .floorTooHigh(let minimum, let advised, let saving, let knowsMemory):
            "최소 용량 \(English.units(minimum)) ACU는 전체 시간의 90%에 필요한 용량보다 큽니다. \(English.units(advised)) ACU로 낮추면 월 \("\(saving)".with(.object)) 절감합니다.\(knowsMemory == false ? " CPU와 연결 수만 확인한 값이며 메모리 사용량은 알 수 없으므로 단계적으로 낮추세요." : "")"
        case .instanceInstead(let tier, let cost, let knowsMemory):
            "\(tier)도 이 부하\(knowsMemory == false ? "의 CPU와 연결 수를" : "를") 월 \("\(cost)".with(.direction)) 처리할 수 있습니다. 다만 자동 확장과 두 번째 인스턴스가 없습니다.\(knowsMemory == false ? " 메모리 사용량은 알 수 없습니다." : "")"
        case .dueBefore(let time): "\(day(time, asOf: now)) 전에 완료해야 합니다."
        }
    }

    private func alreadyReached(_ rule: RuleName, _ tier: String, _ present: String) -> String {
        "\(title(rule)) 규칙은 \(tier.with(.object)) 권장하지만, 현재 \(present.with(.topic)) 이미 그 이상입니다."
    }

    private func noAction(_ rules: [RuleName]) -> String {
        "가이드의 단계나 다른 티어로 해제할 수 있는 방법을 찾을 수 없습니다: \(rules.map { title($0) }.joined(separator: ", "))."
    }

    private func stabilizing(_ rule: RuleName, _ since: Timestamp, _ now: Timestamp) -> String {
        "\(title(rule)): \(time(since, asOf: now))부터 정상입니다. 정상 상태가 24시간 지속될 때까지 권장 사항을 유지합니다."
    }

    private func surplusEnded(_ charged: Money) -> String {
        "초과 CPU 크레딧 비용은 최근 30일간 \(charged)이며, 최근 7일간은 없었습니다."
    }

    private func capacityFits(_ usual: Double, _ peak: Double, _ minimum: Double, _ maximum: Double) -> String {
        "\(need(usual, peak)) \(bounds(minimum, maximum)) 설정으로 충분합니다."
    }

    private func neverPauses(_ connections: Double) -> String {
        "최소 0 ACU로 설정해도 일시 중지되지 않습니다. 항상 연결이 \(ValueText.number(connections))개 이상 열려 있습니다."
    }

    private func couldPause(_ share: Quantity) -> String {
        "최소 0 ACU로 설정하면 RDS Proxy나 논리적 복제가 없을 때 최대 \(text(share))의 시간 동안 일시 중지할 수 있습니다."
    }

    private func madeNeedless(_ tier: String, _ actions: [Recommendation.Kind]) -> String {
        "\(tier)에서는 필요하지 않습니다: \(actions.map(needless).joined(separator: ", "))."
    }

    private func optionEnds(_ rules: [RuleName]) -> String {
        "가이드의 단계로는 해제할 수 없으며, 아래 선택지로 해제할 수 있습니다: \(rules.map { title($0) }.joined(separator: ", "))."
    }

    private func supportBilled(_ version: String, _ since: Timestamp, _ monthly: Money?) -> String {
        "\(since.date.year)년 \(Self.day(since))부터 \(version)의 Extended Support 요금이 월 \(Self.text(monthly)) 청구됩니다. 업그레이드하면 청구되지 않습니다."
    }

    private func creditsSuffice(_ days: Int?, _ isMeasured: Bool?) -> String {
        isMeasured == true
            ? "CPU 크레딧이 충분합니다. 최근 \(days ?? 7)일간 청구된 초과 크레딧이 없습니다."
            : "CPU 크레딧이 충분합니다. 최근 \(days ?? 7)일간의 CPU 사용률로는 초과 크레딧이 청구되지 않습니다."
    }

    /// `(30GiB, Multi-AZ 포함)`, or nothing.
    private func together(_ changes: [StepTarget]?) -> String {
        changes.map { "(" + text(RecommendationPhrase.together($0.map(change))) + ")" } ?? ""
    }

    private func coolingDown(_ tier: String, _ since: Timestamp?, _ until: Timestamp, _ now: Timestamp) -> String {
        let begin = since.map { "\(time($0, asOf: now))부터" } ?? "하루 미만"
        return "\(tier) 사용 기간이 짧습니다(\(begin)). \(time(until, asOf: now)) 전에는 추가 변경을 권장하지 않습니다."
    }

    private func differ(_ measured: Money, _ modelled: Money) -> String {
        "CloudWatch가 측정한 초과 CPU 크레딧은 월 \(measured), CPU 부하로 계산한 값은 \(modelled)입니다. 두 시계열이 모두 완전한지 확인하세요."
    }

    private func moreOperations(_ size: Double, _ operations: Double) -> String {
        "\(ValueText.number(size))GiB 볼륨에는 \(ValueText.number(operations)) IOPS가 포함됩니다."
    }

    private func notInGuide(_ tier: String) -> String {
        "배포 가이드는 \(tier.with(.object)) 다루지 않습니다. AWS는 지속적인 CPU 사용률, 여유 메모리, 85%를 넘는 스토리지, 연결 수를 확인하도록 권장합니다."
    }

    private func creditsSuffice(_ lowest: Double, _ maximum: Double, _ days: Int?, _ isMeasured: Bool) -> String {
        let basis = isMeasured ? "최근 \(days ?? 7)일간" : "최근 \(days ?? 7)일간의 CPU 사용률로는"
        return
            "CPU 크레딧이 충분합니다. \(basis) 최저 \(ValueText.number(lowest)) / \(ValueText.number(maximum))이며 청구되는 초과 크레딧이 없습니다."
    }

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
        let known = parts.map { "\($0.time)부터 \($0.subjects.joined(separator: ", "))" }.joined(separator: "; ")
        return "데이터가 \(text(history)) 분량뿐입니다. 임계값은 이미 확인하고 있습니다. 이후 알 수 있는 항목: \(known)."
    }

    private func subject(_ later: LaterKnowledge) -> String {
        switch later.subject {
        case .creditCost: "CPU 크레딧 비용"
        case .otherTiers: "CPU 경보를 해제하는 티어"
        case .capacityBounds: "필요한 용량"
        case .dates: "한도 도달 시점"
        case .smallerTiers: "하위 티어로 충분한지 여부"
        }
    }

    private func nearest(_ rule: RuleName, _ value: Quantity, _ threshold: Quantity) -> String {
        // A lower bound, such as of free memory, has no share.
        guard value.value <= threshold.value else {
            return "가장 가까운 임계값: \(title(rule)), 현재 \(text(value))(임계값 \(text(threshold)))."
        }
        let share = Int((value.value / threshold.value * 100).rounded())
        let percent = value.kind == .ratio ? "" : "(\(share)%)"
        return "가장 가까운 임계값: \(title(rule)), \(text(threshold)) 중 \(text(value))\(percent)."
    }

    private func surplus(_ monthly: Money, _ days: Int?) -> String { "최근 \(days ?? 7)일 추세라면 초과 CPU 크레딧 비용은 월 \(monthly)입니다" }

    private func bills(_ now: Money?, _ there: Money?, on tier: String) -> String {
        now.flatMap { now in there.map { ". 실제 비용은 현재 \(now), \(tier)에서 \($0)입니다" } } ?? ""
    }

    private func need(_ usual: Double, _ peak: Double) -> String {
        "실제 사용 이력에서 전체 시간의 90%에 \(English.units(usual)) ACU, 최대 \(English.units(peak)) ACU가 필요했습니다."
    }

    private func bounds(_ minimum: Double, _ maximum: Double) -> String {
        "\(English.units(minimum))~\(English.units(maximum)) ACU"
    }

    private func advice(_ maximum: Double?) -> String {
        maximum.map { " 최댓값을 \(English.units($0)) ACU로 설정하세요." } ?? ""
    }

    private func overBudget(_ limit: Money, _ after: Money, _ alternative: String?, _ cost: Money?) -> String {
        let text = "적용하면 스택 전체 비용이 월 약 \(after)로 예산 \(limit)를 초과합니다."
        guard let alternative else { return "\(text) 예산 안에서 모든 경보를 해제하는 티어는 없습니다." }
        return "\(text) \(alternative.with(.topic)) 예산 안에서 모든 경보를 해제합니다(\(Self.text(cost)))."
    }

    private func reached(_ limit: ForeseenLimit, _ now: Timestamp) -> String {
        let range =
            switch (limit.earliest, limit.latest) {
            case (let first?, let last?): "(\(day(first, asOf: now)) ~ \(day(last, asOf: now)))"
            case (let first?, nil): "(빠르면 \(day(first, asOf: now)))"
            case (nil, let last?): "(늦어도 \(day(last, asOf: now)))"
            case (nil, nil): ""
            }
        let title = Self.metrics[limit.metric.rawValue] ?? limit.title
        return
            "\(title.with(.topic)) 현재 추세라면 \(day(limit.expected, asOf: now)) 무렵\(range) 임계값 \(text(limit.threshold))에 도달합니다."
    }
}
