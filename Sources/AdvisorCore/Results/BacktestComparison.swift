/// What another pack of rules would have said over the same history.
public struct BacktestComparison: Sendable {
    /// What became of an episode.
    public enum Change: String, CaseIterable, Sendable {
        /// Both say it, from and to the same times.
        case same
        /// Both say it, but not from or to the same times.
        case shifted
        /// Only the new pack says it.
        case gained
        /// Only the old pack says it.
        case lost
    }

    /// Episodes of one rule and resource that overlap one another.
    public struct Entry: Hashable, Sendable {
        /// The rule's id.
        public var rule: String
        /// The resource's id.
        public var resource: String
        /// What the old pack says, by start; empty when gained.
        public var before: [Episode]
        /// What the new pack says, by start; empty when lost.
        public var after: [Episode]

        /// What became of them.
        public var change: Change {
            if before.isEmpty { return .gained }
            if after.isEmpty { return .lost }
            return before.map { [$0.start, $0.end] } == after.map { [$0.start, $0.end] } ? .same : .shifted
        }

        /// Start of the first of them.
        public var start: Timestamp { (before + after).map(\.start).min() ?? Timestamp(milliseconds: 0) }
    }

    /// What the old pack says.
    public var before: Backtest
    /// What the new pack says.
    public var after: Backtest
    /// By resource, then by start.
    public var entries: [Entry]
    /// Ids of rules that only the old pack has.
    public var removed: [String]
    /// Ids of rules that only the new pack has.
    public var added: [String]

    /// Compares two packs over one history.
    public init(before: Backtest, after: Backtest) {
        (self.before, self.after) = (before, after)
        entries = Self.entries(before.episodes, after.episodes, upTo: after.to)
        let (old, new) = (Set(before.rules.map(\.id)), Set(after.rules.map(\.id)))
        removed = old.subtracting(new).sorted()
        added = new.subtracting(old).sorted()
    }

    /// Entries of one kind.
    public func entries(_ change: Change) -> [Entry] { entries.filter { $0.change == change } }

    /// Matches episodes of one rule and resource that overlap; one that still lasts ends at `end`.
    public static func entries(_ before: [Episode], _ after: [Episode], upTo end: Timestamp) -> [Entry] {
        struct Key: Hashable {
            var rule: String
            var resource: String
        }
        var all: [Key: [(episode: Episode, isNew: Bool)]] = [:]
        for (episodes, isNew) in [(before, false), (after, true)] {
            for episode in episodes {
                all[Key(rule: episode.rule, resource: episode.resource), default: []].append((episode, isNew))
            }
        }
        var result: [Entry] = []
        for (key, episodes) in all {
            var reach: Timestamp?
            for (episode, isNew) in episodes.sorted(by: { $0.episode.start < $1.episode.start }) {
                let last = episode.end ?? end
                if let current = reach, episode.start < current || result.last?.start == episode.start {
                    reach = max(current, last)
                } else {
                    result.append(Entry(rule: key.rule, resource: key.resource, before: [], after: []))
                    reach = last
                }
                if isNew {
                    result[result.count - 1].after.append(episode)
                } else {
                    result[result.count - 1].before.append(episode)
                }
            }
        }
        return result.sorted { ($0.resource, $0.start, $0.rule) < ($1.resource, $1.start, $1.rule) }
    }
}
