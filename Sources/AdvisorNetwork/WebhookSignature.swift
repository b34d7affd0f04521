internal import AdvisorCore
internal import Crypto
internal import Foundation

/// The signature of Standard Webhooks: HMAC-SHA256 over id, time and body.
///
/// Source: standard-webhooks/standard-webhooks, spec/standard-webhooks.md, 2026-08.
struct WebhookSignature: Sendable {
    private let keys: [SymmetricKey]
    private static let prefix = "whsec_"
    /// The maximum difference between the time of an attempt and the receiver's clock.
    static let tolerance = Duration.seconds(300)

    /// Parses base64 keys after `whsec_`, 24 to 64 bytes each.
    /// - Throws: If one is invalid.
    init(secrets: [String]) throws(SecretFailure) {
        var keys: [SymmetricKey] = []
        for secret in secrets {
            let text = secret.hasPrefix(Self.prefix) ? String(secret.dropFirst(Self.prefix.count)) : secret
            guard let data = Data(base64Encoded: text), (24...64).contains(data.count) else {
                throw SecretFailure(
                    problem:
                        "the signing secret is not a key of Standard Webhooks; expected 'whsec_', then 24 to 64 random bytes in base64"
                )
            }
            keys.append(SymmetricKey(data: data))
        }
        self.keys = keys
    }

    /// The headers that sign a body; without keys, the id and time headers.
    func headers(id: String, body: Data, at now: Timestamp) -> [String: String] {
        let seconds = Int64((Double(now.milliseconds) / 1000).rounded(.down))
        var headers = ["webhook-id": id, "webhook-timestamp": "\(seconds)"]
        if !keys.isEmpty {
            let content = Self.content(id: id, seconds: seconds, body: body)
            headers["webhook-signature"] = keys.map { key in
                "v1," + Data(HMAC<SHA256>.authenticationCode(for: content, using: key)).base64EncodedString()
            }.joined(separator: " ")
        }
        return headers
    }

    /// Whether a signature matches a key, in constant time, and the time is near enough.
    func verifies(_ headers: [String: String], body: Data, at now: Timestamp) -> Bool {
        guard let id = headers["webhook-id"], let seconds = headers["webhook-timestamp"].flatMap(Int64.init),
            let signatures = headers["webhook-signature"]
        else { return false }
        let distance = now - Timestamp(seconds: seconds)
        guard distance <= Self.tolerance, distance >= .zero - Self.tolerance else { return false }
        let content = Self.content(id: id, seconds: seconds, body: body)
        return signatures.split(separator: " ").contains { signature in
            guard signature.hasPrefix("v1,"), let code = Data(base64Encoded: String(signature.dropFirst(3))) else { return false }
            return keys.contains { HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: content, using: $0) }
        }
    }

    private static func content(id: String, seconds: Int64, body: Data) -> Data { Data("\(id).\(seconds).".utf8) + body }
}
