import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorNetwork

@Suite("Retry-After, private addresses and signatures")
struct RuleTests {
    @Test(
        "Retry-After",
        arguments: [
            ("120", 120), ("0", 0), ("1.5", 1.5), ("99999999999", 86_400), ("Fri, 15 Jan 2027 08:01:00 GMT", 60),
            ("Friday, 15-Jan-27 08:01:00 GMT", 60), ("Fri Jan 15 08:01:00 2027", 60), ("Fri, 15 Jan 2027 07:00:00 GMT", 0),
            ("Fri, 15 Jan 2038 08:01:00 GMT", 86_400), ("-5", nil), ("soon", nil), ("", nil), ("nan", nil), ("1e400", nil),
        ] as [(String, Double?)])
    func retryAfter(_ text: String, _ seconds: Double?) {
        #expect(RetryAfter.wait(text, now: Sending.now) == seconds.map { .milliseconds(Int64($0 * 1000)) })
    }

    @Test(
        "an address is private or not",
        arguments: [
            ("127.0.0.1", true), ("127.1", true), ("2130706433", true), ("0x7f000001", true), ("0177.0.0.1", true), ("0", true),
            ("10.1.2.3", true), ("172.16.0.1", true), ("172.31.255.255", true), ("172.32.0.1", false), ("192.168.1.1", true),
            ("169.254.169.254", true), ("100.64.0.1", true), ("100.128.0.1", false), ("198.18.0.1", true), ("224.0.0.1", true),
            ("255.255.255.255", true), ("8.8.8.8", false), ("1.1.1.1", false), ("::1", true), ("::", true),
            ("::ffff:127.0.0.1", true), ("::ffff:a9fe:a9fe", true), ("::ffff:8.8.8.8", false), ("::127.0.0.1", true),
            ("fe80::1", true), ("fd00:ec2::254", true), ("fc00::1", true), ("ff02::1", true), ("64:ff9b::a9fe:a9fe", true),
            ("64:ff9b::808:808", false), ("2002:7f00:1::", true), ("2002:808:808::", false), ("2001:db8::1", true),
            ("2001::1", true), ("2606:4700:4700::1111", false), ("2a00:1450:4001::1", false),
        ])
    func address(_ text: String, _ isPrivate: Bool) {
        #expect(IPAddress.written(text)?.isPrivate == isPrivate)
    }

    @Test(
        "a cut keeps whole characters as far as one fits",
        arguments: [
            (TextLimit.characters(5), "hello", "hello"), (.characters(5), "hello!", "hell…"), (.bytes(6), "ééé", "ééé"),
            (.bytes(6), "éééé", "é…"), (.utf16(4), "😀😀😀", "😀…"), (.scalars(4), "e\u{301}e\u{301}e\u{301}", "e\u{301}…"),
            (.scalars(4), "a" + String(repeating: "\u{301}", count: 50), "a\u{301}\u{301}…"), (.characters(0), "a", ""),
            (.bytes(2), "abc", ""), (.bytes(3), "abcd", "…"),
        ])
    func cut(_ limit: TextLimit, _ text: String, _ expected: String) {
        #expect(limit.cut(text) == expected)
        #expect(limit.length(limit.cut(text)) <= max(limit.length(expected), 0))
    }
}

@Suite("Signatures")
struct SignatureTests {
    static let body = Data(#"{"test": 2432232314}"#.utf8)

    @Test("sign for every secret, and verify by any")
    func rotation() throws {
        let other = "whsec_" + Data((0..<24).map { UInt8($0) }).base64EncodedString()
        let both = try WebhookSignature(secrets: [Sending.signingKey, other])
        let headers = both.headers(id: "msg_1", body: Self.body, at: Sending.now)
        #expect(headers["webhook-id"] == "msg_1")
        #expect(headers["webhook-timestamp"] == "1800000000")
        #expect(headers["webhook-signature"]?.split(separator: " ").count == 2)
        for secret in [Sending.signingKey, other] {
            let one = try WebhookSignature(secrets: [secret])
            #expect(one.verifies(headers, body: Self.body, at: Sending.now))
            #expect(one.verifies(headers, body: Self.body, at: Sending.now + .seconds(300)))
            #expect(!one.verifies(headers, body: Self.body, at: Sending.now + .seconds(301)))
            #expect(!one.verifies(headers, body: Self.body + Data("x".utf8), at: Sending.now))
            for (name, value) in ["webhook-id": "msg_2", "webhook-timestamp": "1800000001", "webhook-signature": "v1,AAAA"] {
                #expect(!one.verifies(headers.merging([name: value]) { $1 }, body: Self.body, at: Sending.now))
            }
        }
        let stranger = "whsec_" + Data((0..<24).map { UInt8($0 + 1) }).base64EncodedString()
        #expect(try !WebhookSignature(secrets: [stranger]).verifies(headers, body: Self.body, at: Sending.now))
    }

    @Test("a key that is none is refused without being said", arguments: ["whsec_short", "whsk_abcd", "whsec_!!!!"])
    func keys(_ secret: String) throws {
        do {
            _ = try WebhookSignature(secrets: [secret])
            Issue.record("'\(secret)' was taken")
        } catch { #expect(!error.problem.contains(secret)) }
    }

    @Test("without a secret nothing is signed, but named and dated")
    func unsigned() throws {
        let headers = try WebhookSignature(secrets: []).headers(id: "a", body: Self.body, at: Sending.now)
        #expect(headers.keys.sorted() == ["webhook-id", "webhook-timestamp"])
    }
}
