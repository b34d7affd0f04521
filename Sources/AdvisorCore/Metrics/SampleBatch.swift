/// A bounded number of samples on their way from a file to the store.
///
/// A parser names each series once per input and refers to it by number, so that series are resolved once instead of once per
/// sample.
public struct SampleBatch: Sendable {
    /// A sample of one of the input's series.
    public struct Record: Sendable {
        /// The index into all series that the input has named so far.
        public var series: Int32
        /// Whether the sample is a single observation that is merged with others of its minute (PutMetricData, EMF).
        public var isObservation: Bool
        /// The sample.
        public var sample: Sample

        /// Creates a record.
        public init(series: Int32, isObservation: Bool = false, sample: Sample) {
            (self.series, self.isObservation, self.sample) = (series, isObservation, sample)
        }
    }

    /// The number of the first element of `newSeries`.
    public var firstNewSeries: Int
    /// The series that this batch names for the first time, in the order of their numbers.
    public var newSeries: [SeriesKey]
    /// The records in input order.
    public var records: ContiguousArray<Record>

    /// Creates an empty batch.
    /// - Parameter firstNewSeries: The number of series that the input has named before.
    public init(firstNewSeries: Int = 0) {
        self.firstNewSeries = firstNewSeries
        newSeries = []
        records = []
    }
}
