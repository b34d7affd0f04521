public import AdvisorCore
internal import Foundation

/// Writes samples as OpenMetrics 1.0 text, with the names of Prometheus's CloudWatch exporter.
///
/// Source: OpenMetrics 1.0, "Text format": the lines of a family are adjacent, a time occurs once for a set of labels, and
/// `# EOF` is last.
public enum OpenMetricsExport {
    /// The last line.
    public static let end = "# EOF\n"

    /// One gauge: a statistic of all series with a name.
    public struct Family: Hashable, Sendable {
        /// The name: `aws_rds_cpuutilization_average`.
        public var name: String
        /// `count`, `sum`, `average`, `minimum`, `maximum`, or the name of a percentile.
        public var statistic: String
        /// Its series.
        public var series: [SeriesKey]
    }

    /// The families of series, by name; `percentiles` are the names of extra statistics in the samples.
    public static func families(of series: [SeriesKey], percentiles: [String]) -> [Family] {
        var families: [String: Family] = [:]
        for key in series.sorted() {
            for statistic in ["sample_count", "sum", "average", "minimum", "maximum"] + percentiles {
                let name = "\(snake(key.namespace))_\(snake(key.name))_\(snake(statistic))"
                families[name, default: Family(name: name, statistic: statistic, series: [])].series.append(key)
            }
        }
        return families.values.sorted { $0.name < $1.name }
    }

    /// The first line of the family.
    public static func header(_ family: Family) -> String { "# TYPE \(family.name) gauge\n" }

    /// The samples of a series with the family's statistic, one per line.
    public static func lines(_ family: Family, _ key: SeriesKey, _ samples: [Sample]) -> String {
        var labels = key.dimensions.map { (snake($0.name), $0.value) }
        if let account = key.account { labels.append(("account_id", account)) }
        if let region = key.region { labels.append(("region", region)) }
        var seen: Set<String> = ["period", "unit"]
        let own = labels.map { name, value in
            var name = name
            while !seen.insert(name).inserted { name += "_" }
            return "\(name)=\"\(escaped(value))\""
        }
        var result = ""
        // Period by period: the times of one set of labels ascend.
        let byPeriod = Dictionary(grouping: samples) { "\($0.periodMilliseconds) \($0.unit?.rawValue ?? .max)" }
        for group in byPeriod.sorted(by: { $0.key < $1.key }).map(\.value) {
            guard let first = group.first else { continue }
            var all = own
            if first.periodMilliseconds > 0 { all.append("period=\"\(Double(first.periodMilliseconds) / 1000)\"") }
            if let unit = first.unit { all.append("unit=\"\(unit.name)\"") }
            let name = all.isEmpty ? family.name : "\(family.name){\(all.joined(separator: ","))}"
            for sample in group {
                guard let value = value(family.statistic, sample) else { continue }
                result += "\(name) \(value) \(Double(sample.start.milliseconds) / 1000)\n"
            }
        }
        return result
    }

    private static func value(_ statistic: String, _ sample: Sample) -> Double? {
        switch statistic {
        case "sample_count": sample.count
        case "sum": sample.sum
        case "average": sample.average ?? sample.count.flatMap { count in sample.sum.flatMap { count > 0 ? $0 / count : nil } }
        case "minimum": sample.minimum
        case "maximum": sample.maximum
        default: sample.extras.first { $0.name == statistic }?.value
        }
    }

    /// `DBInstanceIdentifier` as `dbinstance_identifier`; invalid characters become `_`.
    static func snake(_ text: String) -> String {
        var result = ""
        var isAfterSmall = false
        for character in text.unicodeScalars {
            let isCapital = ("A"..."Z").contains(character)
            let isOther = ("a"..."z").contains(character) || ("0"..."9").contains(character)
            if isCapital, isAfterSmall { result += "_" }
            result += isCapital || isOther ? String(character).lowercased() : "_"
            isAfterSmall = isOther
        }
        return result.first?.isNumber ?? true ? "_" + result : result
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
            .replacingOccurrences(of: "\n", with: "\\n")
    }
}
