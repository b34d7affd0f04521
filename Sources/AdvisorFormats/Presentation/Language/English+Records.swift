import AdvisorCore

extension English {
    func settled(_ life: RecommendationRecord, of entry: ResourceReview, asOf now: Timestamp) -> String {
        var line =
            "\(capitalized(headline(life.summary.steps)))\(LifecycleSection.number(life)): \(state(life, asOf: now))"
        let isQuiet = entry.recommendation.map { $0.steps.isEmpty && $0.kind == .stay } ?? false
        if life.state == .claimed, isQuiet, let id = life.id {
            line += "; its rules are OK now: run `advisor recommendations done \(id)` if it was done"
        }
        if life.isOpen { line += "; kept until its rules have data again" }
        return line
    }

    /// `snoozed until 2 Apr 00:00`.
    func state(_ life: RecommendationRecord, asOf now: Timestamp) -> String {
        let changed = time(life.changedAt, asOf: now)
        if let ended = life.endedAt, let ending = life.ending {
            let moment = time(ended, asOf: now)
            return switch ending {
            case .cleared: "withdrawn \(moment), its rules are OK"
            case .gone: "ended \(moment), the resource no longer exists"
            case .checked: "done, \(life.outcome.map(verdict) ?? "checked") on \(moment)"
            }
        }
        return switch life.state {
        case .open: "open since \(changed)"
        case .claimed: "claimed \(changed)" + (life.note.map { " by \($0)" } ?? "")
        case .done:
            "done \(changed), checked from \(time(life.changedAt + RecommendationLifecycle.grace, asOf: now)) on"
        case .dismissed: "dismissed \(changed)" + (life.note.map { " (\($0))" } ?? "")
        case .snoozed: "snoozed until \(life.until.map { time($0, asOf: now) } ?? "?")"
        }
    }

    /// `confirmed`, `not confirmed` or `inconclusive`.
    func verdict(_ outcome: RecommendationOutcome) -> String {
        switch outcome.verdict {
        case .hit: "confirmed"
        case .miss: "not confirmed"
        case .unknown: "inconclusive"
        }
    }

    /// `$13.98 → $25.66 a month`.
    func cost(_ summary: RecommendationSummary) -> String {
        let most = summary.costAfter == summary.after ? summary.afterMaximum.map { " to \($0)" } ?? "" : ""
        let cost = "\(Self.text(summary.costBefore)) → \(Self.text(summary.costAfter))\(most) a month"
        return summary.effect == nil || summary.isExpected ? cost : listed(cost)
    }
}

extension English {
    /// `open, snoozed or dismissed`.
    private static func alternatives(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }

    func clause(_ refusal: RecommendationRefusal) -> String {
        func name(_ id: Int64?) -> String { id.map { "#\($0)" } ?? "it" }
        return switch refusal {
        case .changedLater(let id, let changedAt, let now): "\(name(id)) changed at \(changedAt), which is later than \(now)"
        case .ended(let id, let time): "\(name(id)) ended at \(time); `advisor recommendations` lists the active ones"
        case .wrongState(let id, let state, let command, let allowed):
            "\(name(id)) is \(state.rawValue); `\(command)` needs one that is \(Self.alternatives(allowed.map(\.rawValue)))"
        case .snoozeInPast(let until, let now): "snooze time must be in the future: \(until) is not after \(now)"
        case .alreadyOpen(let id): "\(name(id)) is already open"
        case .superseded(let id, let resource): "#\(id) is the recommendation for \(resource) now"
        }
    }
}
