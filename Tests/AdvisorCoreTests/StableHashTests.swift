import AdvisorCore
import Testing

@Suite("Stable hashes")
struct StableHashTests {
    @Test(
        "FNV-1a's own test vectors",
        arguments: [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")])
    func vectors(_ text: String, _ digits: String) {
        var hash = StableHash()
        hash.combine(text.utf8)
        #expect(hash.hexadecimal == digits)
    }

    @Test("an id depends on the parts and where one ends")
    func ids() {
        #expect(Fingerprint.of(["a", "b"]) == Fingerprint.of(["a", "b"]))
        #expect(Fingerprint.of(["ab"]) != Fingerprint.of(["a", "b"]))
        #expect(Fingerprint.of(["a"]).count == 32)
    }
}
