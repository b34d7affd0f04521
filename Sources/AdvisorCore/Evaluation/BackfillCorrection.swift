/// The changes of episodes caused by late samples.
public struct BackfillCorrection: Hashable, Sendable {
    /// The id of the rule.
    public var rule: String
    /// The id of the resource.
    public var resource: String
    /// The start of the first late sample.
    public var from: Timestamp
    /// The last time that had been evaluated; changes after it are new.
    public var evaluatedUpTo: Timestamp
    /// The episodes that were removed, added or changed, by start.
    public var changes: [EpisodeChange]

    /// Compares an alarm's episodes before and after a backfill; nil if none changed.
    /// - Parameters:
    ///   - alarm: The alarm before the backfill.
    ///   - from: The start of the first late sample.
    ///   - before: The recorded transitions.
    ///   - after: The transitions of the new evaluation; those after the last evaluated time are new, not corrections.
    public init?(of alarm: Alarm, from: Timestamp, before: [Transition], after: [Transition]) {
        guard let end = alarm.evaluatedUpTo else { return nil }
        let episodes = [before, after].map { transitions in
            var recorder = EpisodeRecorder(alarm: Alarm(rule: alarm.rule, resource: alarm.resource), sign: nil)
            for transition in transitions where transition.at <= end { recorder.record(transition) }
            return recorder.episodes
        }
        let changes = EpisodeChange.changes(from: episodes[0], to: episodes[1], upTo: end).filter { change in
            // Episodes that ended before the first late sample are not affected.
            change.kind != .same && (change.before + change.after).contains { $0.end.map { $0 > from } ?? true }
        }
        guard !changes.isEmpty else { return nil }
        (rule, resource, self.from, self.changes) = (alarm.rule, alarm.resource, from, changes)
        evaluatedUpTo = end
    }
}
