internal import AdvisorCore
internal import Foundation

/// Standard Webhooks: signed JSON below 20 kB.
struct StandardSink: HTTPSink {
    let setup: SinkContext
    private let url: URL
    private let signature: WebhookSignature
    private static let limit = 19_000

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        url = try setup.neededURL()
        signature = try WebhookSignature(secrets: setup.secrets)
    }

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        let body = JSONText(atMost: Self.limit, message) { message in
            .object([
                "type": .text("advisor.\(message.alert.eventType)"), "timestamp": .text(message.alert.at.withMilliseconds),
                "data": message.json,
            ])
        }
        return HTTPRequest(url, json: body, headers: signature.headers(id: message.alert.id, body: Data(body.text.utf8), at: now))
    }
}

extension Timestamp {
    /// RFC 3339 with milliseconds: `2026-11-23T02:40:55.000Z`.
    var withMilliseconds: String {
        let text = description
        return text.contains(".") ? text : text.dropLast() + ".000Z"
    }
}
