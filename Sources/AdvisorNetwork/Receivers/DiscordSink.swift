internal import AdvisorCore
internal import Foundation

/// A Discord webhook: one embed without mentions.
struct DiscordSink: HTTPSink {
    let setup: SinkContext
    private let url: URL

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        url = try setup.neededURL()
    }

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        let text = MessageText(message)
        // Discord's limits: title 256, description 4,096, field 256 and 1,024, footer 2,048, total 6,000.
        func cut(_ text: String, _ limit: Int) -> JSONValue { .text(TextLimit.utf16(limit).cut(OutputSanitizer.markdown(text))) }
        let reasons = text.reasons.prefix(10).map { "• \(OutputSanitizer.markdown($0))" }
        let description = ([OutputSanitizer.markdown(text.summary)] + reasons).joined(separator: "\n")
        let fields = text.fields.prefix(8).map { fact in
            JSONValue.object(["name": .text(fact.title), "value": cut(fact.text, 200), "inline": .boolean(true)])
        }
        let embed = JSONValue.object([
            "title": cut(text.headline, 256), "description": .text(TextLimit.utf16(3000).cut(description)),
            "color": .integer(Self.color(message.alert)), "fields": .array(fields),
            "footer": .object(["text": cut(text.origin, 500)]),
            "timestamp": .text(message.alert.at.withMilliseconds),
        ])
        return HTTPRequest(
            url,
            json: JSONText(
                .object([
                    "content": .text(""), "embeds": .array([embed]), "allowed_mentions": .object(["parse": .array([])]),
                ])))
    }

    /// Red, green and grey as in Alertmanager.
    private static func color(_ alert: Alert) -> Int {
        switch alert.status {
        case .firing: 10_038_562
        case .resolved: 3_066_993
        case .info: 9_807_270
        }
    }

    /// 204, or 200 with `?wait=true`. For 429 the body states the delay more exactly than the header.
    func answer(_ response: HTTPResponse) throws(DeliveryFailure) -> String {
        do { return try ResponseClassifier.only([200, 204], response) } catch {
            guard case .retryable(let reason, let after) = error, response.status == 429,
                let body = try? JSONDecoder().decode(Limited.self, from: response.body), body.retry_after.isFinite,
                let exact = RetryAfter.wait("\(body.retry_after)", now: response.at)
            else { throw error }
            throw .retryable(reason: reason, after: max(exact, after ?? .zero))
        }
    }

    private struct Limited: Decodable { var retry_after: Double }
}
