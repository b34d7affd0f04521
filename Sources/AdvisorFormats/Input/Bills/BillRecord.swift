/// Cuts a line of CSV into the cells that are wanted, where they stand: nothing is copied.
///
/// RFC 4180: a cell that begins with a quote ends with one, may hold separators and line breaks, and doubles its quotes.
struct BillRecord {
    /// Where a cell's text begins and ends, without its quotes.
    struct Cell {
        var start: Int32 = 0
        var end: Int32 = 0
        /// Whether a doubled quote stands in it.
        var isEscaped = false
    }

    /// The cells wanted, by slot; a slot that no column has stays empty.
    private(set) var cells: [Cell]
    /// How many cells the line has.
    private(set) var count = 0
    private let slots: [Int8]

    /// A record that keeps of each column what `slots` says: the number of its slot, or -1.
    init(slots: [Int8], slotCount: Int) {
        self.slots = slots
        cells = [Cell](repeating: Cell(), count: slotCount)
    }

    /// Cuts a line; false when it ends within a quoted cell.
    mutating func cut(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let (length, columns) = (line.count, slots.count)
        var position = 0
        var column = 0
        return cells.withUnsafeMutableBufferPointer { cells in
            slots.withUnsafeBufferPointer { slots in
                while true {
                    var cell = Cell()
                    if position < length, line[position] == 34 {
                        position += 1
                        cell.start = Int32(truncatingIfNeeded: position)
                        while true {
                            while position < length, line[position] != 34 { position += 1 }
                            guard position < length else { return false }
                            guard position + 1 < length, line[position + 1] == 34 else {
                                break
                            }
                            cell.isEscaped = true
                            position += 2
                        }
                        cell.end = Int32(truncatingIfNeeded: position)
                        position += 1
                        // What follows a closing quote within its cell is no part of it.
                        while position < length, line[position] != 44 { position += 1 }
                    } else {
                        cell.start = Int32(truncatingIfNeeded: position)
                        while position < length, line[position] != 44 { position += 1 }
                        cell.end = Int32(truncatingIfNeeded: position)
                    }
                    if column < columns, slots[column] >= 0 { cells[Int(slots[column])] = cell }
                    column += 1
                    guard position < length else { break }
                    position += 1
                }
                count = column
                return true
            }
        }
    }

    /// The text of a cell.
    func text(_ slot: Int, in line: UnsafeBufferPointer<UInt8>) -> String {
        let cell = cells[slot]
        let bytes = UnsafeBufferPointer(rebasing: line[Int(cell.start)..<Int(cell.end)])
        let text = String(decoding: bytes, as: UTF8.self)
        return cell.isEscaped ? text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"") : text
    }

    /// All cells of a line as text, for headers; nil when it ends within a quoted cell.
    static func all(_ line: UnsafeBufferPointer<UInt8>) -> [String]? {
        let commas = line.count { $0 == 44 } + 1
        guard commas <= 4096 else { return nil }
        var result: [String] = []
        // A hundred slots at a time: a slot's number is small.
        for first in stride(from: 0, to: commas, by: 100) {
            let slots = (0..<commas).map { (first..<first + 100).contains($0) ? Int8($0 - first) : -1 }
            var record = BillRecord(slots: slots, slotCount: 100)
            guard record.cut(line) else { return nil }
            result += (0..<min(100, max(0, record.count - first))).map { record.text($0, in: line).trimmingSpace }
        }
        return result
    }
}
