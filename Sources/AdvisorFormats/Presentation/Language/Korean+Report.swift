import AdvisorCore
import Foundation

extension Korean {
    func freshness(_ report: Report) -> String {
        guard let newest = report.newestSample else { return "아직 샘플 없음. `advisor ingest FILE`로 저장합니다" }
        let age = (report.asOf - newest).seconds
        if age < 0 { return "마지막 샘플 \(newest)" }
        if age < 7200 { return "마지막 샘플 \(Int(age / 60))분 전" }
        if age < 172_800 { return "마지막 샘플 \(Int(age / 3600))시간 전" }
        let after = Timestamp(CivilDate(daysSinceEpoch: newest.date.daysSinceEpoch + 1))
        return "마지막 샘플 \(Int(age / 86_400))일 전. 당시 기준으로 평가하려면 `--now \(after.description.prefix(10))`"
    }

    func title(_ stack: Stack) -> String { stack.name ?? (stack == Stack() ? "스택 파일 없음" : "이름 없는 스택") }

    func title(_ step: Recommendation.Step) -> String {
        self.step(step.kind, from: step.from, to: step.to) + capacity(step.capacity)
    }

    /// `(최대 5.5 ACU)`, or nothing.
    func capacity(_ units: Double?) -> String { units.map { "(최대 \(English.units($0)) ACU)" } ?? "" }

    func monthly(_ money: Money) -> String { "월 \(money)" }

    func change(_ money: Money?) -> String {
        guard let money else { return "비용 변화 알 수 없음" }
        return money.amount < 0 ? money.description : "+\(money)"
    }

    func costAfter(_ recommendation: Recommendation, asOf now: Timestamp) -> String {
        let cost = costAfter(recommendation)
        guard !recommendation.isExpected, recommendation.before?.total != nil else { return cost }
        let credits =
            recommendation.effect.lacksCredits == true ? recommendation.effect.creditsFrom.map { time($0, asOf: now) } : nil
        let clause = text(RecommendationPhrase.creditsUnknown(until: credits))
        return listed(cost) + (recommendation.effect.lacksCredits == true ? ". \(clause)" : "")
    }

    func change(_ target: StepTarget) -> String {
        switch target {
        case .replicas(let count): "읽기 전용 복제본 \(count)개"
        case .capacity(let units): "최대 \(English.units(units)) ACU"
        case .tier, .storage, .availability, .engine, .storageType, .minimumCapacity: Self.text(target)
        }
    }

    func listed(_ cost: String) -> String { "정가 기준 \(cost)" }

    private func costAfter(_ recommendation: Recommendation) -> String {
        if let then = recommendation.costOfPlan { return "완료 후 월 \(Self.text(recommendation.costBefore)) → \(then)" }
        let before = Self.text(recommendation.costBefore)
        guard let after = recommendation.costAfter else { return "월 \(before) → \(Self.unknown)" }
        let mark = recommendation.after?.isVerified == false ? "(미확인 가격)" : ""
        guard let least = recommendation.after?.total, let most = recommendation.afterMaximum?.total else {
            return "월 \(before) → \(after)\(mark)"
        }
        if recommendation.kind == .raiseCapacity { return "월 \(before) → \(after)~\(most)\(mark)" }
        guard recommendation.effect.expectedAfter == after else { return "월 \(before) → \(least)~\(most)\(mark)" }
        return "월 \(before) → \(after)(\(least)~\(most))\(mark)"
    }

    /// `(월 $2.00~$1,403.60)` where capacity scales, otherwise nothing.
    private func range(_ entry: ResourceReview) -> String {
        guard let present = entry.recommendation?.candidates.first(where: { $0.tier == entry.resource.tier }),
            let least = present.monthlyCost, let most = present.maximumMonthlyCost
        else { return "" }
        return "(\(least)~\(most))"
    }

    /// What a resource costs now: `월 $13.98`, or `정가 $13.98 + CPU 크레딧 $22.96 = 월 $36.94`.
    private func cost(_ entry: ResourceReview) -> String? {
        guard let list = entry.cost else { return nil }
        guard let total = list.total else {
            return list.atLeast.amount > 0 ? "월 " + text(BillPhrase.atLeast(list.atLeast)) : "비용 알 수 없음"
        }
        let parts = MoneyParts(entry, list: list)
        guard parts.amounts.count > 1 else {
            let cost = "월 \(entry.recommendation?.costBefore ?? total)\(range(entry))"
            return entry.recommendation.map { $0.effect.expectedBefore == nil } == true ? listed(cost) : cost
        }
        return parts.amounts.map { "\(name($0.part)) \($0.amount)" }.joined(separator: " + ") + " = 월 \(parts.total)"
    }

    private func name(_ part: MoneyParts.Part) -> String {
        switch part {
        case .list: "정가"
        case .extendedSupport: "Extended Support"
        case .credits: "CPU 크레딧"
        }
    }

