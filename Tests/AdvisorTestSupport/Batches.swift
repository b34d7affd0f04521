package import AdvisorCore

package import AdvisorStore

/// Small batches for a store.
package enum Batches {
    package static let key = SeriesKey(
        account: "1", namespace: "AWS/RDS", name: "CPUUtilization",
        dimensions: [SeriesKey.Dimension("DBInstanceIdentifier", "db")])
    package static let start = Timestamp(seconds: 1_767_225_600)

    package static func sample(
        _ minute: Int, count: Double? = nil, sum: Double? = nil, average: Double? = nil, period: Duration? = nil
    )
        -> Sample
    {
        var sample = Sample(start: start + .seconds(Int64(minute * 60)), period: period, unit: .percent)
        (sample.count, sample.sum, sample.average) = (count, sum, average)
        return sample
    }

    package static func batch(_ samples: [Sample]) -> SampleBatch {
        var batch = SampleBatch()
        batch.newSeries = [key]
        batch.records = ContiguousArray(samples.map { SampleBatch.Record(series: 0, sample: $0) })
        return batch
    }

    /// Ingests batches as the files of one ingest, and gives what changed.
    @discardableResult
    package static func ingest(_ batches: [SampleBatch], into store: Store) throws -> IngestCounts {
        let writer = try SampleWriter(store: store, at: start)
        for batch in batches {
            try writer.beginFile()
            try writer.write(batch)
            _ = try writer.finishFile()
        }
        return try writer.finish().counts
    }

    package static func all(_ store: Store) throws -> [Sample] {
        try store.allSeries(before: Timestamp(milliseconds: .max)).flatMap {
            try store.samples(of: $0.id, from: Timestamp(milliseconds: 0), to: Timestamp(milliseconds: .max))
        }
    }
}
