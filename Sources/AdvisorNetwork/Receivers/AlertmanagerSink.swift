public import AdvisorCore
internal import Foundation

/// The API of Alertmanager, `/api/v2/alerts`.
///
/// Alertmanager forgets alerts that are not re-sent. Like Prometheus, an active alert has an end in the future, which each
/// re-send moves, so it does not depend on Alertmanager's `resolve_timeout` of five minutes, which is shorter than the
/// interval of cron.
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

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        // Alertmanager groups by itself and identifies alerts by labels: each rule is one alert.
        HTTPRequest(url, json: JSONText(.array(message.perRule.map { entry($0, at: now) })), headers: setup.bearer)
    }

    private func entry(_ message: AlertMessage, at now: Timestamp) -> JSONValue {
        let alert = message.alert
        let labels = PrometheusLabels(message)
        // A resolved alert must not end in the future, nor before its start.
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
