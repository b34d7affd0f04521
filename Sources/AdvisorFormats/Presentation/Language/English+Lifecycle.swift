import AdvisorCore

extension English {
    func headline(_ steps: [RecommendationSummary.Step]) -> String { steps.map(step).joined(separator: ", ") }

    private func step(_ step: RecommendationSummary.Step) -> String {
        let target = step.to?.text ?? "an unknown target"
        return switch step.action {
        case .move: "move to \(target)\(step.capacity.map { " (up to \(Self.units($0)) ACU)" } ?? "")"
        case .plan: "plan \(target) next"
        case .growStorage: "grow storage to \(target)"
        case .addReplica: "add a read replica (\(target) in all)"
        case .enableMultiAZ: "enable Multi-AZ"
        case .raiseCapacity: "raise the maximum capacity to \(target)"
        case .upgradeEngine: step.to == nil ? "upgrade the engine" : "upgrade to \(target)"
        case .convertStorage: "convert storage to \(target)"
        case .lowerCapacity: "lower the minimum capacity to \(target)"
        case .stay: "stay"
        case .unknown: "insufficient data"
        }
    }

    func clause(_ reason: RecommendationChangeReason, asOf now: Timestamp) -> String {
        switch reason {
        case .recommended(let rules): "because of \(rules.joined(separator: ", "))"
        case .stepsChanged(let before): "earlier advice: \(headline(before))"
        case .severityRaised(let before, let after): "\(after.rawValue), \(before.rawValue) before"
        case .firedAgain(let after): "in ALARM again, \(Self.text(after)) after it was OK"
        case .moreRules(let rules, let instead): "a new reason: \(rules.joined(separator: ", "))\(other(instead))"
        case .moreSevere(let before, let after, let instead):
            "it is \(after.rawValue) now, \(before.rawValue) before\(other(instead))"
        case .snoozeEnded: "snooze ended"
        case .rulesOk: "no longer advised: its rules are OK"
        case .resourceGone: "the resource no longer exists"
        case .checked(let outcome): clause(outcome)
        case .didNotHelp(let outcome): "it was done, and \(clause(outcome))"
        case .claimedBy(let name): name.map { "by \($0)" } ?? "by hand"
        case .noted(let text): text
        case .snoozed(let until): "until \(time(until, asOf: now))"
        case .byHand: "by hand"
        }
    }

    private func other(_ instead: [RecommendationSummary.Step]?) -> String {
        instead.map { ": \(headline($0)), not what was claimed" } ?? ""
    }

    func clause(_ outcome: RecommendationOutcome) -> String {
        let rules =
            switch outcome.rules {
            case .cleared: "its rules are OK"
            case .standing: "\(outcome.open.joined(separator: ", ")) still in ALARM"
            case .unknown: "insufficient data for \(outcome.open.joined(separator: ", "))"
            }
        let bill =
            switch outcome.bill {
            case .asSaid: "at list prices it costs \(Self.text(outcome.actual)) a month as expected"
            case .different:
                "at list prices it costs \(Self.text(outcome.actual)) a month, not the \(Self.text(outcome.expected)) expected"
            case .unknown: outcome.actual == nil ? "its cost is unknown" : "advisor.yaml still has the earlier configuration"
            }
        return "\(rules), and \(bill)\(outcome.measured.map { "; \(measured($0))" } ?? "")"
    }

    private func measured(_ change: MeasuredCostChange) -> String {
        "\(change.service) was charged \(change.before) a month before and \(change.after) after (\(change.daysBefore) and \(change.daysAfter) days)"
    }
}
