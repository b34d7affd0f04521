internal import AdvisorCore

/// A CSV download of the Cost Explorer console: a column for each service, a row for each day or month.
///
/// It is refused, because nothing in it says whether `2026-10-01` is a day or a month.
enum CostExplorerDownload {
    /// Whether the header ends with the total of the columns, as `"Total costs($)"`.
    static func detects(_ prefix: ArraySlice<UInt8>) -> Bool {
        let header = Array(prefix.prefix { $0 != 10 && $0 != 13 })
        guard let cells = header.withUnsafeBufferPointer({ CSVRecord.all($0) }) else { return false }
        return cells.dropFirst().contains { $0.lowercased().hasPrefix("total cost") && $0.hasSuffix(")") }
    }

    static func refuse(_ collector: ChargeCollector) {
        collector.note(
            "a download of the Cost Explorer console does not say whether a row is a day or a month; ingest a Data Export "
                + "(CUR 2.0 or FOCUS), or the output of `aws ce get-cost-and-usage --granularity DAILY --metrics UnblendedCost "
                + "--group-by Type=DIMENSION,Key=SERVICE --time-period Start=2026-03-01,End=2026-04-01`", line: 1)
    }
}
