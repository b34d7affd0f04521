import AdvisorCore

extension English {
    func title(_ title: StatusTitle) -> String {
        switch title {
        case .lastRun: "last run"
        case .evaluated: "evaluated up to"
        case .newestSample: "newest sample"
        case .ignored: "not evaluated"
        case .stale: "stale"
        case .receiver: "receiver"
        case .alert: "alert"
        case .muted: "muted"
        case .snoozed: "snoozed"
        case .suppressed: "suppressed"
        case .neverRan: "never; `advisor run` starts one"
        case .never: "never"
        case .noSample: "none"
        case .nothingPending: "nothing pending"
        }
    }

    func text(_ phrase: StatusPhrase) -> String {
        switch phrase {
        case .at(let time, let age): return age.value < 1 ? "\(time), now" : "\(time), \(text(age)) ago"
        case .inFuture(let time): return "\(time), in the future: is the clock right?"
        case .run(let begin, let code):
            return begin + "; "
                + (code.map { $0 == 0 ? "succeeded" : "exited with \($0)" } ?? "not finished: still running, or killed")
        case .stale(let resource, let newest): return "\(resource): newest sample \(newest)"
        case .entries(let pending, let paused, let failed, let delivered):
            return [(pending, "pending"), (paused, "paused"), (failed, "failed"), (delivered, "delivered")]
                .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        case .oldest(let age): return "oldest pending for \(text(age))"
        case .disabled(let reason): return "paused: \(reason)"
        case .alert(let key, let since, let notified):
            let begin = since.map { "firing since \($0)" } ?? "resolved, not yet notified"
            return "\(key): \(begin), \(notified.map { "notified \(text($0)) ago" } ?? "not notified")"
        case .suppressedBy(let reasons): return "suppressed: \(reasons.joined(separator: ", "))"
        case .until(let time, let reason): return "until \(time)\(reason.map { ": \($0)" } ?? "")"
        case .suppressedCount(let count): return "\(count) so far: muted, snoozed or in quiet hours"
        case .next(let step, let command):
            let words =
                switch step {
                case .ingest: "check the export, then"
                case .deliver: "deliver now:"
                case .retry: "fix it, then"
                case .explain: "see why:"
                }
            return "\(words) `\(command)`"
        }
    }
}
