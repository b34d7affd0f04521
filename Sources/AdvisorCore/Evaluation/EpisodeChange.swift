/// What became of the episodes of one rule and resource that overlap one another, between two evaluations.
public struct EpisodeChange: Hashable, Sendable {
    /// The kinds of change.
    public enum Kind: String, CaseIterable, Sendable {
        /// Both evaluations have it, from and to the same times.
        case same
        /// Both have it, but not from or to the same times.
        case shifted
        /// Only the second has it.
        case gained
        /// Only the first has it.
        case lost
    }

    /// The id of the rule.
    public var rule: String
    /// The id of the resource.
    public var resource: String
    /// Those of the first evaluation, by start; empty when gained.
    public var before: [Episode]
    /// Those of the second, by start; empty when lost.
    public var after: [Episode]

    /// The kind of difference.
    public var kind: Kind {
        if before.isEmpty { return .gained }
        if after.isEmpty { return .lost }
        return before.map { [$0.start, $0.end] } == after.map { [$0.start, $0.end] } ? .same : .shifted
    }

    /// The start of the first of them.
    public var start: Timestamp { (before + after).map(\.start).min() ?? Timestamp(milliseconds: 0) }

    /// Matches episodes of one rule and resource that overlap; one without an end lasts until `end`.
    /// - Returns: The differences by resource, then by start.
    public static func changes(from before: [Episode], to after: [Episode], upTo end: Timestamp) -> [EpisodeChange] {
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
        var result: [EpisodeChange] = []
        for (key, episodes) in all {
            var reach: Timestamp?
            for (episode, isNew) in episodes.sorted(by: { $0.episode.start < $1.episode.start }) {
                let last = episode.end ?? end
                if let current = reach, episode.start < current || result.last?.start == episode.start {
                    reach = max(current, last)
                } else {
                    result.append(EpisodeChange(rule: key.rule, resource: key.resource, before: [], after: []))
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
