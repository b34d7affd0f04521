import AdvisorCore
import Foundation

extension Korean {
    func verdict(_ explanation: Explanation) -> String {
        guard let finding = explanation.finding else { return "적용 대상 아님" }
        let since = finding.since.map { "(\(time($0, asOf: explanation.asOf))부터)" } ?? ""
        if case .disabled? = explanation.silence { return "비활성화됨. 활성 상태라면 \(title(finding.state))\(since)" }
        return title(finding.state) + since
    }

    private static func length(_ milliseconds: Int64) -> String { units(ValueText.duration(Double(milliseconds) / 1000)) }

    func clause(_ choice: PeriodChoice) -> String {
        let asked = "규칙의 주기는 \(Self.length(choice.asked))"
        let own = choice.series.map { own -> String in
            let how =
                switch own.source {
                case .stated: "샘플에 명시됨"
                case .median(let stamps): "최근 샘플 \(stamps)개 간격의 중앙값"
                case .native: "샘플이 적어 기본 주기 사용"
                }
            return "\(own.metric) 주기는 \(Self.length(own.milliseconds))(\(how))"
        }
        let decides =
            choice.decisive.map { ". 가장 긴 \($0.metric) 주기를 적용합니다" }
            ?? (choice.series.contains { $0.milliseconds < choice.asked } ? ". 더 짧은 주기의 샘플은 합칩니다" : "")
        return ([Self.length(choice.milliseconds) + ": " + asked] + own).joined(separator: ", ") + decides
    }

    func sustain(_ explanation: Explanation) -> String? {
        guard let datapoints = explanation.step?.datapoints, let choice = explanation.period else { return nil }
        let sustain = explanation.rule.sustain
        let count = "데이터 포인트 \(datapoints.evaluated)개 중 \(datapoints.toAlarm)개 위반 시 경보"
        if let duration = sustain.duration {
            return "\(count): `for` \(Self.length(duration.milliseconds)), 주기 \(Self.length(choice.milliseconds))"
        }
        guard let asked = sustain.datapoints else { return "\(count): 규칙에 `for`와 `datapoints`가 없음" }
        let text = "\(count): `datapoints: \(asked.toAlarm) of \(asked.evaluated)`"
        return asked == datapoints ? text : "\(text), 주기 \(Self.length(choice.asked)) 기준에서 비례하여 줄임"
    }

    func decision(_ side: Explanation.Side, _ datapoints: Sustain.Datapoints, isClear: Bool) -> String {
        guard let table = side.table else { return "" }
        let word = isClear ? "충족" : "위반"
        let (toAlarm, evaluated) = (datapoints.toAlarm, datapoints.evaluated)
        let counted = "데이터가 있는 \(table.real)개 중 \(table.breaching)개 \(word)"
        let missing = side.missing.rawValue
        let reason: String
        switch table.row {
        case .enough: reason = "\(counted), \(toAlarm)개 필요. 데이터가 있는 \(evaluated)개로 충분하여 누락은 영향이 없음"
        case .filledBreaching:
            reason = "\(counted), 누락된 \(table.filled)개도 \(word)으로 계산(missing: breaching), \(toAlarm)개 필요"
        case .filledNotBreaching:
            reason = "\(counted), 누락된 \(table.filled)개는 제외하고 계산(missing: not_breaching), \(toAlarm)개 필요"
        case .none: reason = "최근 데이터 포인트 \(table.lookedAt)개에 데이터가 없음(missing: \(missing))"
        case .breaching: reason = "\(counted), \(toAlarm)개 필요. 누락이 결과를 바꿀 수 없음"
        case .healthy: reason = "\(counted), \(toAlarm)개 필요. 정상인 값이 있어 누락(missing: \(missing))보다 우선함"
        case .premature:
            reason = "\(counted), 정상인 값이 없고 최근 \(evaluated)개 중 가장 오래된 값이 주기 \(toAlarm)개 이상 지남(missing: \(missing))"
        case .tooYoung: reason = "\(counted), 가장 오래된 값이 주기 \(toAlarm)개보다 새로워 아직 판정할 수 없음(missing: \(missing))"
        case .tooOld: reason = "\(counted), 최근 \(evaluated)개에는 없음(missing: \(missing))"
        }
        return "\(reason): \(isClear ? Self.clearing(table.decision) : outcome(table.decision)). \(source(table))"
    }

    private static func clearing(_ decision: MissingDataTable.Decision) -> String {
        switch decision {
        case .alarm: "경보가 해제됨"
        case .ok, .insufficientData, .retain, .okUnlessAlarm: "경보가 계속됨"
        }
    }

