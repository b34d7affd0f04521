import AdvisorCore
import Foundation

extension Korean {
    func label(_ alert: Alert) -> String {
        switch alert.kind {
        case .alarm, .budget, .anomaly, .stale, .runFailed, .endpointDisabled:
            alert.status == .resolved ? "해제" : title(alert.severity)
        case .resolved: "해제"
        case .recommendation:
            switch AdviceChange(alert.content) {
            case .new, nil: "권장"
            case .changed: "권장 변경"
            case .withdrawn: "권장 철회"
            }
        case .test: "테스트"
        }
    }

    func title(_ content: AlertContent) -> String {
        switch content {
        case .firing(let target, let reason, let others, _):
            "\(target): \(others == 0 ? title(reason) : "규칙 \(others + 1)개 경보")"
        case .single(let target, let reason): "\(target): \(clause(reason))"
        case .resolved(let target, let reason, let others, _, _): "\(target): \(backToNormal(reason, others))"
        case .newMonth(let target, let reason, let others, _, _): "\(target): 새 달 시작, \(subject(reason, others)) 해제"
        case .recommendation(let resource, let steps, _):
            AdviceChange(content) == .withdrawn
                ? "\(resource): 권장 철회: \(headline(steps))" : "\(resource): \(headline(steps)) 권장"
        case .budgetSpent(let budget, let step): "\(name(budget)): \(Self.share(ofStep: step)) 초과 사용"
        case .budgetForecast(let budget): "\(name(budget)): 월말 초과 예상"
        case .receiverDisabled(let receiver, _): "수신자 '\(receiver)' 비활성화: 더 이상 알림을 받지 않습니다"
        case .test(let receiver): "수신자 '\(receiver)' 테스트(advisor)"
        }
    }

    func summary(_ content: AlertContent, asOf now: Timestamp) -> String {
        switch content {
        case .firing(_, let reason, let others, let since):
            "\(clause(reason))\(others == 0 ? "" : " 외 규칙 \(others)개")\(since.map { ". \($0)부터 경보 상태입니다" } ?? "")"
        case .single(_, let reason): clause(reason)
        case .resolved(_, let reason, let others, let began, let ended):
            "\(reason.map(title) ?? subject(nil, others)): 경보 해제(\(began) ~ \(ended), \(text(Quantity(ended - began)))간 지속)"
        case .newMonth(_, _, _, let began, let ended):
            "새 달이 시작되어 누적 요금이 초기화되었습니다. 비용이 줄어든 것은 아닙니다. 경보는 \(began)부터 \(ended)까지 지속되었습니다"
        case .recommendation(_, _, let reason): clause(reason, asOf: now)
        case .budgetSpent(let budget, _), .budgetForecast(let budget): sentences(budget)
        case .receiverDisabled(let receiver, let problem):
            "\(problem). 이 수신자의 알림은 보류됩니다. 문제를 해결한 후 `advisor alerts retry --receiver \(receiver)`를 실행하세요."
        case .test: "`advisor alerts test`로 보낸 테스트 메시지입니다."
        }
    }

    func title(_ reason: AlertReason) -> String {
        switch reason {
        case .ruleInAlarm(let rule, _, _): title(rule)
        case .costsMore: "평소보다 높은 비용"
        case .noData(let since, _, let resource): "\(since)부터 \(resource == nil ? "수집된 데이터 없음" : "데이터 없음")"
        case .runFailed: "실행 실패"
        case .active(let reason, _), .ended(let reason, _): title(reason)
        case .recommended(let rule): rules[rule]?.title ?? rule
        }
    }

    func clause(_ reason: AlertReason) -> String {
        switch reason {
        case .ruleInAlarm(let rule, let summary, let measured):
            measured.flatMap { self.summary(rule, summary, $0) } ?? title(rule)
        case .costsMore(let service, let anomaly): clause(anomaly, of: service)
        case .noData(let since, let age, let resource):
            "\(resource == nil ? "수집된 데이터" : "데이터")가 \(text(age))째 없습니다. 마지막 샘플은 \(since)이며, 규칙을 평가할 데이터가 부족합니다"
        case .runFailed(let problem, let others): problem + (others == 0 ? "" : " 외 문제 \(others)건")
        case .active(let reason, let since): "\(title(reason)), \(since)부터"
        case .ended(let reason, let time): "\(time)에 해제: \(title(reason))"
        case .recommended(let rule): "근거: \(rules[rule]?.title ?? rule)"
        }
    }

