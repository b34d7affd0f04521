public import AdvisorCore
internal import Foundation

/// Alertmanager's own API, `/api/v2/alerts`.
///
/// Alertmanager forgets what is not told again. While an alert stands it carries an end some time ahead, which each re-send moves
/// on, as Prometheus does it; so the hold does not depend on Alertmanager's `resolve_timeout` of five minutes, which is shorter
/// than the pause between two runs of cron.
struct AlertmanagerSink: HTTPSink {
    let setup: SinkContext
    private let url: URL

    /// How often an alert is sent again within the time that it is held.
    fileprivate static let sendsPerHold: Int64 = 4

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        let url = try setup.neededURL()
        self.url = url.path.hasSuffix("/api/v2/alerts") ? url : url.appending(path: "api/v2/alerts")
    }

    func request(_ alert: Alert, at now: Timestamp) -> HTTPRequest {
        // Alertmanager groups by itself, and knows an alert by its labels: each rule is one.
        HTTPRequest(url, json: JSONText(.array(alert.byRule.map { entry($0, at: now) })), headers: setup.bearer)
    }

    private func entry(_ alert: Alert, at now: Timestamp) -> JSONValue {
        let labels = PrometheusLabels(alert)
        // What is over must not end in the future, nor before it began.
        let end = alert.status == .resolved ? min(alert.endsAt ?? now, now) : now + setup.webhook.expiresAfter
        return .object([
            "labels": PrometheusLabels.json(labels.labels), "annotations": PrometheusLabels.json(labels.annotations),
            "startsAt": JSONValue(min(alert.startsAt, end)), "endsAt": JSONValue(end),
        ])
    }
}

extension Stack.Receiver {
    /// How often an alert that is firing is sent again, for receivers that forget; nil for receivers that remember.
    public var resendInterval: Duration? {
        format == .alertmanager ? .milliseconds(expiresAfter.milliseconds / AlertmanagerSink.sendsPerHold) : nil
    }
}
