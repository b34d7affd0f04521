/// Inputs that people try and that are not read, with what to do instead.
public enum UnsupportedInput {
    /// What to do instead of reading an input that begins with these bytes; nil when it is not known what it is.
    public static func advice(for prefix: ArraySlice<UInt8>) -> String? {
        if prefix.starts(with: Array("PAR1".utf8)) {
            return "Parquet is not read; let Data Exports write gzip CSV, or convert the file to CSV"
        }
        let text = String(decoding: prefix.prefix(4000), as: UTF8.self).trimmingSpace
        guard text.unicodeScalars.count(where: { $0 == "\u{FFFD}" || $0.value < 9 }) < 2 else {
            return "binary data; a metric stream must have JSON as its output format, and exports must be CSV or JSON"
        }
        if text.hasPrefix("<") { return "a web page or XML, not data; was it a sign-in page? download the CSV or JSON itself" }
        if text.hasPrefix("{") || text.hasPrefix("[") { return json(prefix) }
        if text.hasPrefix("An error occurred") || text.hasPrefix("Unable to locate") || text.hasPrefix("usage: aws") {
            return "a message of the AWS CLI, not data: \(text.prefix { $0 != "\n" })"
        }
        if text.hasPrefix("# HELP") || text.hasPrefix("# TYPE") {
            return "Prometheus metrics are not read; write `timestamp,metric,resource,value` CSV"
        }
        let header = text.prefix { $0 != "\n" }
        if header.contains("($)") {
            return
                "a download of the Cost Explorer console; use `aws ce get-cost-and-usage` (its JSON), or a CUR or FOCUS export"
        }
        if header.contains(",") {
            return "CSV without a `timestamp` column; samples need the header timestamp,metric,resource,value or timestamp,value"
        }
        return nil
    }

    private static func json(_ prefix: ArraySlice<UInt8>) -> String? {
        func has(_ key: String) -> Bool { SampleFormat.has(key, prefix) }
        if has("DBInstances") || has("DBClusters") {
            return "an inventory of databases, not samples; `advisor init FILE` reads it"
        }
        if has("MetricDataQueries") || has("MetricStat") {
            return "queries, not samples; pass them to `aws cloudwatch get-metric-data`, and here as --queries FILE"
        }
        if has("Metrics") || has("MetricAlarms") {
            return "a list of metrics or alarms has no values; fetch them with `aws cloudwatch get-metric-data`"
        }
        return nil
    }
}
