import AdvisorCore

extension Korean {
    func headline(_ steps: [RecommendationSummary.Step]) -> String { steps.map(step).joined(separator: ", ") }

    private func step(_ step: RecommendationSummary.Step) -> String {
        self.step(step.action, from: step.from, to: step.to) + capacity(step.capacity)
    }

    /// `db.t4g.small로 업그레이드`.
    func step(_ action: Recommendation.Kind, from: StepTarget?, to: StepTarget?) -> String {
        let target = to.map(Self.text) ?? "알 수 없는 대상"
        return switch action {
        case .move: "\(target.with(.direction)) \(Self.move(from: from?.tier, to: to?.tier))"
        case .plan: "다음 단계로 \(target) 계획"
        case .growStorage: "스토리지를 \(target.with(.direction)) 증설"
        case .addReplica: "읽기 전용 복제본 추가(총 \(target))"
        case .enableMultiAZ: "Multi-AZ 활성화"
        case .raiseCapacity: "최대 용량을 \(target.with(.direction)) 증설"
        case .upgradeEngine: to == nil ? "엔진 업그레이드" : "\(target.with(.direction)) 업그레이드"
        case .convertStorage: "스토리지를 \(target.with(.direction)) 변환"
        case .lowerCapacity: "최소 용량을 \(target.with(.direction)) 축소"
        case .stay: "현재 티어 유지"
        case .unknown: "데이터 부족"
        }
    }

    static func text(_ target: StepTarget) -> String {
        switch target {
        case .tier(let id): id
        case .storage(let gibibytes): "\(ValueText.number(gibibytes))GiB"
        case .replicas(let count): "\(count)개"
        case .storageType(let id): id
        case .capacity(let units), .minimumCapacity(let units): "\(English.units(units)) ACU"
        case .availability(let multiZone): multiZone ? "Multi-AZ" : "Single-AZ"
        case .engine: target.text
        }
    }

    /// Up and down within an offer are an upgrade and a downgrade; another engine or provider is a migration.
    private static func move(from: String?, to: String?) -> String {
        guard let from, let to else { return "업그레이드" }
        let sizes = ["free", "pro", "nano", "micro", "small", "medium", "large", "xlarge"]
        func place(_ id: String) -> (offer: Substring, size: Double?) {
            let last = id.split { $0 == "." || $0 == "-" }.last.map(String.init) ?? id
            let size = last.hasSuffix("xlarge") ? last.dropLast(6) : ""
            let rank = Double(size).map { 7 + $0 } ?? sizes.firstIndex(of: last).map(Double.init)
            return (id.prefix { $0 != "." && $0 != "-" }, rank)
        }
        let (old, new) = (place(from), place(to))
        guard old.offer == new.offer else { return "마이그레이션" }
        guard let before = old.size, let after = new.size else { return "업그레이드" }
        return after < before ? "다운그레이드" : "업그레이드"
    }

    func clause(_ reason: RecommendationChangeReason, asOf now: Timestamp) -> String {
        switch reason {
        case .recommended(let rules): "근거: \(rules.map(ruleTitle).joined(separator: ", "))"
        case .stepsChanged(let before): "이전 권장: \(headline(before))"
        case .severityRaised(let before, let after): "심각도 변경: \(title(before)) → \(title(after))"
        case .firedAgain(let after): "정상이 된 지 \(text(after)) 만에 다시 경보 상태"
        case .moreRules(let rules, let instead):
            "권장 근거 추가: \(rules.map(ruleTitle).joined(separator: ", "))\(other(instead))"
        case .moreSevere(let before, let after, let instead):
            "심각도 변경: \(title(before)) → \(title(after))\(other(instead))"
        case .snoozeEnded: "일시 중지 종료"
        case .rulesOk: "더 이상 권장하지 않습니다. 관련 규칙이 모두 정상입니다"
        case .resourceGone: "리소스가 삭제됨"
        case .checked(let outcome): clause(outcome)
        case .didNotHelp(let outcome): "적용했으나 \(clause(outcome))"
        case .claimedBy(let name): name.map { "담당자 \($0)" } ?? "직접 지정"
        case .noted(let text): text
        case .snoozed(let until): "\(time(until, asOf: now))까지"
        case .byHand: "직접 변경"
        }
    }

    private func ruleTitle(_ id: String) -> String { rules[id]?.title ?? id }

    private func other(_ instead: [RecommendationSummary.Step]?) -> String {
        instead.map { ". 담당자가 지정된 내용 대신 \(headline($0)) 권장" } ?? ""
    }

