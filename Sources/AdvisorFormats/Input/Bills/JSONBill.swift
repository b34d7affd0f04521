internal import AdvisorCore

/// A bill in JSON: an object for each line, one after another, a line of text each, or in an array.
enum JSONBill {
    /// Whether an input begins with objects that have at least three of these keys.
    static func detects(_ prefix: ArraySlice<UInt8>, keys: [String]) -> Bool {
        guard let first = SampleFormat.firstByte(prefix), first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
            return false
        }
        return keys.lazy.filter { SampleFormat.has($0, prefix) }.prefix(3).count == 3
    }

    /// Reads a whole input as records under the preferred names of the columns.
    static func read(_ source: ByteSource, _ dialect: BillDialect, _ context: IngestContext, _ collector: ChargeCollector) throws
    {
        let columns = BillColumn.allCases.filter { dialect.names[$0] != nil }
        let header = columns.compactMap { dialect.names[$0]?.first }
        guard var reader = BillReader(header, 1, dialect, context, collector) else { return }
        reader.hasColumns = false
        let names = columns.map { dialect.names[$0, default: []].map { $0.lowercased() } }
        func take(_ scanner: inout JSONScanner) throws {
            _ = try scanner.next()
            let line = scanner.line
            let record = try Self.record(&scanner, names)
            _ = try record.withUnsafeBufferPointer { try reader.take($0, line) }
        }
        if try isLines(source) {
            try readLines(source, collector, take)
        } else {
            do {
                var scanner = JSONScanner(source)
                while let first = try scanner.next() {
                    if first == UInt8(ascii: "[") { try scanner.array(take) } else { try take(&scanner) }
                }
            } catch let problem as JSONProblem {
                collector.note(problem.problem, line: problem.line, column: problem.column)
            }
        }
        try reader.finish()
    }

    /// Whether the first line is a whole object, so that a damaged line loses nothing but itself.
    private static func isLines(_ source: ByteSource) throws -> Bool {
        let prefix = try source.prefix(64 << 10)
        let line = prefix.drop { $0 == 10 || $0 == 13 || $0 == 32 }.prefix { $0 != 10 }
        return line.first == UInt8(ascii: "{") && line.last(where: { $0 != 13 && $0 != 32 }) == UInt8(ascii: "}")
    }

    private static func readLines(
        _ source: ByteSource, _ collector: ChargeCollector, _ take: (inout JSONScanner) throws -> Void
    ) throws {
        while try source.nextLine({ line, isTooLong in
            if isTooLong { return collector.note("the line is longer than 16 MiB", line: source.line) }
            var scanner = JSONScanner(ByteSource(Array(line)), line: source.line)
            do {
                while try scanner.next() != nil { try take(&scanner) }
            } catch let problem as JSONProblem {
                collector.note(problem.problem, line: problem.line, column: problem.column)
            }
        }) {}
    }

    /// One object as a record of CSV with the cells that `names` give, the first that the object has.
    private static func record(_ scanner: inout JSONScanner, _ names: [[String]]) throws -> [UInt8] {
        var members: [String: String] = [:]
        try scanner.object { scanner, key in members[key.lowercased()] = try scanner.scalar() }
        let cells = names.map { names in names.lazy.compactMap { members[$0] }.first ?? "" }
        return Array(cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",").utf8)
    }
}
