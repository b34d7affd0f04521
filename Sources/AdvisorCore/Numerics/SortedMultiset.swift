/// Values in order, kept so as they come and go.
struct SortedMultiset<Value: Comparable & Sendable>: Sendable {
    private(set) var values: [Value] = []

    mutating func insert(_ value: Value) { values.insert(value, at: position(of: value)) }

    /// Takes one value out that is in it.
    mutating func remove(_ value: Value) { values.remove(at: position(of: value)) }

    private func position(of value: Value) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
