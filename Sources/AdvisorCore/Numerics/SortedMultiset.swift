internal import Algorithms

/// Values in ascending order, which stay ordered as values are inserted and removed.
struct SortedMultiset<Value: Comparable & Sendable>: Sendable {
    private(set) var values: [Value] = []

    mutating func insert(_ value: Value) { values.insert(value, at: position(of: value)) }

    /// Removes one occurrence of a value that is present.
    mutating func remove(_ value: Value) { values.remove(at: position(of: value)) }

    private func position(of value: Value) -> Int { values.partitioningIndex { $0 >= value } }
}
