import AdvisorCore
import Foundation

extension Korean {
    func text(_ phrase: ReportPhrase) -> String {
        switch phrase {
        case .spentOfBudget(let spent, let limit):
            return spent.map { "이번 달 \(limit) 중 \($0) 사용" } ?? "이번 달 한도 \(limit), 사용액 알 수 없음"
        case .limit(let value): return "임계값 \(value)"
        case .since(let time): return "\(time)부터"
        case .okSince(let time): return "\(time)부터 정상"
        case .noDataSince(let time): return "\(time)부터 데이터 없음"
        case .rulesWithoutData(let gap, let titles):
            let rest = titles.count > 2 ? " 외 \(titles.count - 2)개" : ""
            return "\(gap). 규칙 \(titles.count)개를 평가할 수 없습니다(\(titles.prefix(2).joined(separator: ", "))\(rest))"
        case .ignoredResources(let count, let limit):
            return "리소스 \(ValueText.grouped("\(count)"))개를 더 평가하지 않았습니다. advisor.yaml에 선언되지 않은 리소스는 종류별로 처음 \(limit)개만 평가합니다. "
                + "필요한 리소스를 선언하거나 나머지를 `advisor store forget --undeclared`로 삭제하세요."
        case .servicesAsExpected(let count): return "서비스 \(count)개 모두 예상 비용 이내"
        case .servicesUnknown(let names): return "\(names.joined(separator: ", ")): 데이터 없음"
        case .rulesSatisfied(let count): return "규칙 \(count)개가 정상입니다."
        case .score(let hits, let misses, let unknown):
            return "확인 \(hits + misses + unknown)건: 효과 확인 \(hits)건, 효과 없음 \(misses)건, 확인 불가 \(unknown)건"
        case .notNotified(let state, let why): return "\(title(state)), 알림 보류: \(why)"
        case .state(let state, let value, let comparison, let since):
            return title(state) + (value.map { ": \($0)" } ?? "") + (comparison.map { ", 규칙 조건 \($0)" } ?? "")
                + (since.map { ", \($0)부터" } ?? "")
        }
    }

    func text(_ phrase: BillPhrase) -> String {
        switch phrase {
        case .atLeast(let money): "\(money) 이상"
        case .totals(let before, let after, let range, let isWhole):
            "\(before) → \(after)\(isWhole ? "" : " 이상")\(range.map { "(\($0.least)~\($0.most))" } ?? "")"
        case .listed(let totals): "정가 기준 \(totals)"
        case .models(let fixed, let usage, let declared):
            "고정 \(amount(fixed)), 사용량 기반 \(amount(usage)), 선언 \(amount(declared))"
        case .priced(let item, let price, let unit): "\(item)(\(unit)당 \(price))"
        case .wholeStack(let totals): "스택 전체 월 \(totals). 항목별 금액은 `--bill`로 확인합니다"
        case .pricedFrom(let source, let date): "\(source), \(date) 기준"
        case .soFar(let money): "현재까지 \(money)"
        case .budget(let name): name == "monthly" ? "월 예산" : "\(name) 예산"
        case .ofLimit(let money): "/ \(money)"
        case .more(let count): "외 \(count)개"
        case .reconciled(let bill): reconciled(bill)
        case .otherCurrencies(let currencies): "\(currencies.joined(separator: ", ")) 요금은 제외했습니다"
        }
    }

    func text(_ phrase: SavingsPhrase) -> String {
        switch phrase {
        case .upTo(let amount): return "최대 \(amount)"
        case .saved(let amount): return "월 \(amount) 절감"
        case .tips(let total): return "비용 절감 팁" + (total.map { ": 월 \($0)" } ?? "")
        case .risk(let risk): return "위험: \(title(risk))"
        case .counted(let basis): return "산정 기준: \(basis)."
        case .allowance(let usage): return allowance(usage)
        case .credits(let credits): return self.credits(credits)
        case .freePlan(let end, let isOver):
            return isOver
                ? "AWS 무료 플랜이 \(end)에 종료되었습니다."
                : "AWS 무료 플랜은 \(end)에, 또는 크레딧을 모두 사용하면 종료됩니다. 그 후에는 업그레이드하지 않으면 계정이 해지됩니다."
        case .stalePrices(let count, let oldest, let date):
            return
                "사용한 가격 중 \(count)개가 \(PriceBook.staleAfterDays)일 이상 지났습니다(\(oldest), \(date) 확인). 목록은 `advisor prices`로 확인합니다."
        case .usageUnknown(let titles): return "사용량 알 수 없음: \(titles.joined(separator: ", "))"
        }
    }