    func clause(_ outcome: RecommendationOutcome) -> String {
        let open = outcome.open.map(ruleTitle).joined(separator: ", ")
        let rules =
            switch outcome.rules {
            case .cleared: "관련 규칙이 정상입니다"
            case .standing: "\(open) 경보가 계속되고 있습니다"
            case .unknown: "\(open) 규칙의 데이터가 부족합니다"
            }
        let bill =
            switch outcome.bill {
            case .asSaid: "정가 기준 비용은 예상대로 월 \(Self.text(outcome.actual))입니다"
            case .different: "정가 기준 비용은 월 \(Self.text(outcome.actual))로, 예상한 \(Self.text(outcome.expected))와 다릅니다"
            case .unknown: outcome.actual == nil ? "비용은 알 수 없습니다" : "advisor.yaml에는 아직 이전 구성이 있습니다"
            }
        return "\(rules). \(bill)\(outcome.measured.map { ". \(measured($0))" } ?? "")"
    }

    private func measured(_ change: MeasuredCostChange) -> String {
        "\(change.service) 요금은 변경 전 월 \(change.before), 변경 후 월 \(change.after)입니다(\(change.daysBefore)일과 \(change.daysAfter)일 기준)"
    }

    // MARK: Records

    func settled(_ life: RecommendationRecord, of entry: ResourceReview, asOf now: Timestamp) -> String {
        var line = "\(headline(life.summary.steps))\(LifecycleSection.number(life)): \(state(life, asOf: now))"
        let isQuiet = entry.recommendation.map { $0.steps.isEmpty && $0.kind == .stay } ?? false
        if life.state == .claimed, isQuiet, let id = life.id {
            line += ". 관련 규칙이 지금은 정상입니다. 적용했다면 다음을 실행하세요: `advisor recommendations done \(id)`"
        }
        if life.isOpen { line += ". 관련 규칙의 데이터가 다시 수신될 때까지 유지됩니다" }
        return line
    }

    func state(_ life: RecommendationRecord, asOf now: Timestamp) -> String {
        let changed = time(life.changedAt, asOf: now)
        if let ended = life.endedAt, let ending = life.ending {
            let moment = time(ended, asOf: now)
            return switch ending {
            case .cleared: "\(moment) 철회, 관련 규칙 정상"
            case .gone: "\(moment) 종료, 리소스 삭제"
            case .checked: "완료, \(moment) \(life.outcome.map(verdict) ?? "확인")"
            }
        }
        return switch life.state {
        case .open: "\(changed)부터 열림"
        case .claimed: "\(changed) 담당 지정" + (life.note.map { "(\($0))" } ?? "")
        case .done: "\(changed) 완료, \(time(life.changedAt + RecommendationLifecycle.grace, asOf: now))부터 확인"
        case .dismissed: "\(changed) 기각" + (life.note.map { "(\($0))" } ?? "")
        case .snoozed: "\(life.until.map { time($0, asOf: now) } ?? "?")까지 일시 중지"
        }
    }

    func verdict(_ outcome: RecommendationOutcome) -> String {
        switch outcome.verdict {
        case .hit: "효과 확인"
        case .miss: "효과 없음"
        case .unknown: "확인 불가"
        }
    }

    func cost(_ summary: RecommendationSummary) -> String {
        let most = summary.costAfter == summary.after ? summary.afterMaximum.map { "~\($0)" } ?? "" : ""
        let cost = "월 \(Self.text(summary.costBefore)) → \(Self.text(summary.costAfter))\(most)"
        return summary.effect == nil || summary.isExpected ? cost : listed(cost)
    }

    func clause(_ refusal: RecommendationRefusal) -> String {
        func name(_ id: Int64?) -> String { id.map { "#\($0)" } ?? "이 권장 사항" }
        return switch refusal {
        case .changedLater(let id, let changedAt, let now):
            "\(name(id).with(.topic)) \(changedAt)에 변경되었으며, 이는 \(now)보다 나중입니다"
        case .ended(let id, let time):
            "\(name(id).with(.topic)) \(time)에 종료되었습니다. 유효한 권장 사항은 `advisor recommendations`로 확인합니다"
        case .wrongState(let id, let state, let command, let allowed):
            "\(name(id).with(.topic)) \(word(state)) 상태입니다. `\(command)` 명령은 \(allowed.map(word).joined(separator: " 또는 ")) 상태에서 사용합니다"
        case .snoozeInPast(let until, let now): "일시 중지 시각은 미래여야 합니다. \(until), 현재 \(now)"
        case .alreadyOpen(let id): "\(name(id).with(.topic)) 이미 열려 있습니다"
        case .superseded(let id, let resource): "\(resource)의 현재 권장 사항은 #\(id)입니다"
        }
    }

    private func word(_ state: RecommendationRecord.State) -> String {
        switch state {
        case .open: "열림"
        case .claimed: "담당 지정"
        case .done: "완료"
        case .dismissed: "기각"
        case .snoozed: "일시 중지"
        }
    }
}
