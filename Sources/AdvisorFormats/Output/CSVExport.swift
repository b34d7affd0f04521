public import AdvisorCore

/// Writes samples as CSV in the long format that `ingest` reads back unchanged.
public enum CSVExport {
    /// The header.
    public static let header =
        "timestamp,namespace,name,dimensions,account,region,unit,period,count,sum,average,min,max,percentiles\n"

    /// The samples of a series, one per line.
    public static func lines(_ key: SeriesKey, _ samples: [Sample]) -> String {
        let dimensions = key.dimensions.map { "\(JSONValue.text($0.name).line()):\(JSONValue.text($0.value).line())" }
        let name = CSVText.row([
            key.namespace, key.name, "{" + dimensions.joined(separator: ",") + "}", key.account ?? "", key.region ?? "",
        ])
        var result = ""
        for sample in samples {
            let period = sample.periodMilliseconds == 0 ? "" : CSVText.number(Double(sample.periodMilliseconds) / 1000)
            let numbers = [sample.count, sample.sum, sample.average, sample.minimum, sample.maximum].map {
                $0.map(CSVText.number) ?? ""
            }
            let extras = sample.extras.map { "\($0.name)=\(CSVText.number($0.value))" }.joined(separator: ";")
            result +=
                "\(sample.start),\(name),\(sample.unit?.name ?? ""),\(period),\(numbers.joined(separator: ",")),\(CSVText.cell(extras))\n"
        }
        return result
    }
}