    func configuration(_ entry: ResourceReview) -> [String] {
        let resource = entry.resource
        guard resource.kind == .database else { return [title(resource.kind)] }
        var parts = [resource.tier ?? "advisor.yaml에 티어 없음"]
        if let storage = resource.allocatedStorage {
            parts.append("\(ValueText.number(storage))GiB" + (entry.storageType.isEmpty ? "" : " \(entry.storageType)"))
        }
        if let multiAZ = resource.multiAZ { parts.append(multiAZ ? "Multi-AZ" : "Single-AZ") }
        if let cost = cost(entry) { parts.append(cost) }
        return parts
    }

    func reading(_ finding: Finding) -> String? {
        guard let value = value(finding), let threshold = threshold(finding), let metric = finding.metric, finding.sign != "=="
        else { return nil }
        // A time until an event has a lower limit.
        if let expression = finding.expression { return "\(expression): \(value), 임계값 \(threshold)" }
        if finding.sign?.hasPrefix("<") == true { return "\(title(metric)) \(value)(임계값 \(threshold))" }
        return "\(title(metric)) \(value) / \(threshold)"
    }

    func title(_ action: Action) -> String {
        switch action {
        case .move(let target): "\("\(target)".with(.direction)) 업그레이드"
        case .moveUp: "상위 티어"
        case .plan(let target): "\(target) 계획"
        case .growStorage: "스토리지 증설"
        case .addReplica: "읽기 전용 복제본"
        case .raiseCapacity: "용량 증설"
        case .enableMultiAZ: "Multi-AZ"
        case .upgradeEngine: "엔진 업그레이드"
        case .convertStorage(let type): "\(type) 스토리지"
        case .anyOf(let actions): actions.map(title).joined(separator: " 또는 ")
        }
    }

    func pieces(_ outlook: ForecastEvidence, _ measure: QuantityKind?, asOf now: Timestamp) -> [String] {
        switch outlook {
        case .value(_, let range, let time, _):
            guard let measure else { return [] }
            let ends = [range.lowerBound, range.upperBound].map { text(Quantity($0, measure)) }
            return ["\(day(time, asOf: now)) \(ends[0])~\(ends[1])"]
        case .crossing(.expected(let time, let earliest, let latest), _):
            let range = earliest.map { "\(day($0, asOf: now)) ~ \(latest.map { day($0, asOf: now) } ?? "")" }
            return ["\(day(time, asOf: now)) 예상", range.map { "(\($0))" }].compactMap { $0 }
        case .crossing(.notBefore(let time), _): return ["\(time.date.year)년 \(Self.day(time)) 이후"]
        case .crossing(.insufficientHistory, _): return []
        case .monthEnd(let forecast): return ["\(forecast.low)~\(forecast.high), 80% 범위"]
        }
    }

    // MARK: Spend

    func title(_ money: SpendReport) -> String {
        // The middle of a month is in it in every time zone.
        "\((money.begin + .seconds(14 * 86_400)).date.month)월 청구서"
    }

    func source(_ money: SpendReport, asOf: Timestamp) -> String {
        guard let source = money.source, let until = money.dataUntil else {
            return "알려진 요금이 없습니다. AWS/Billing의 EstimatedCharges 또는 청구서를 수집하세요"
        }
        let hours = Int((asOf - until).seconds / 3600)
        let age = hours < 1 ? "최신" : hours < 72 ? "\(hours)시간 전" : "\(hours / 24)일 전"
        let missing = until <= money.begin ? ". 이번 달 데이터는 아직 없습니다" : ""
        return "\(title(source)), \(age)\(missing)"
    }

    func forecast(_ forecast: BillForecast?, _ gap: BillForecast.Gap?) -> String {
        if let forecast { return "예상 \(forecast.expected)(\(forecast.low)~\(forecast.high))" }
        return gap.map { "예측 없음: \(clause($0))" } ?? "예측 없음"
    }

    func spent(_ status: BudgetStatus) -> String {
        let percent = status.percent.map { "(\($0)%)" } ?? ""
        return "\(status.budget.limit) 중 \(Self.text(status.actual)) 사용\(percent)"
    }

    func verdict(_ status: BudgetStatus) -> String? {
        if let actual = status.actual, status.state == .alarm { return "한도를 \(actual - status.budget.limit) 초과" }
        if let passesAt = status.passesAt { return "현재 속도라면 \(Self.day(passesAt.date))에 한도 초과" }
        if let forecast = status.forecast, forecast.expected.amount > status.budget.limit.amount {
            return "월말에 한도를 \(forecast.expected - status.budget.limit) 초과할 것으로 예상"
        }
        if let forecast = status.forecast, forecast.high.amount > status.budget.limit.amount {
            return "한도를 넘을 수 있음: 월말에 \(forecast.high)를 넘을 확률 10%"
        }
        return nil
    }

    func change(_ service: SpendReport.Service) -> String {
        if service.spent != nil, service.before?.amount == 0 { return "신규" }
        return service.change.map { $0.amount < 0 ? "\($0)" : "+\($0)" } ?? ""
    }

    func anomaly(_ anomaly: CostAnomaly, _ money: SpendReport) -> String {
        clause(anomaly, of: money.services.first { $0.id == anomaly.service }?.title ?? anomaly.service)
    }
}
