import AdvisorCore

extension Korean {
    func title(_ title: StatusTitle) -> String {
        switch title {
        case .lastRun: "마지막 실행"
        case .evaluated: "마지막 평가"
        case .newestSample: "마지막 샘플"
        case .ignored: "평가 제외"
        case .stale: "데이터 중단"
        case .receiver: "수신자"
        case .alert: "알림"
        case .muted: "음소거"
        case .snoozed: "일시 중지"
        case .suppressed: "보류"
        case .neverRan: "없음. `advisor run`으로 시작합니다"
        case .never, .noSample: "없음"
        case .nothingPending: "대기 중인 알림 없음"
        }
    }

    func text(_ phrase: StatusPhrase) -> String {
        switch phrase {
        case .at(let time, let age): return age.value < 1 ? "\(time)(방금)" : "\(time)(\(text(age)) 전)"
        case .inFuture(let time): return "\(time)(미래 시각입니다. 시계를 확인하세요)"
        case .run(let begin, let code):
            return begin + ", " + (code.map { $0 == 0 ? "성공" : "종료 코드 \($0)" } ?? "끝나지 않음(실행 중이거나 중단됨)")
        case .stale(let resource, let newest): return "\(resource): 마지막 샘플 \(newest)"
        case .entries(let pending, let paused, let failed, let delivered):
            return [(pending, "대기"), (paused, "보류"), (failed, "실패"), (delivered, "전달")]
                .filter { $0.0 > 0 }.map { "\($0.1) \($0.0)건" }.joined(separator: ", ")
        case .oldest(let age): return "가장 오래된 대기 \(text(age))"
        case .disabled(let reason): return "보류됨: \(reason)"
        case .alert(let key, let since, let notified):
            let begin = since.map { "\($0)부터 경보" } ?? "해제됨, 아직 알리지 않음"
            return "\(key): \(begin), \(notified.map { "\(text($0)) 전 알림" } ?? "알리지 않음")"
        case .suppressedBy(let reasons): return "보류: \(reasons.joined(separator: ", "))"
        case .until(let time, let reason): return "\(time)까지\(reason.map { ": \($0)" } ?? "")"
        case .suppressedCount(let count): return "지금까지 \(count)건(음소거, 일시 중지 또는 방해 금지 시간)"
        case .next(let step, let command):
            let words =
                switch step {
                case .ingest: "내보내기를 확인한 후"
                case .deliver: "지금 전달:"
                case .retry: "문제를 해결한 후"
                case .explain: "이유 확인:"
                }
            return "\(words) `\(command)`"
        }
    }
}
