/// Short texts that identify what they are made of.
public enum Fingerprint {
    /// The same parts always give the same fingerprint.
    /// - Parameter parts: Kind, key and time, or whatever else sets it apart.
    /// - Returns: 32 hexadecimal digits: two runs of FNV-1a, each of 64 bits, over the parts.
    public static func of(_ parts: [String]) -> String {
        let bytes = parts.joined(separator: "\u{1F}").utf8
        let halves = [0xcbf2_9ce4_8422_2325, 0x6c62_272e_07bb_0142].map { (seed: UInt64) in
            bytes.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        }
        return halves.map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
