/// Inputs that people try and that are not read, with what to do instead.
public enum UnsupportedInput {
    /// What to do instead of reading an input that begins with these bytes; nil when it is not known what it is.
    public static func advice(for prefix: ArraySlice<UInt8>) -> String? {
        if let advice = packed(prefix) { return advice }
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

    /// Of inputs that are known by their first bytes.
    private static func packed(_ prefix: ArraySlice<UInt8>) -> String? {
        func begins(_ bytes: [UInt8]) -> Bool { prefix.starts(with: bytes) }
        if begins(Array("PAR1".utf8)) {
            return "Parquet is not read; let Data Exports write gzip CSV, or convert the file to CSV"
        }
        if isUTF16(prefix) {
            return "UTF-16 text, as `>` of Windows PowerShell writes it; save it as UTF-8: `… | Out-File -Encoding utf8 FILE`"
        }
        let packers: [(bytes: [UInt8], name: String, command: String)] = [
            (Array("BZh".utf8), "bzip2", "bzip2 -dc"), ([0xFD] + Array("7zXZ".utf8) + [0], "xz", "xz -dc"),
            ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "zstd -dc"), ([0x5D, 0, 0], "lzma", "xz -dc"),
            (Array("7z".utf8) + [0xBC, 0xAF, 0x27, 0x1C], "7z", "7z x -so"),
        ]
        for packer in packers where begins(packer.bytes) {
            return "compressed with \(packer.name), which is not read; unpack it: `\(packer.command) FILE | advisor ingest -`"
        }
        if prefix.dropFirst(257).starts(with: Array("ustar".utf8)) {
            return "a tar archive is not read; unpack it into a folder, and give that folder"
        }
        if begins([0x50, 0x4B, 5, 6]) { return "the zip archive is empty" }
        if begins([0x50, 0x4B, 7, 8]) { return "a zip archive in several parts is not read; write it as one file" }
        return nil
    }

    /// With its byte order mark, or as every second byte of its first characters shows.
    private static func isUTF16(_ prefix: ArraySlice<UInt8>) -> Bool {
        let first = Array(prefix.prefix(8))
        guard first.count >= 4 else { return first == [0xFF, 0xFE] || first == [0xFE, 0xFF] }
        if first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF]) { return true }
        return [0, 1].contains { odd in
            first.indices.allSatisfy { ($0 % 2 == odd) == (first[$0] == 0) && (first[$0] == 0 || first[$0] >= 9) }
        }
    }

    private static func json(_ prefix: ArraySlice<UInt8>) -> String? {
        func has(_ key: String) -> Bool { SampleFormat.has(key, prefix) }
        if has("DBInstances") || has("DBClusters") {
            return "an inventory of databases, not samples; `advisor init FILE` reads it"
        }
        if has("MetricDataQueries") || has("MetricStat") {
            return "queries, not samples; pass them to `aws cloudwatch get-metric-data`, and here as --queries FILE"
        }
        if has("Sns") || has("TopicArn") && has("Message") || has("AlarmName") && has("NewStateValue") {
            return
                "a notification of SNS has no samples; fetch those of the metric with `aws cloudwatch get-metric-data`, or stream them"
        }
        if has("Records"), has("s3") || has("body") {
            return
                "an event that names data and does not hold it; give the object itself (`aws s3 cp s3://… - | advisor ingest -`)"
        }
        if has("Metrics") || has("MetricAlarms") {
            return "a list of metrics or alarms has no values; fetch them with `aws cloudwatch get-metric-data`"
        }
        return nil
    }
}
