/// Fits a series repeatedly as time advances: on a grid of cells, once every six cells, reading each datapoint once.
struct ForecastFitter: Sendable {
    private static let cellsPerFit: Int64 = 6
    private static let mostCells: Int64 = 672
    private let history: Duration
    private let needs: Duration
    private let cell: Int64
    private var cells: CellMedians
    private var fitted: (end: Timestamp, outcome: ForecastOutcome)?

    init(history: Duration, period: Duration, needs: Duration) {
        (self.history, self.needs) = (history, needs)
        cell = SamplingInterval.length(covering: history, in: Self.mostCells, atLeast: period)
        cells = CellMedians(length: cell)
    }

    /// The time between two fits: six cells, at most a sixth of the history.
    private var step: Int64 { max(cell, min(cell * Self.cellsPerFit, history.milliseconds / 6 / cell * cell)) }

    /// The history, the time since the last fit, and the cell in which the history begins.
    var lookback: Duration { history + .milliseconds(step + cell) }

    /// The forecast that applies to a datapoint, fitted to the data before it.
    mutating func outcome(at number: Int64, of datapointSeries: DatapointSeries) -> ForecastOutcome {
        let end = datapointSeries.end(of: number).floored(to: .milliseconds(step))
        if let fitted, fitted.end == end { return fitted.outcome }
        let medians = cells.medians(Int(history.milliseconds / cell), endingAt: end, of: datapointSeries)
        let outcome = Forecast.fit(medians, length: .milliseconds(cell), endingAt: end, needs: needs)
        fitted = (end, outcome)
        return outcome
    }
}

/// The length of cells.
enum SamplingInterval {
    /// The smallest standard period with which a number of cells covers an interval; at least the period of a datapoint.
    static func length(covering interval: Duration, in cells: Int64, atLeast period: Duration) -> Int64 {
        let least = max((interval.milliseconds + cells - 1) / cells, period.milliseconds)
        return PeriodTimeline.usual.first { $0 >= least } ?? least
    }
}
