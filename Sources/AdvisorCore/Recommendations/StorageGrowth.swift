/// How far allocated storage grows.
enum StorageGrowth {
    /// The bytes of a GiB.
    static let gibibyte = 1_073_741_824.0
    /// The largest volume in GiB.
    static let most = 65_536.0
    /// Below the size from which a volume includes more operations, the share of that size from which it grows to it.
    private static let nearThreshold = 0.95

    /// The new size in GiB: at least 10 % more, and up to the next size from which the volume includes more operations where that
    /// is near.
    ///
    /// RDS refuses less than 10 % more, and a second change within 6 hours. Source: RDS User Guide, Increasing DB instance storage
    /// capacity.
    static func size(from: Double, by gibibytes: Double, on storage: StorageType?) -> Double {
        let size = max(from + gibibytes, (from * 11 / 10).rounded(.up))
        let next = storage?.included.map(\.from).first { $0 > size }
        let rounded = next.map { size >= $0 * nearThreshold ? $0 : size } ?? size
        return min(rounded, storage?.maximum ?? most)
    }

    /// A size of a rule in GiB: whole GiB where it is one, otherwise decimal GB are taken for as many GiB.
    static func gibibytes(_ bytes: Double) -> Double {
        bytes > 0 && bytes.truncatingRemainder(dividingBy: gibibyte) == 0 ? bytes / gibibyte : bytes / 1e9
    }

    /// The operations per second that growing adds to those included; nil if none.
    static func addedOperations(from: Double, to size: Double, on storage: StorageType?) -> Double? {
        guard let before = storage?.included.last(where: { $0.from <= from }),
            let after = storage?.included.last(where: { $0.from <= size }), after.operations > before.operations
        else { return nil }
        return after.operations
    }
}
