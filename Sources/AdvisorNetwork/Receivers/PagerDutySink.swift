internal import AdvisorCore
internal import Foundation

/// PagerDuty's Events API v2: *trigger* and *resolve* with the alert's key.
struct PagerDutySink: HTTPSink {
    let setup: SinkContext
    private let url: URL
    private let routingKey: String
    private static let enqueue = "https://events.pagerduty.com/v2/enqueue"

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        guard let url = setup.url ?? URL(string: Self.enqueue) else { throw SecretFailure(problem: "the URL is missing") }
        guard let key = setup.secret else { throw SecretFailure(problem: "the routing key is missing") }
        (self.url, routingKey) = (url, key)
    }

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        let alert = message.alert
        let key = Self.key(alert)
        var event: [String: JSONValue] = [
            "routing_key": .text(routingKey), "dedup_key": .text(key), "client": .text("advisor"),
            "event_action": .text(alert.status == .resolved ? "resolve" : "trigger"),
        ]
        let text = MessageText(message)
        event["payload"] = .object([
            "summary": .text(TextLimit.scalars(1024).cut(text.headline)),
            "source": .text(TextLimit.scalars(255).cut(OutputSanitizer.line(alert.resource ?? alert.project ?? "advisor"))),
            "severity": .text(alert.severity.rawValue), "timestamp": JSONValue(alert.startsAt),
            "component": JSONValue(alert.resourceKind?.rawValue), "group": JSONValue(alert.project.map(OutputSanitizer.line)),
            "class": JSONValue(alert.rule),
            "custom_details": .object([
                "summary": .text(TextLimit.scalars(4096).cut(text.summary)),
                "value": JSONValue(message.value.map(OutputSanitizer.line)),
                "threshold": JSONValue(message.threshold.map(OutputSanitizer.line)), "alert_id": .text(alert.id),
                "reasons": JSONValue(text.reasons.prefix(10).map { TextLimit.scalars(1000).cut($0) }),
                "monthly_cost_before": JSONValue(alert.monthlyBefore), "monthly_cost_after": JSONValue(alert.monthlyAfter),
                "advice": JSONValue(message.fields.first { $0.kind == .advice }.map { OutputSanitizer.line($0.text) }),
            ]),
        ])
        return HTTPRequest(url, json: JSONText(.object(event)))
    }

    /// At most 255 characters; a longer key keeps its beginning and a digest of the whole.
    private static func key(_ alert: Alert) -> String {
        let key = "advisor/\(OutputSanitizer.line(alert.key))"
        return key.utf16.count <= 255 ? key : TextLimit.utf16(220).cut(key) + Fingerprint.of([alert.key])
    }
}
