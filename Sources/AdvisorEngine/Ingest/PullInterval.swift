internal import AdvisorCore

/// A pull that has succeeded: what it says of how far its series are complete.
struct PullInterval {
    /// It was asked up to then.
    let end: Timestamp
    /// The end of the pull before; nil for the first one.
    let last: Timestamp?
    /// How much of it is asked for again the next time.
    let overlap: Duration

    /// Sources may still change their last three periods.
    private static let unsettledPeriods = 3
    /// Until the second pull shows it.
    private static let usualCadence = Duration.seconds(3600)

    /// The progress of a series; `cadence` is what was recorded of it before.
    func progress(of key: SeriesKey, metrics: MetricCatalog, cadence: Duration?) -> SourceProgress {
        let period = metrics.metrics.values.first { metric in
            if case .series(let namespace, let name) = metric.origin {
                namespace == key.namespace && name == key.name
            } else {
                false
            }
        }?.nativePeriod
        let unsettled = min(overlap, (period ?? .seconds(60)) * Self.unsettledPeriods)
        return SourceProgress(completeUpTo: end - unsettled, cadence: self.cadence(after: cadence))
    }

    /// The time since the last pull. A pull by hand in between shortens the cadence by an eighth only.
    private func cadence(after recorded: Duration?) -> Duration {
        guard let last, end > last else { return recorded ?? Self.usualCadence }
        return max(end - last, recorded.map { $0 / 8 * 7 } ?? Self.usualCadence)
    }
}
