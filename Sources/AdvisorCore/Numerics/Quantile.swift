/// Quantiles of sorted values.
enum Quantile {
    /// The quantile of a share from 0 to 1: linear interpolation between the order statistics (Hyndman and Fan's type 7, R's
    /// default). `sorted` holds at least one value.
    static func interpolated(_ sorted: [Double], _ share: Double) -> Double {
        let position = share * Double(sorted.count - 1)
        let lower = Int(position)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
    }
}
