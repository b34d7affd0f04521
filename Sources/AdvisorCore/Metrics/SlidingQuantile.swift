/// The sorted values of a sliding window; each sample is inserted and removed once.
struct SlidingQuantile {
    private let aggregation: Aggregation
    private let percentile: Double
    private var sorted = SortedMultiset<Double>()
    /// The number of samples that summarize more or fewer than one observation, or an unknown number.
    private var summaries = 0
    private var low: Int
    private var high: Int

    init(_ aggregation: Aggregation, percentile: Double, from index: Int) {
        (self.aggregation, self.percentile) = (aggregation, percentile)
        (low, high) = (index, index)
    }

    /// The quantile of samples `begin` to `end`, neither of which may decrease.
    mutating func value(_ samples: [Sample], _ begin: Int, _ end: Int) -> (value: Double, provenance: Provenance)? {
        if begin > high {
            (sorted, summaries) = (SortedMultiset(), 0)
            (low, high) = (begin, begin)
        }
        while high < end {
            change(samples[high], by: 1)
            high += 1
        }
        while low < begin {
            change(samples[low], by: -1)
            low += 1
        }
        // A single sample has its stored percentile.
        guard end - begin > 1 else { return aggregation.value(of: samples[begin..<end]) }
        guard !sorted.values.isEmpty else { return nil }
        let provenance: Provenance = summaries == 0 ? .percentileOfValues : .percentileOfAverages
        return (sorted.values.quantile(percent: percentile), provenance)
    }

    private mutating func change(_ sample: Sample, by step: Int) {
        if sample.count != 1 { summaries += step }
        guard let value = aggregation.plain(sample).flatMap({ aggregation.base($0.value, sample) }) else { return }
        if step > 0 { sorted.insert(value) } else { sorted.remove(value) }
    }
}