    private func outcome(_ decision: MissingDataTable.Decision) -> String {
        switch decision {
        case .ok: title(AlarmState.ok)
        case .alarm: title(AlarmState.alarm)
        case .insufficientData: title(AlarmState.insufficientData)
        case .retain: "이전 상태 유지"
        case .okUnlessAlarm: "경보는 데이터가 없는 동안 유지되고, 다른 상태는 정상이 됨"
        }
    }

    func source(_ table: MissingDataTable.Lookup) -> String {
        switch table.row {
        case .enough, .none, .healthy, .breaching: "CloudWatch 누락 데이터 표의 `\(table.shownRow)` 행"
        case .filledBreaching, .filledNotBreaching: "CloudWatch 누락 데이터 표의 `\(table.shownRow)` 행과 동일"
        case .premature: "CloudWatch의 조기 상태 전환 규칙, `\(table.shownRow)` 행"
        case .tooYoung: "CloudWatch 표에 없는 경우 A, `\(table.shownRow)`: 상태 유지"
        case .tooOld: "CloudWatch 표에 없는 경우 B, `\(table.shownRow)`"
        }
    }

    func state(_ explanation: Explanation) -> String? {
        guard let step = explanation.step else { return nil }
        var text = "이전 \(title(step.before.state)), 이후 \(title(step.after.state))"
        if let since = step.after.since { text += "(\(since)부터)" }
        if let leaving = step.after.leavingSince, let holding = step.holding {
            text += ". keep_firing_for로 \(leaving)부터 \(leaving + .milliseconds(holding))까지 경보를 유지합니다"
        } else if step.after.state == .alarm, explanation.when?.table?.decision == .ok, explanation.clear != nil {
            text += ". `clear` 조건을 충족하지 않아 경보가 계속됩니다"
        }
        return text
    }

    func threshold(_ explanation: Explanation) -> String? {
        guard let threshold = explanation.threshold else { return nil }
        var text = threshold.text
        if let value = threshold.value { text += " = " + exact(value, threshold.measure) }
        var sources: [String] = threshold.readsSamples ? ["샘플에서 계산"] : []
        sources += threshold.variables.map { variable in
            let override = explanation.overrides.first { $0.variable.name == variable.name }?.mention
            return "변수 \(variable.name) = \(variable.text)\(override.map { "(\($0.file):\($0.line)에서 설정)" } ?? "")"
        }
        sources += threshold.facts.map { fact in
            let value = explanation.finding?.evidence.facts[fact].map {
                Self.units(Fact.words($0, explanation.rule.when.measure(ofFact: fact) ?? .text))
            }
            return "\(fact) = \(value ?? Self.unknown)"
        }
        text += sources.isEmpty ? ", 규칙에 명시됨" : ", " + sources.joined(separator: ", ")
        return text + " (\(explanation.rule.file):\(explanation.rule.line))"
    }

    func clause(_ derivation: StatisticDerivation) -> String {
        switch derivation {
        case .function(let name, let statistic): "각 데이터 포인트 \(statistic.word)의 \(name)"
        case .meanOfAverages(let period): "샘플 수를 알 수 없어 \(Self.samples(period))평균값을 단순 평균"
        case .storedAverages(let period): "저장된 \(Self.samples(period))평균값"
        case .sumOverCount(let period): "\(Self.samples(period))샘플의 합계를 샘플 수로 나눔"
        case .minimum(let period): "\(Self.samples(period))최솟값 중 가장 작은 값"
        case .maximum(let period): "\(Self.samples(period))최댓값 중 가장 큰 값"
        case .averageInPlace(let statistic, let period):
            "\(statistic == .minimum ? "최솟값" : "최댓값")이 저장되어 있지 않아 \(Self.samples(period))평균값 중 가장 \(statistic == .minimum ? "작은" : "큰") 값"
        case .partlyAverages(let statistic, let period):
            "\(Self.samples(period))\(statistic == .minimum ? "최솟값" : "최댓값")과 그것이 없는 곳의 평균값 중 가장 \(statistic == .minimum ? "작은" : "큰") 값"
        case .latest(let period): "\(Self.samples(period))값 중 최신 값"
        case .sum(let period): "\(Self.samples(period))합계의 합"
        case .count(let period): "\(Self.samples(period))샘플 수의 합"
        case .storedPercentile(let statistic): "저장된 \(statistic.word)"
        case .percentileOfValues(let statistic): "개별 값의 \(statistic.word)(선형 보간, R-7)"
        case .percentileOfAverages(let statistic, let period):
            "\(Self.samples(period))평균값의 \(statistic.word)(선형 보간, R-7)"
        }
    }

    /// `5분 `; empty if the periods differ.
    private static func samples(_ period: Quantity?) -> String {
        period.map { units(ValueText.duration($0.value)) + " " } ?? ""
    }
}
