/// The median of the slopes between all pairs of points: the Theil–Sen estimator, which tolerates up to 29 % of outliers.
///
/// Source: P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968, also for the rank interval.
struct RobustSlope: Hashable, Sendable {
    /// Value per second.
    var slope: Double
    /// One standard error, value per second, from the rank interval.
    var error: Double
    /// Whether the 95 % interval excludes zero.
    var isSignificant: Bool

    /// Computes the slope through points whose times are in seconds; nil with fewer than two distinct times.
    init?(_ points: [(time: Double, value: Double)]) {
        var slopes: [Double] = []
        slopes.reserveCapacity(points.count * (points.count - 1) / 2)
        for (index, right) in points.enumerated() {
            for left in points[..<index] where right.time != left.time {
                slopes.append((right.value - left.value) / (right.time - left.time))
            }
        }
        guard !slopes.isEmpty else { return nil }
        slopes.sort()
        slope = slopes.quantile(0.5)
        // The variance of Kendall's S without a trend.
        let count = Double(points.count)
        let deviation = (count * (count - 1) * (2 * count + 5) / 18).squareRoot()
        func matched(_ ranks: Double) -> Double {
            slopes.quantile(min(max(0.5 + ranks / 2 / Double(slopes.count), 0), 1))
        }
        error = (matched(deviation) - matched(-deviation)) / 2
        isSignificant = matched(-1.96 * deviation) > 0 || matched(1.96 * deviation) < 0
    }
}
