/// A hash that is the same in every run and version, for ids and fingerprints; Swift's `Hasher` is seeded anew in each run.
///
/// FNV-1a of 64 bits. It is no protection against forgery: signatures use swift-crypto.
/// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm".
public struct StableHash: Hashable, Sendable {
    private static let offsetBasis: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01b3

    private var state: UInt64

    /// Creates the hash of no bytes.
    public init() { self.init(basis: Self.offsetBasis) }

    /// Creates the hash of no bytes with another offset basis, which gives an independent hash.
    init(basis: UInt64) { state = basis }

    /// Adds bytes at the end of those hashed so far.
    public mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* Self.prime }
    }

    /// The hash as 16 hexadecimal digits.
    public var hexadecimal: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
