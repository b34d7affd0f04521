internal import AdvisorCore

/// Sums lines by the bytes of their key, so that text is created once per key instead of once per line.
struct ChargeTable {
    /// The state of a key.
    enum Entry {
        /// Its line, without amounts; the interval is nil for a single day.
        case line(ChargeBatch.Line, ChargeInterval?)
        /// Why its lines are invalid: the slot and the problem.
        case rejected(slot: Int, words: String)
    }

    private struct Sum {
        var cost: Int128 = 0
        var usage: Int128 = 0
        var count = 0
        /// Whether any line states a quantity, and none an invalid one.
        var hasUsage = false
        var isInvalid = false
        var keyStart = 0
        var keyLength = 0
        var hash: UInt64 = 0
    }

    private(set) var entries: [Entry] = []
    private var sums: [Sum] = []
    private var keys: [UInt8] = []
    /// Indices of entries from 1, by hash; 0 is free.
    private var buckets = [Int32](repeating: 0, count: 1 << 12)

    /// The index of the entry with a key; nil if it is new.
    @inline(__always)
    func find(_ key: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
        let mask = buckets.count - 1
        var bucket = Int(truncatingIfNeeded: hash) & mask
        while case let number = Int(buckets[bucket]), number > 0 {
            let sum = sums[number - 1]
            if sum.hash == hash, sum.keyLength == key.count, isKey(sum, key) { return number - 1 }
            bucket = (bucket + 1) & mask
        }
        return nil
    }

    @inline(__always)
    private func isKey(_ sum: Sum, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        keys.withUnsafeBufferPointer { all in
            UnsafeBufferPointer(rebasing: all[sum.keyStart..<sum.keyStart + sum.keyLength]).elementsEqual(key)
        }
    }

    mutating func insert(_ entry: Entry, _ key: [UInt8], hash: UInt64) -> Int {
        if (entries.count + 1) * 2 > buckets.count { grow() }
        entries.append(entry)
        var sum = Sum()
        (sum.keyStart, sum.keyLength, sum.hash) = (keys.count, key.count, hash)
        keys.append(contentsOf: key)
        sums.append(sum)
        place(sums.count)
        return sums.count - 1
    }

    private mutating func place(_ number: Int) {
        let mask = buckets.count - 1
        var bucket = Int(truncatingIfNeeded: sums[number - 1].hash) & mask
        while buckets[bucket] > 0 { bucket = (bucket + 1) & mask }
        buckets[bucket] = Int32(number)
    }

    private mutating func grow() {
        buckets = [Int32](repeating: 0, count: buckets.count * 2)
        for number in sums.indices { place(number + 1) }
    }

    /// Adds a line to a sum; false without adding if the sum would overflow.
    ///
    /// A line without a quantity, such as a rounding line, adds none. With an invalid one the quantity of the sum is unknown.
    @inline(__always)
    mutating func add(cost: Int128, usage: Int128?, isInvalid: Bool = false, to number: Int) -> Bool {
        let (sum, overflows) = sums[number].cost.addingReportingOverflow(cost)
        guard !overflows else { return false }
        sums[number].cost = sum
        if let usage {
            let (all, overflows) = sums[number].usage.addingReportingOverflow(usage)
            sums[number].usage = all
            sums[number].hasUsage = true
            if overflows { sums[number].isInvalid = true }
        } else if isInvalid {
            sums[number].isInvalid = true
        }
        sums[number].count += 1
        return true
    }

    /// Whether it is large enough to be flushed.
    var isFull: Bool { entries.count >= 40_000 }

    /// Removes and returns all sums, spread over their days.
    mutating func empty(_ body: (ChargeBatch.Line) throws -> Void) rethrows {
        for (number, entry) in entries.enumerated() {
            guard case .line(var line, let interval) = entry, sums[number].count > 0 else { continue }
            line.cost = sums[number].cost
            let hasUsage = sums[number].hasUsage && !sums[number].isInvalid && line.category.isConsumption
            line.usage = hasUsage ? sums[number].usage : nil
            line.count = sums[number].count
            if let interval { try interval.spread(line, body) } else { try body(line) }
        }
        self = ChargeTable()
    }
}
