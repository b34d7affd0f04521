/// Short texts derived from what they identify.
public enum Fingerprint {
    private static let secondBasis: UInt64 = 0x6c62_272e_07bb_0142

    /// The same parts always give the same fingerprint.
    /// - Parameter parts: Kind, key and time, or what else distinguishes it.
    /// - Returns: 32 hexadecimal digits, two hashes with different bases over the parts.
    public static func of(_ parts: [String]) -> String {
        let bytes = parts.joined(separator: "\u{1F}").utf8
        return [StableHash(), StableHash(basis: secondBasis)].map { hash in
            var hash = hash
            hash.combine(bytes)
            return hash.hexadecimal
        }.joined()
    }
}
