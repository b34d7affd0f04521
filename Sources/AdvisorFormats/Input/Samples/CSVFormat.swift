internal import AdvisorCore

extension SampleFormat {
    /// Comma-separated values: two columns for one series, or the long formats.
    static let csv = SampleFormat(
        id: "csv", words: "CSV: `timestamp,value` with `--metric` and `--resource`, or `timestamp,metric,resource,value[,…]`",
        detects: { prefix in
            guard let first = firstByte(prefix), first != UInt8(ascii: "{"), first != UInt8(ascii: "[") else { return false }
            let header = Array(prefix.prefix { $0 != 10 && $0 != 13 })
            guard header.count < 1000, String(validating: header, as: UTF8.self) != nil else { return false }
            let names = header.withUnsafeBufferPointer { CSVSampleReader.header($0)?.names } ?? []
            return names.contains { CSVSampleRow.Column(spelling: $0) == .timestamp } && names.count >= 2
        },
        parser: { source, context, collector in
            var reader = CSVSampleReader(context: context, collector: collector)
            try CSVRecords.read(source, note: { collector.note($0, line: $1) }) { try reader.read($0, line: $1) }
        })
}

/// Reads samples from the records of a CSV file.
struct CSVSampleReader {
    private let context: IngestContext
    private let collector: IngestCollector
    private var header: (names: [String], separator: UInt8)?
    private var columns: [CSVSampleRow.Column: Int] = [:]
    private var record = CSVRecord()

    init(context: IngestContext, collector: IngestCollector) { (self.context, self.collector) = (context, collector) }

    /// The names of a header, in lower case, and what separates its cells; nil when it ends within a quoted cell.
    static func header(_ line: UnsafeBufferPointer<UInt8>) -> (names: [String], separator: UInt8)? {
        let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        let counts = separators.map { separator in (separator, line.count { $0 == separator }) }
        let separator = counts.max { $0.1 < $1.1 }?.0 ?? separators[0]
        return CSVRecord.all(line, separator: separator).map { ($0.map { $0.lowercased() }, separator) }
    }

    /// Reads a record, the first one as the header; false when it ends within a quoted cell.
    mutating func read(_ line: UnsafeBufferPointer<UInt8>, line number: Int) throws -> Bool {
        guard String(validating: line, as: UTF8.self) != nil else {
            collector.note("the line is not valid UTF-8", line: number)
            return true
        }
        guard line.contains(where: { !Character(UnicodeScalar($0)).isWhitespace }) else { return true }
        guard header != nil else { return readHeader(line, line: number) }
        guard record.cutAll(line) else { return false }
        let row = CSVSampleRow(line: line, number: number, record: record, columns: columns, context: context)
        do {
            try row.refuseExtraCells(after: header?.names.count ?? 0)
            try collector.add(try row.sample(collector), line: number)
        } catch let rejection as CSVSampleRow.Rejection {
            let column = rejection.cell.map(row.column)
            if rejection.isShared {
                collector.rejectOnce(rejection.problem, line: number, column: column)
            } else {
                collector.note(rejection.problem, line: number, column: column)
            }
        }
        return true
    }

    private mutating func readHeader(_ line: UnsafeBufferPointer<UInt8>, line number: Int) -> Bool {
        guard let header = Self.header(line) else { return false }
        self.header = header
        record = CSVRecord(separator: header.separator)
        for (index, name) in header.names.enumerated() {
            guard let column = CSVSampleRow.Column(spelling: name) else {
                let hint = DidYouMean.hint(for: name, among: CSVSampleRow.Column.allCases.map(\.rawValue))
                collector.note("unknown column '\(name)'\(hint); ignored", line: number, isRejection: false)
                continue
            }
            if columns[column] == nil { columns[column] = index }
        }
        return true
    }
}
