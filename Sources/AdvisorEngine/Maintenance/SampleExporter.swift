public import AdvisorCore
internal import AdvisorFormats
public import AdvisorStore

/// Writes the samples of a store as text for other programs.
public struct SampleExporter {
    /// The export format.
    public enum Format: String, CaseIterable, Sendable {
        /// CSV that is ingested to the same samples again.
        case csv
        /// OpenMetrics text.
        case openmetrics
    }

    private let store: Store
    private let series: [StoredSeries]
    private let range: (from: Timestamp, to: Timestamp)

    /// Creates an exporter.
    /// - Parameters:
    ///   - store: Where the samples are.
    ///   - resource: Only series that name this resource in a dimension; nil for all.
    ///   - from: The first time; nil for the first sample's.
    ///   - to: The first time after the last one; nil for none.
    /// - Throws: `ExitError` when no series names the resource, else `StoreFailure`.
    public init(store: Store, resource: String?, from: Timestamp?, to: Timestamp?) throws {
        let all = try store.allSeries(before: Timestamp(milliseconds: .max), limit: .max)
        series = all.filter { series in resource.map { id in series.key.dimensions.contains { $0.value == id } } ?? true }
        if let resource, series.isEmpty {
            let known = Set(all.flatMap { $0.key.dimensions.map(\.value) }).sorted()
            throw ExitError(
                .noInput, "advisor: no series of '\(resource)' in the store\(DidYouMean.hint(for: resource, among: known))")
        }
        self.store = store
        range = (from ?? Timestamp(milliseconds: .min), to ?? Timestamp(milliseconds: .max))
    }

    /// Writes all samples, series by series.
    /// - Parameters:
    ///   - format: What they are written as.
    ///   - write: Takes the text, part by part.
    /// - Throws: `StoreFailure`, or an error of writing.
    public func write(as format: Format, to write: (String) throws -> Void) throws {
        switch format {
        case .csv:
            try write(CSVExport.header)
            for series in series { try write(CSVExport.lines(series.key, try samples(of: series))) }
        case .openmetrics:
            try writeFamilies(to: write)
            try write(OpenMetricsExport.end)
        }
    }

    private func writeFamilies(to write: (String) throws -> Void) throws {
        let byKey = Dictionary(series.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for family in OpenMetricsExport.families(of: series.map(\.key), percentiles: try store.percentileNames()) {
            var isBegun = false
            for series in family.series.compactMap({ byKey[$0] }) {
                let lines = OpenMetricsExport.lines(family, series.key, try samples(of: series))
                guard !lines.isEmpty else { continue }
                if !isBegun { try write(OpenMetricsExport.header(family)) }
                isBegun = true
                try write(lines)
            }
        }
    }

    private func samples(of series: StoredSeries) throws -> [Sample] {
        try store.samples(of: series.id, from: range.from, to: range.to)
    }
}
