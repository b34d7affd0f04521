/// What late samples changed of what had been evaluated.
public struct BackfillCorrection: Hashable, Sendable {
    /// The rule's id.
    public var rule: String
    /// The resource's id.
    public var resource: String
    /// Start of the first sample that came late.
    public var from: Timestamp
    /// The last time that had been evaluated; what changed after it is news.
    public var evaluatedUpTo: Timestamp
    /// Episodes that are gone, new or other than they were, by start.
    public var changes: [EpisodeChange]

    /// Compares what an alarm did with what it does now that late samples are there; nil when no episode changed.
    /// - Parameters:
    ///   - alarm: The alarm that stood.
    ///   - from: Start of the first late sample.
    ///   - before: Its changes of state as they were recorded.
    ///   - after: Those of evaluating anew; what lies after the last time evaluated before is news, no revision.
    public init?(of alarm: Alarm, from: Timestamp, before: [Transition], after: [Transition]) {
        guard let end = alarm.evaluatedUpTo else { return nil }
        let episodes = [before, after].map { transitions in
            var recorder = EpisodeRecorder(alarm: Alarm(rule: alarm.rule, resource: alarm.resource), sign: nil)
            for transition in transitions where transition.at <= end { recorder.record(transition) }
            return recorder.episodes
        }
        let changes = EpisodeChange.changes(from: episodes[0], to: episodes[1], upTo: end).filter { change in
            // What was over before the first late sample is not its doing.
            change.kind != .same && (change.before + change.after).contains { $0.end.map { $0 > from } ?? true }
        }
        guard !changes.isEmpty else { return nil }
        (rule, resource, self.from, self.changes) = (alarm.rule, alarm.resource, from, changes)
        evaluatedUpTo = end
    }
}
