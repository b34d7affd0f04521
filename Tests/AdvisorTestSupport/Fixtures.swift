package import AdvisorCore
package import AdvisorStore

/// Small things that the tests of the store ingest.
package enum Fixtures {
    package static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z
    package static let key = series("db")

    package static func at(_ minutes: Int) -> Timestamp { start + .seconds(Int64(minutes) * 60) }

    package static func series(_ resource: String, account: String? = nil) -> SeriesKey {
        SeriesKey(
            account: account, namespace: "AWS/RDS", name: "CPUUtilization",
            dimensions: [SeriesKey.Dimension("DBInstanceIdentifier", resource)])
    }

    /// A sample of the minute with only these statistics.
    package static func sample(
        _ minute: Int, count: Double? = nil, sum: Double? = nil, average: Double? = nil, minimum: Double? = nil,
        maximum: Double? = nil, period: Duration? = .seconds(60), extras: [String: Double] = [:]
    ) -> Sample {
        var sample = Sample(start: at(minute), period: period, unit: .percent)
        (sample.count, sample.sum, sample.average) = (count, sum, average)
        (sample.minimum, sample.maximum) = (minimum, maximum)
        sample.extras = extras.sorted { $0.key < $1.key }.map { ExtraStatistic(name: $0.key, value: $0.value) }
        return sample
    }

    /// One observation of a value.
    package static func value(_ minute: Int, _ value: Double, period: Duration? = .seconds(300)) -> Sample {
        sample(minute, count: 1, sum: value, average: value, minimum: value, maximum: value, period: period)
    }
}

/// One record on its way to the store.
package struct Entry: Sendable {
    package var key = Fixtures.key
    package var sample: Sample
    package var isObservation = false

    /// Creates a record.
    package init(key: SeriesKey = Fixtures.key, sample: Sample, isObservation: Bool = false) {
        (self.key, self.sample, self.isObservation) = (key, sample, isObservation)
    }
}

extension Store {
    /// Ingests entries as one file, so many a batch.
    @discardableResult
    package func ingest(_ entries: [Entry], batch size: Int = 1000) throws -> IngestCounts {
        let writer = try SampleWriter(store: self, at: Fixtures.start)
        try writer.beginFile()
        var numbers: [SeriesKey: Int32] = [:]
        for begin in stride(from: 0, to: entries.count, by: size) {
            var batch = SampleBatch(firstNewSeries: numbers.count)
            for entry in entries[begin..<min(begin + size, entries.count)] {
                if numbers[entry.key] == nil {
                    numbers[entry.key] = Int32(numbers.count)
                    batch.newSeries.append(entry.key)
                }
                let record = SampleBatch.Record(
                    series: numbers[entry.key] ?? 0, isObservation: entry.isObservation, sample: entry.sample)
                batch.records.append(record)
            }
            try writer.write(batch)
        }
        _ = try writer.finishFile()
        return try writer.finish().counts
    }

    /// Ingests samples of the one series.
    @discardableResult
    package func ingest(_ samples: [Sample], batch size: Int = 1000) throws -> IngestCounts {
        try ingest(samples.map { Entry(sample: $0) }, batch: size)
    }

    /// Every sample, by series.
    package func everything() throws -> [SeriesKey: [Sample]] {
        let end = Timestamp(seconds: 4_000_000_000)
        var result: [SeriesKey: [Sample]] = [:]
        for series in try allSeries(before: end) {
            result[series.key] = try samples(of: series.id, from: Timestamp(milliseconds: .min), to: end)
        }
        return result
    }

    /// The one series' samples.
    package func samples() throws -> [Sample] { try everything()[Fixtures.key] ?? [] }
}