    func clause(_ anomaly: CostAnomaly, of service: String) -> String {
        let length = anomaly.days == 1 ? "\(Self.day(anomaly.since))" : "\(Self.day(anomaly.since))부터 \(anomaly.days)일간"
        let share = anomaly.percent.map { "(\($0)%)" } ?? ""
        let type = anomaly.usageType.map { ", 주된 항목 \($0.name) \($0.excess)" } ?? ""
        return "\(service) 비용이 \(length) \("\(anomaly.spent)".with(.direction)) 평소보다 \(anomaly.excess)\(share) 많음\(type)"
    }

    /// What ended: the rule, or how many.
    private func subject(_ reason: AlertReason?, _ others: Int) -> String {
        others == 0 ? reason.map(title) ?? "모든 규칙" : "규칙 \(others + 1)개"
    }

    private func backToNormal(_ reason: AlertReason?, _ others: Int) -> String {
        switch reason {
        case .noData: "데이터 수신 재개"
        case .runFailed: "실행 정상화"
        case .costsMore: "비용 정상화"
        case .active(let reason, _), .ended(let reason, _): backToNormal(reason, others)
        case .ruleInAlarm, .recommended, nil: "경보 해제: \(subject(reason, others))"
        }
    }

    // MARK: Budgets

    private func name(_ budget: BudgetMonth) -> String { budget.name == "monthly" ? "월 예산" : "\(budget.name) 예산" }

    /// `80%`, of thousandths.
    private static func share(ofStep step: Int) -> String {
        step % 10 == 0 ? "\(step / 10)%" : "\(step / 10).\(step % 10)%"
    }

    private func sentences(_ budget: BudgetMonth) -> String {
        var text =
            budget.spent.map { "\(budget.month)에 \(budget.limit) 중 \("\($0)".with(.object)) 사용했습니다." }
            ?? "\(budget.month) 예산은 \(budget.limit)이며, 사용액은 알 수 없습니다."
        if let forecast = budget.forecast {
            text += " 월말 예상 지출은 \(forecast.expected)입니다(80% 범위 \(forecast.low)~\(forecast.high))."
        }
        if let day = budget.passesOn { text += " 현재 속도라면 \(Self.day(day))에 한도를 넘습니다." }
        if let source = budget.source, let until = budget.dataUntil { text += " 출처: \(title(source)), \(until)까지." }
        return text
    }

    // MARK: Suppressions

    func clause(_ suppression: Suppression, asOf now: Timestamp) -> String {
        switch suppression {
        case .muted(let until, let reason): "\(time(until, asOf: now))까지 음소거\(reason.map { "(\($0))" } ?? "")"
        case .inhibited(let rule): "\(rule) 규칙에 의해 억제됨"
        case .snoozed(let until): until.map { "\(time($0, asOf: now))까지 일시 중지" } ?? "일시 중지"
        case .quietHours(let until): "\(time(until, asOf: now))까지 방해 금지 시간"
        }
    }

    func title(_ suppression: Suppression) -> String {
        switch suppression {
        case .muted: "음소거"
        case .inhibited(let rule): "\(rule) 경보 상태"
        case .snoozed: "일시 중지"
        case .quietHours: "방해 금지 시간"
        }
    }

    // MARK: Fields

    func text(_ value: AlertValue) -> String {
        switch value {
        case .measured(let quantity): text(quantity)
        case .amount(let money): money.description
        }
    }

    func title(_ field: AlertMessage.Field.Kind) -> String {
        switch field {
        case .value: "값"
        case .since: "시작"
        case .until: "종료"
        case .advice: "권장"
        case .cost: "비용"
        case .project: "프로젝트"
        }
    }

    func value(_ value: String, threshold: String?) -> String { value + (threshold.map { "(임계값 \($0))" } ?? "") }

    func cost(before: Money, after: Money?) -> String {
        guard let after else { return "월 \(before)" }
        let change = after - before
        return "월 \(before) → \(after)(\(change.amount < 0 ? "" : "+")\(change))"
    }

    var reasonsTitle: String { "근거:" }

    func origin(rule: String?, cite: String?) -> String {
        rule.map { "규칙 \($0)" + (cite.map { " · \($0)" } ?? "") } ?? "advisor"
    }
}
