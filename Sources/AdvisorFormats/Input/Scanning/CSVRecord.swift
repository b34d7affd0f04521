/// One record of CSV (RFC 4180), cut into cells where they are: nothing is copied.
///
/// A cell that begins with a quote, spaces before it aside, ends with one; it may hold separators and line breaks, and
/// doubles its quotes.
struct CSVRecord {
    /// The start and end of a cell's text, without quotes.
    struct Cell {
        var start: Int32 = 0
        var end: Int32 = 0
        /// Whether it holds a doubled quote.
        var isEscaped = false
    }

    /// The kept cells: by slot, or all of them in order where there are no slots; a slot that no column has stays empty.
    private(set) var cells: [Cell]
    /// How many cells the record has.
    private(set) var count = 0
    private let slots: [Int8]
    private let separator: UInt8

    /// A record separated by commas that keeps of each column what `slots` says: the number of its slot, or -1.
    init(slots: [Int8], slotCount: Int) {
        (self.slots, separator) = (slots, UInt8(ascii: ","))
        cells = [Cell](repeating: Cell(), count: slotCount)
    }

    /// A record that keeps all cells.
    init(separator: UInt8 = UInt8(ascii: ",")) { (slots, cells, self.separator) = ([], [], separator) }

    /// Cuts a record; false when it ends within a quoted cell.
    mutating func cut(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let columns = slots.count
        var (position, column) = (0, 0)
        cells.withUnsafeMutableBufferPointer { cells in
            slots.withUnsafeBufferPointer { slots in
                while let cell = Self.cell(line, &position, separator) {
                    if column < columns, slots[column] >= 0 { cells[Int(slots[column])] = cell }
                    column += 1
                }
            }
        }
        count = column
        return position > line.count
    }

    /// Empties the cells of the columns that the record just cut does not have; otherwise they keep those of the one before.
    mutating func clearMissing() {
        for column in slots.indices.dropFirst(count) where slots[column] >= 0 { cells[Int(slots[column])] = Cell() }
    }

    /// Cuts a record and keeps all its cells; false when it ends within a quoted cell.
    mutating func cutAll(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        cells.removeAll(keepingCapacity: true)
        var position = 0
        while let cell = Self.cell(line, &position, separator) { cells.append(cell) }
        count = cells.count
        return position > line.count
    }

    /// The cell at `position`, which moves behind its separator, and past the line's end behind the last one.
    /// - Returns: nil behind the last cell, and within a cell whose quote is not closed; `position` tells them apart.
    @inline(__always)
    private static func cell(_ line: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ separator: UInt8) -> Cell? {
        let length = line.count
        guard position <= length else { return nil }
        var cell = Cell()
        var first = position
        while first < length, line[first] == 32 { first += 1 }
        if first < length, line[first] == 34 {
            var end = first + 1
            cell.start = Int32(truncatingIfNeeded: end)
            while true {
                while end < length, line[end] != 34 { end += 1 }
                guard end < length else { return nil }
                guard end + 1 < length, line[end + 1] == 34 else { break }
                cell.isEscaped = true
                end += 2
            }
            cell.end = Int32(truncatingIfNeeded: end)
            position = end + 1
            // What follows a closing quote within its cell is not part of it.
            while position < length, line[position] != separator { position += 1 }
        } else {
            cell.start = Int32(truncatingIfNeeded: position)
            while position < length, line[position] != separator { position += 1 }
            cell.end = Int32(truncatingIfNeeded: position)
        }
        position += 1
        return cell
    }

    /// The text of a cell.
    func text(_ slot: Int, in line: UnsafeBufferPointer<UInt8>) -> String {
        let cell = cells[slot]
        let bytes = UnsafeBufferPointer(rebasing: line[Int(cell.start)..<Int(cell.end)])
        let text = String(decoding: bytes, as: UTF8.self)
        return cell.isEscaped ? text.replacing("\"\"", with: "\"") : text
    }

    /// All cells of a line as text without space around it, for headers; nil when it ends within a quoted cell.
    static func all(_ line: UnsafeBufferPointer<UInt8>, separator: UInt8 = UInt8(ascii: ",")) -> [String]? {
        guard line.count(where: { $0 == separator }) < 4096 else { return nil }
        var record = CSVRecord(separator: separator)
        guard record.cutAll(line) else { return nil }
        return record.cells.indices.map { record.text($0, in: line).trimmingSpace }
    }
}

extension String {
    /// The text without white space at either end.
    var trimmingSpace: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
            return ""
        }
        return String(self[first...last])
    }
}