    private func allowance(_ use: FreeTierUsage) -> String {
        let whole = use.text(of: use.allowance.amount, self)
        guard let used = use.used, let share = use.share else { return "사용량 알 수 없음, 무료 한도 \(whole)" }
        func percent(_ share: Double) -> String { "\(ValueText.number((share * 100).rounded()))%" }
        var text = "\(whole) 중 \(use.text(of: used, self)) 사용(\(percent(share)))"
        if use.allowance.span == .month, let expected = use.expectedShare { text += ", 월말 예상 \(percent(expected))" }
        if let ends = use.ends { text += ", \(ends)까지 무료" }
        if use.expectedShare ?? share > 1 { text += ", 초과분: \(use.allowance.beyond)" }
        return text
    }

    private func credits(_ credits: PromotionalCredits) -> String {
        var text = "크레딧 잔액: \(credits.balance)"
        if let burn = credits.burn {
            text += ", 하루 \(burn) 사용(\(clause(credits.burnSource)))"
            if let ends = credits.endsOn {
                text += credits.isSpent ? ". \(ends)에 모두 소진됩니다" : ". 모두 사용하기 전에 \(ends)에 만료됩니다"
            } else if credits.balance.amount > 0 {
                text += ". 현재 속도로는 소진되지 않습니다"
            }
        } else {
            text += ", 사용 속도 알 수 없음: \(clause(credits.burnSource))"
        }
        let lost = credits.lines.compactMap(\.lost).reduce(Money(0), +)
        if lost.amount > 0 { text += ". 사용하지 못하고 만료될 크레딧은 \("\(lost)")입니다" }
        return text + "."
    }

    func text(_ phrase: PlanPhrase) -> String {
        switch phrase {
        case .prices(let region): return "\(region) 온디맨드 가격, 미국 달러"
        case .priceCount(let all, let stale, let unknown):
            return "가격 \(all)개 중 \(PriceBook.staleAfterDays)일 이상 지난 가격 \(stale)개, 알 수 없는 가격 \(unknown)개."
        case .price(let amount, let unit, let region): return "\(unit)당 \(amount), \(region)"
        case .hours(let hours): return "\(hours)시간"
        case .age(let days, let isStale):
            return (days < 0 ? "현재보다 이후" : "\(days)일 전") + (isStale ? ". 오래되었으니 다시 확인하세요" : "")
        case .ownPrice(let id, let isSet):
            return isSet
                ? "advisor.yaml의 `prices:`에서 지정했습니다" : "advisor.yaml에 `prices: { \(id): $… }`를 추가하면 대체됩니다"
        case .users(let users, let source): return "사용자 \(ValueText.number(users))명(\(title(source)))"
        case .growth(let percent, let source): return "월 \(ValueText.number(percent))% 증가(\(title(source)))"
        case .moves(let policy): return "moves: \(policy.rawValue)"
        case .oldSample(let time, let age):
            return "마지막 샘플이 \(text(age)) 전(\(time)) 데이터입니다. 현재 사용자 수와 부하는 알 수 없습니다."
        case .firstLimit(let event, let month): return "첫 번째 한도: \(month), \(event)."
        case .planned(let event, let tier):
            return "\(event): 규칙은 \((tier ?? "다음 티어").with(.direction))의 업그레이드를 계획하기만 합니다. 여기서는 경보가 시작되면 바로 실행한다고 가정합니다."
        }
    }

