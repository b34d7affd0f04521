/// Samples on their way from a file to the store, a bounded number at a time.
///
/// A parser names each series once per input and refers to it by number afterwards, so that nobody resolves a series
/// once a sample.
public struct SampleBatch: Sendable {
    /// One sample of one of the input's series.
    public struct Record: Sendable {
        /// The series' number: an index into all series that the input has named so far.
        public var series: Int32
        /// Whether the sample is a single put that is to be merged with the others of its minute (PutMetricData, EMF).
        public var isObservation: Bool
        /// The sample.
        public var sample: Sample

        /// A record by its parts.
        public init(series: Int32, isObservation: Bool = false, sample: Sample) {
            (self.series, self.isObservation, self.sample) = (series, isObservation, sample)
        }
    }

    /// The number that the first of `newSeries` has.
    public var firstNewSeries: Int
    /// Series that this batch names for the first time in its input, in the order of their numbers.
    public var newSeries: [SeriesKey]
    /// In the order of the input.
    public var records: ContiguousArray<Record>

    /// An empty batch.
    /// - Parameter firstNewSeries: How many series the input has named before.
    public init(firstNewSeries: Int = 0) {
        self.firstNewSeries = firstNewSeries
        newSeries = []
        records = []
    }
}
