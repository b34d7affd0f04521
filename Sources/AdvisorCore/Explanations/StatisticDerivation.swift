/// How the values of a selector are computed from samples; the words are in `Presentation/Language`.
///
/// `period` is that of the samples; nil if they differ.
public enum StatisticDerivation: Reason {
    /// A range function over a statistic of each datapoint.
    case function(name: String, statistic: Statistic)
    /// The plain mean of averages, because the counts are unknown.
    case meanOfAverages(period: Quantity?)
    /// Averages as stored.
    case storedAverages(period: Quantity?)
    /// The sum over the count of samples.
    case sumOverCount(period: Quantity?)
    /// The smallest minimum.
    case minimum(period: Quantity?)
    /// The largest maximum.
    case maximum(period: Quantity?)
    /// The smallest or largest of averages, because no minimum or maximum is stored.
    case averageInPlace(statistic: Statistic, period: Quantity?)
    /// The smallest or largest of minima or maxima, and of averages where none is stored.
    case partlyAverages(statistic: Statistic, period: Quantity?)
    /// The newest value.
    case latest(period: Quantity?)
    /// The sum of sums.
    case sum(period: Quantity?)
    /// The sum of counts.
    case count(period: Quantity?)
    /// A percentile as stored.
    case storedPercentile(statistic: Statistic)
    /// A percentile of single values, by linear interpolation.
    case percentileOfValues(statistic: Statistic)
    /// A percentile of averages, by linear interpolation.
    case percentileOfAverages(statistic: Statistic, period: Quantity?)
}
