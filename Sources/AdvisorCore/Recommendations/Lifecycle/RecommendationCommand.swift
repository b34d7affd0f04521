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

/// Why a command is not possible for a recommendation; the words are in `Presentation/Language`.
///
/// `id` is nil before the recommendation is stored.
public enum RecommendationRefusal: Error, Reason {
    /// It changed later than the time of the command.
    case changedLater(id: Int64?, changedAt: Timestamp, now: Timestamp)
    /// It ended.
    case ended(id: Int64?, at: Timestamp)
    /// The command is for other states.
    case wrongState(id: Int64?, state: RecommendationRecord.State, command: String, allowed: [RecommendationRecord.State])
    /// The snooze time is not in the future.
    case snoozeInPast(until: Timestamp, now: Timestamp)
    /// It is open already.
    case alreadyOpen(id: Int64?)
    /// Another recommendation for the resource is active.
    case superseded(by: Int64, resource: String)
}

extension RecommendationLifecycle {
    /// Applies a command.
    /// - Throws: `RecommendationRefusal` if the command is not possible in its state.
    public static func act(
        _ act: RecommendationCommand, on life: RecommendationRecord, now: Timestamp
    ) throws(RecommendationRefusal) -> (life: RecommendationRecord, change: RecommendationChange) {
        if now < life.changedAt {
            throw .changedLater(id: life.id, changedAt: life.changedAt, now: now)
        }
        var next = life
        next.changedAt = now
        let kind: RecommendationChange.Kind
        let reason: RecommendationChangeReason
        if !life.isCurrent, act != .reopen {
            throw .ended(id: life.id, at: life.endedAt ?? now)
        }
        switch act {
        case .claim(let by):
            try allow(act, life, [.open, .snoozed, .dismissed])
            (kind, next.state, next.until, next.note) = (.claimed, .claimed, nil, by)
            reason = .claimedBy(name: by)
        case .done(let note):
            try allow(act, life, [.open, .claimed, .snoozed, .dismissed])
            (kind, next.state, next.until, next.note) = (.done, .done, nil, note)
            reason = note.map(RecommendationChangeReason.noted(text:)) ?? .byHand
        case .dismiss(let note):
            try allow(act, life, [.open, .claimed, .snoozed])
            (kind, next.state, next.until, next.note) = (.dismissed, .dismissed, nil, note)
            reason = .noted(text: note)
        case .snooze(let until):
            try allow(act, life, [.open, .claimed, .snoozed])
            if until <= now {
                throw .snoozeInPast(until: until, now: now)
            }
            (kind, next.state, next.until, next.note) = (.snoozed, .snoozed, until, nil)
            reason = .snoozed(until: until)
        case .reopen:
            if life.isOpen { throw .alreadyOpen(id: life.id) }
            (kind, next.state, next.until, next.note) = (.reopenedByHand, .open, nil, nil)
            (next.endedAt, next.ending) = (nil, nil)
            reason = .byHand
        }
        next.knownRules = Set(life.summary.rules).union(life.state == .claimed ? life.knownRules : [])
        next.knownSeverity = life.summary.severity
        return (next, RecommendationChange(kind, at: now, from: life.state, life: next, reason: reason))
    }

    private static func allow(
        _ act: RecommendationCommand, _ life: RecommendationRecord, _ states: [RecommendationRecord.State]
    ) throws(RecommendationRefusal) {
        guard !states.contains(life.state) else { return }
        throw .wrongState(id: life.id, state: life.state, command: act.word, allowed: states)
    }
}