    func text(_ phrase: BacktestPhrase) -> String {
        switch phrase {
        case .header(let from, let to, let rules, let episodes):
            "\(fullTime(from)) ~ \(fullTime(to)): 규칙 \(Self.count(rules))개, 경보 \(Self.count(episodes))건. 전체 기간에 현재 advisor.yaml을 적용했습니다."
        case .neverFired(let rules): "규칙 \(Self.count(rules))개는 한 번도 경보가 없었습니다."
        case .didNotApply(let rules):
            "규칙 \(Self.count(rules))개는 적용되지 않았습니다. 이유는 `advisor rules explain`으로 확인합니다."
        case .advice(let resource): "\(resource)에 권장했을 내용"
        case .lastChanges(let shown, let all): "변경 \(all)건 중 최근 \(shown)건. 전체는 --format json으로 확인합니다"
        case .cost(let following, let staying, let days):
            "권장 사항을 받는 즉시 적용하고 되돌리지 않았다면 \(ValueText.number(days))일간 \(following), 현재 티어를 유지했다면 \(staying)입니다(\(Self.difference(following.toCents - staying.toCents))). 정가 기준이며 크레딧, 백업, 전송 비용은 별도입니다"
        case .costs(let there, let here): "권장 적용 시 비교 규칙 \(there), 현재 규칙 \(here)"
        case .alerts(let alerts, let end): text(alerts, asOf: end)
        case .longest(let shown, let all): "경보 \(Self.count(all))건 중 가장 긴 \(shown)건. 전체는 --format csv로 확인합니다"
        case .peak(let value): "최고 \(value)"
        case .compared(let counts):
            "다른 규칙과 비교: \(counts.map { "\(Self.word($0.kind)) \($0.count)건" }.joined(separator: ", "))."
        case .more(let count): "외 \(count)건. 전체는 --format csv로 확인합니다"
        }
    }

    private static func word(_ kind: EpisodeChange.Kind) -> String {
        switch kind {
        case .same: "동일"
        case .shifted: "시각 변경"
        case .gained: "추가"
        case .lost: "제거"
        }
    }

    private static func difference(_ difference: Money) -> String {
        difference.amount == 0
            ? "차이 없음" : difference.amount < 0 ? "\(Money(0) - difference) 절감" : "\(difference) 추가"
    }

    private func text(_ alerts: Backtest.Alerts, asOf end: Timestamp) -> String {
        let held = alerts.held > 0 ? ". \(Self.count(alerts.held))건은 음소거 또는 억제되었습니다" : ""
        guard alerts.total > 0 else { return "보냈을 알림이 없습니다\(held)" }
        let kinds = Severity.allCases.reversed().compactMap { severity in
            alerts.alarms[severity].map { "\(title(severity)) \($0)건" }
        }
        let busiest = alerts.busiest.map { ". 가장 많은 날은 \(day($0.day, asOf: end)) \($0.count)건입니다" } ?? ""
        let all = (kinds + ["해제 \(alerts.resolved)건"]).joined(separator: ", ")
        return "그룹화 전 기준 \(Self.count(alerts.total))건: \(all)\(busiest)\(held)"
    }

    func text(_ phrase: ExplanationPhrase) -> String {
        switch phrase {
        case .value(let text, let value, let isOfNewest): "\(text): \(isOfNewest ? "최신 데이터 포인트에서 " : "")\(value)"
        case .unknown(let why): "알 수 없음: \(why)"
        case .unknownOfNewest(let why): "최신 데이터 포인트에서 알 수 없음: \(why)"
        case .asOf(let place, let time): "\(place), \(time) 기준"
        case .coverage(let covered, let periods, let start, let end):
            "구간 \(start) ~ \(end)의 주기 \(periods)개 중 \(covered)개에 데이터가 있습니다. 절반 이상이 필요합니다"
        case .newestSamples(let count, let values): "최신: 샘플 \(count)개, \(values.joined(separator: ", "))"
        case .sampleCount(let count): "최신 데이터 포인트의 샘플 \(count)개. 전체는 --format json으로 확인합니다"
        case .evaluated(let time, let datapoints, let hasOlder):
            "\(time), 최신 데이터 포인트 \(datapoints)개\(hasOlder ? ". 괄호 안의 이전 값은 반영하지 않습니다" : "")"
        case .factsDecide(let value): "설정값만으로 판정: \(value)"
        }
    }
}
