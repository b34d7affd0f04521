/// What two sets of rules say of the same history.
public struct BacktestComparison: Sendable {
    /// What the old rules say.
    public var before: Backtest
    /// What the new rules say.
    public var after: Backtest
    /// The differences by resource, then by start.
    public var changes: [EpisodeChange]
    /// Ids of rules that only the old set has.
    public var removed: [String]
    /// Ids of rules that only the new set has.
    public var added: [String]

    /// Compares two backtests of one history.
    public init(before: Backtest, after: Backtest) {
        (self.before, self.after) = (before, after)
        changes = EpisodeChange.changes(from: before.episodes, to: after.episodes, upTo: after.to)
        let (old, new) = (Set(before.rules.map(\.id)), Set(after.rules.map(\.id)))
        removed = old.subtracting(new).sorted()
        added = new.subtracting(old).sorted()
    }

    /// Changes of one kind.
    public func changes(_ kind: EpisodeChange.Kind) -> [EpisodeChange] { changes.filter { $0.kind == kind } }
}
