extension Forecast {
    /// The variant of the method; the comparison uses the others.
    struct Method: Hashable, Sendable {
        /// Whether daily and weekly seasons are used.
        var isSeasonal = true
        /// Whether a slope that is not significant counts as zero.
        var wantsSignificance = true
        /// Whether the level is that of the last day instead of all history.
        var isRecent = true
        /// Whether the slope is that of the last two weeks and the daily season that of the last week, instead of all
        /// history.
        var isFresh = true
    }

    /// Fits cells of equal length, oldest first, the last of which ends at `end`.
    /// - Parameters:
    ///   - cells: Medians or values, in the base unit of the metric; nil is missing.
    ///   - length: The length of a cell.
    ///   - end: The end of the last cell.
    ///   - needs: The required history.
    /// - Returns: `noData` if the last two cells or half of all cells are empty; `insufficientHistory` with fewer than eight
    ///   cells.
    public static func fit(_ cells: [Double?], length: Duration, endingAt end: Timestamp, needs: Duration = leastHistory)
        -> ForecastOutcome
    {
        fit(cells, length: length.milliseconds, endingAt: end, needs: needs, by: Method())
    }

    static func fit(_ cells: [Double?], length: Int64, endingAt end: Timestamp, needs: Duration, by method: Method)
        -> ForecastOutcome
    {
        let needs = max(needs, .milliseconds(length * Int64(fewestCells)))
        guard let first = cells.firstIndex(where: { $0 != nil }) else { return .insufficientHistory(has: .zero, needs: needs) }
        let span = Duration.milliseconds(Int64(cells.count - first) * length)
        let known = cells.indices.compactMap { index in cells[index].map { (index: index, value: $0) } }
        guard cells.suffix(2).contains(where: { $0 != nil }) else { return .noData }
        guard span >= needs, known.count >= fewestCells else { return .insufficientHistory(has: span, needs: needs) }
        guard known.count * 2 >= cells.count - first else { return .noData }
        func time(_ index: Int) -> Double { (Double(index - cells.count) + 0.5) * Double(length) / 1000 }

        let block = blockLength(span: span.milliseconds, cell: length)
        let points = blocks(known, count: cells.count, block, length)
        let recentPoints = method.isFresh ? points.filter { $0.time > -trendHistory.seconds } : points
        guard let trend = RobustSlope(recentPoints) ?? RobustSlope(points) else { return .noData }
        let slope = method.wantsSignificance && !trend.isSignificant ? 0 : trend.slope
        let flat = known.map { cell in
            (start: end - .milliseconds(Int64(cells.count - cell.index) * length), value: cell.value - slope * time(cell.index))
        }
        let season =
            method.isSeasonal
            ? Season(flat, length: length, days: span.seconds / 86_400, dailyOf: method.isFresh ? 7 : .infinity) : Season()
        let rest = flat.map { $0.value - season.value(at: $0.start) }
        let center = rest.median
        let recent = known.count { cells.count - $0.index <= max(block, 3) }
        let level = method.isRecent ? rest.suffix(max(recent, 1)).median : center
        let spread = rest.map { $0 - center }.sorted()
        let seconds = Double(block) * Double(length) / 1000
        guard level.isFinite, slope.isFinite, trend.error.isFinite else { return .noData }
        return .forecast(
            Forecast(
                reference: end, level: level, slope: slope, span: span, season: season,
                below: max(0, -spread.quantile(0.1)), above: max(0, spread.quantile(0.9)),
                slopeError: trend.error,
                drift: drift(zip(known, rest).map { (index: $0.index, value: $1) }, count: cells.count, block, length) / seconds,
                bend: bend(points)))
    }

    /// The number of cells per point of the trend: a day with a week of history or more, otherwise so that there are about 28
    /// points.
    private static func blockLength(span: Int64, cell: Int64) -> Int {
        let day: Int64 = 86_400_000
        if span >= wholeWeek.milliseconds { return Int(max(1, day / cell)) }
        return Int(max(1, span / 28 / cell))
    }

    /// The median of each block of cells, counted back from the last cell, with the time of its middle in seconds.
    private static func blocks(_ known: [(index: Int, value: Double)], count: Int, _ block: Int, _ length: Int64)
        -> [(time: Double, value: Double)]
    {
        var members: [Int: [Double]] = [:]
        for cell in known { members[(count - 1 - cell.index) / block, default: []].append(cell.value) }
        return members.keys.sorted(by: >).compactMap { number in
            guard let values = members[number], values.count * 4 >= block else { return nil }
            let time = -(Double(number) + 0.5) * Double(block) * Double(length) / 1000
            return (time, values.median)
        }
    }

    /// Twice the change of the slope from one group of seven points to the next: it may change again.
    private static func bend(_ points: [(time: Double, value: Double)]) -> Double {
        var intervals = stride(from: points.count, through: 7, by: -7).map { points[($0 - 7)..<$0] }
        if intervals.count < 2, points.count >= 6 {
            intervals = [points[(points.count / 2)...], points[..<(points.count / 2)]]
        }
        let slopes = intervals.compactMap { RobustSlope(Array($0))?.slope }
        guard slopes.count >= 2 else { return 0 }
        let squares = zip(slopes, slopes.dropFirst()).map { ($0 - $1) * ($0 - $1) }
        return 2 * (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    }

    /// The variance of the random walk of the level from block to block: the additional difference of distant blocks over
    /// neighboring ones.
    private static func drift(_ rest: [(index: Int, value: Double)], count: Int, _ block: Int, _ length: Int64) -> Double {
        let levels = blocks(rest, count: count, block, length).map(\.value)
        let far = min(7, levels.count / 3)
        guard far >= 2 else { return 0 }
        func variance(_ lag: Int) -> Double {
            let differences = zip(levels.dropFirst(lag), levels).map { abs($0 - $1) }.sorted()
            // The median absolute value of a normal variable is 0.6745 standard deviations.
            let deviation = differences.quantile(0.5) / 0.6745
            return deviation * deviation
        }
        return max(0, (variance(far) - variance(1)) / Double(far - 1))
    }
}
