public import AdvisorCore

extension LookalikeResource {
    /// What to check, in one line.
    public var notice: String {
        "new resource '\(id)' is not in advisor.yaml; did you mean '\(declared)'? `advisor store forget --resource \(Self.quoted(id))` removes it"
    }

    /// A word of a shell's command; in quotes unless it is plain.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"):
                true
            default: false
            }
        }
        return isPlain && !word.isEmpty && !word.hasPrefix("-") ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
