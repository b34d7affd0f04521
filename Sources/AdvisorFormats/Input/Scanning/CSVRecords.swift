/// Reads the records of a CSV file, in which quoted cells may contain line breaks.
enum CSVRecords {
    /// How many bytes a quoted cell may go on for before its quote is taken for an error.
    private static let longestRecord = 64 << 10

    /// Calls `body` with each record and the number of its first line.
    /// - Parameters:
    ///   - source: The text of the file.
    ///   - note: Takes what is wrong with a line, and its number.
    ///   - body: False when the record ends within a quoted cell, and needs the next line too.
    /// - Throws: The error of the source or of `body`.
    static func read(
        _ source: ByteSource, note: (String, Int) -> Void, _ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Bool
    ) throws {
        var open: [[UInt8]] = []
        var first = 0
        var length = 0
        // An unclosed quote affects its own line only: the following lines are read as records.
        func giveUp() throws {
            var rest = open[...]
            open = []
            length = 0
            var number = first
            while let line = rest.popFirst() {
                let isRead = try number == first ? false : line.withUnsafeBufferPointer { try body($0, number) }
                if !isRead { note("a quote is opened here and never closed", number) }
                number += 1
            }
        }
        while try source.nextLine({ line, isTooLong in
            if isTooLong { return note("the line is longer than 16 MiB", source.line) }
            if open.isEmpty {
                first = source.line
                if try !body(line, first) {
                    open = [Array(line)]
                    length = line.count
                }
                return
            }
            open.append(Array(line))
            length += line.count + 1
            guard line.contains(34) else {
                if length > longestRecord { try giveUp() }
                return
            }
            let whole = Array(open.joined(separator: [10]))
            if try whole.withUnsafeBufferPointer({ try body($0, first) }) {
                (open, length) = ([], 0)
            } else if length > longestRecord {
                try giveUp()
            }
        }) {}
        if !open.isEmpty { try giveUp() }
    }
}
