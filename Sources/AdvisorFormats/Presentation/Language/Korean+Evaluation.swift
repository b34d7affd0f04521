import AdvisorCore

extension Korean {
    func clause(_ gap: Evidence.Gap, asOf now: Timestamp) -> String {
        switch gap {
        case .noValue(let reason): clause(reason)
        case .noSeries(let metric): "\(metric) 데이터 없음"
        case .noData(let metric, let since): "\(time(since, asOf: now)) 이후 \(metric) 데이터 없음"
        case .statisticUnavailable(let metric, let statistic):
            "이 규칙에 필요한 \(Self.name(statistic).with(.subject)) \(metric) 샘플에 없음"
        case .unitMismatch(let metric, let unit, let expected): Self.otherUnit(of: metric, unit, expected)
        case .insufficientHistory(let metric, let has, let needs): history(of: metric, has: has, needs: needs)
        case .tooFewDatapoints(let metric): "\(metric) 데이터가 아직 부족함"
        }
    }

    private static func otherUnit(of metric: MetricID, _ unit: String, _ expected: String) -> String {
        "\(metric) 샘플의 단위가 \(expected.with(.subject)) 아니라 \(unit)임"
    }

    func clause(_ reason: UnknownReason) -> String {
        switch reason {
        case .factNotSet(let fact):
            fact.hasPrefix("tier.") || fact == "expected_monthly_cost"
                ? "`\(fact)` 값을 알 수 없음(카탈로그 또는 예산 프리셋에서 가져옵니다)" : "advisor.yaml에 `\(fact)` 설정이 없음"
        case .factOutOfDate(let fact): "advisor.yaml의 `\(fact)` 값이 오래됨(샘플의 값이 더 큼)"
        case .divisionByZero: "식에서 0으로 나눔"
        }
    }

    func clause(_ reason: NoAlertReason, asOf now: Timestamp) -> String {
        switch reason {
        case .doesNotApply(let facts):
            "적용 대상 아님: " + facts.map { "\($0.fact) 값은 \($0.value), 규칙 조건은 \($0.asked)" }.joined(separator: ", ")
        case .noResource(let kind): "advisor.yaml과 저장소에 \(title(kind)) 리소스가 없음"
        case .unknownFact(let fact): clause(.factNotSet(fact: fact))
        case .factOutOfDate(let fact): clause(.factOutOfDate(fact: fact))
        case .dividesByZero: "식에서 0으로 나누어 값이 없음"
        case .neverHadData(let metric, let wanted): "\(metric) 데이터가 한 번도 없음: 저장소에 시계열 \(wanted.text) 없음"
        case .beginsLater(let metric, let first): "\(metric) 데이터가 아직 없음: 첫 샘플은 \(time(first, asOf: now))"
        case .noSuchSeries(let metric, let wanted, let alike):
            "\(metric) 데이터 없음: 저장소에 시계열 \(wanted.text) 없음. 다음을 의미하셨나요? "
                + alike.map(\.text).joined(separator: ", ")
        case .noDataSince(let metric, let since): "\(time(since, asOf: now)) 이후 \(metric) 데이터 없음"
        case .statisticUnavailable(let metric, let statistic):
            "이 규칙에 필요한 \(Self.name(statistic).with(.subject)) \(metric) 샘플에 없습니다. 해당 이름의 CSV 열 또는 CloudWatch Stat을 수집하세요"
        case .unitMismatch(let metric, let unit, let expected):
            Self.otherUnit(of: metric, unit, expected) + ". 올바른 단위로 다시 수집하세요"
        case .insufficientHistory(let metric, let has, let needs): history(of: metric, has: has, needs: needs)
        case .tooFewDatapoints(let metric): "\(metric) 데이터가 아직 부족함"
        case .disabled(let place): "\(place)에서 비활성화됨"
        case .muted(let until, let reason): "\(time(until, asOf: now))까지 음소거\(reason.map { ": \($0)" } ?? "")"
        case .inhibited(let rule): "경보 상태인 \(rule) 규칙에 의해 억제됨"
        }
    }

    func summary(_ finding: Finding, asOf now: Timestamp) -> String {
        let title = title(finding.rule)
        switch finding.state {
        case .alarm: return summary(finding.rule.name, finding.rule.summary, RuleMeasurement(finding)) ?? title
        case .ok: return "\(title): 정상" + (value(finding).map { ", \($0)" } ?? "")
        case .insufficientData:
            return "\(title): 데이터 부족" + (finding.evidence.gap.map { ", \(clause($0, asOf: now))" } ?? "")
        }
    }

    private static func name(_ statistic: Statistic) -> String {
        switch statistic {
        case .average: "평균"
        case .minimum: "최솟값"
        case .maximum: "최댓값"
        case .sum: "합계"
        case .count: "샘플 수"
        case .percentile, .latest: statistic.word
        }
    }

    private func history(of metric: MetricID, has: Quantity, needs: Quantity) -> String {
        "\(metric) 데이터 \(text(needs)) 필요, \(stored(has.value)) 저장됨"
    }

    private func stored(_ seconds: Double) -> String {
        guard seconds > 0 else { return "0일" }
        // Rounded down: six days and 23 hours are less than a week.
        let unit: Double = seconds >= 86_400 ? 86_400 : seconds >= 3600 ? 3600 : 60
        return text(Quantity((seconds / unit).rounded(.down) * unit, .time))
    }

    // MARK: Late samples

    private static let mostChanges = 3

    func clause(_ correction: BackfillCorrection) -> String {
        var texts = correction.changes.prefix(Self.mostChanges).map { change in
            switch change.kind {
            case .gained, .same: "경보 추가(\(Self.spans(change.after)))"
            case .lost: "경보 제거(\(Self.spans(change.before)))"
            case .shifted: "경보 \(Self.spans(change.before)) → \(Self.spans(change.after))"
            }
        }
        if correction.changes.count > Self.mostChanges {
            texts.append("외 \(correction.changes.count - Self.mostChanges)건")
        }
        return
            "\(correction.from)부터 늦게 도착한 샘플로 \(correction.resource)의 \(correction.rule) 결과가 변경됨: \(texts.joined(separator: ", "))"
    }

    private static func spans(_ episodes: [Episode]) -> String {
        episodes.map { "\($0.start) ~ \($0.end.map { "\($0)" } ?? "계속")" }.joined(separator: ", ")
    }
}
