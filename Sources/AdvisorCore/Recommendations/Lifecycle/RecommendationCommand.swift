/// A command on a recommendation.
public enum RecommendationCommand: Hashable, Sendable {
    /// Claims it, optionally for a named person.
    case claim(by: String?)
    /// Marks it as done.
    case done(note: String?)
    /// Dismisses it.
    case dismiss(reason: String)
    /// Snoozes it until a time.
    case snooze(until: Timestamp)
    /// Reopens it.
    case reopen

    /// The name on the command line.
    public var word: String {
        switch self {
        case .claim: "claim"
        case .done: "done"
        case .dismiss: "dismiss"
        case .snooze: "snooze"
        case .reopen: "reopen"
        }
    }
}

/// Why a command is not possible for a recommendation.
public struct RecommendationRefusal: Error, Hashable, Sendable {
    /// What prevents it, and what to do; one sentence.
    public var problem: String

    /// Creates a refusal.
    public init(_ problem: String) { self.problem = problem }
}

extension RecommendationLifecycle {
    /// Applies a command.
    /// - Throws: `RecommendationRefusal` if the command is not possible in its state.
    public static func act(
        _ act: RecommendationCommand, on life: RecommendationRecord, now: Timestamp
    ) throws(RecommendationRefusal) -> (life: RecommendationRecord, change: RecommendationChange) {
        let name = life.id.map { "#\($0)" } ?? "it"
        if now < life.changedAt {
            throw RecommendationRefusal("\(name) changed at \(life.changedAt), which is later than \(now)")
        }
        var next = life
        next.changedAt = now
        let kind: RecommendationChange.Kind
        let reason: RecommendationChangeReason
        if !life.isCurrent, act != .reopen {
            let ended = life.endedAt ?? now
            throw RecommendationRefusal("\(name) ended at \(ended); `advisor recommendations` lists the active ones")
        }
        switch act {
        case .claim(let by):
            try allow(act, life, [.open, .snoozed, .dismissed], name)
            (kind, next.state, next.until, next.note) = (.claimed, .claimed, nil, by)
            reason = .claimedBy(name: by)
        case .done(let note):
            try allow(act, life, [.open, .claimed, .snoozed, .dismissed], name)
            (kind, next.state, next.until, next.note) = (.done, .done, nil, note)
            reason = note.map(RecommendationChangeReason.noted(text:)) ?? .byHand
        case .dismiss(let note):
            try allow(act, life, [.open, .claimed, .snoozed], name)
            (kind, next.state, next.until, next.note) = (.dismissed, .dismissed, nil, note)
            reason = .noted(text: note)
        case .snooze(let until):
            try allow(act, life, [.open, .claimed, .snoozed], name)
            if until <= now {
                throw RecommendationRefusal("snooze time must be in the future: \(until) is not after \(now)")
            }
            (kind, next.state, next.until, next.note) = (.snoozed, .snoozed, until, nil)
            reason = .snoozed(until: until)
        case .reopen:
            if life.isOpen { throw RecommendationRefusal("\(name) is already open") }
            (kind, next.state, next.until, next.note) = (.reopenedByHand, .open, nil, nil)
            (next.endedAt, next.ending) = (nil, nil)
            reason = .byHand
        }
        next.knownRules = Set(life.summary.rules).union(life.state == .claimed ? life.knownRules : [])
        next.knownSeverity = life.summary.severity
        return (next, RecommendationChange(kind, at: now, from: life.state, life: next, reason: reason))
    }

    private static func allow(
        _ act: RecommendationCommand, _ life: RecommendationRecord, _ states: [RecommendationRecord.State], _ name: String
    ) throws(RecommendationRefusal) {
        guard !states.contains(life.state) else { return }
        let allowed = states.map(\.rawValue).joined(separator: " or ")
        throw RecommendationRefusal("\(name) is \(life.state.rawValue); `\(act.word)` is for one that is \(allowed)")
    }
}
