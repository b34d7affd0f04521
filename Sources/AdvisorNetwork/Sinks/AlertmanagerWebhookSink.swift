internal import AdvisorCore
internal import AdvisorFormats
internal import Foundation

/// What Alertmanager posts to webhook receivers, version 4, for the many that read it.
struct AlertmanagerWebhookSink: HTTPSink {
    let setup: SinkSetup
    private let url: URL
    /// Go's zero time: not ended.
    private static let never = "0001-01-01T00:00:00Z"

    init(_ setup: SinkSetup) throws(SecretFailure) {
        self.setup = setup
        url = try setup.neededURL()
    }

    func request(_ alert: Alert, at now: Timestamp) -> HTTPRequest {
        let labels = PrometheusLabels(alert)
        let status = JSONValue.text(alert.status == .resolved ? "resolved" : "firing")
        let name = labels.labels["alertname"] ?? ""
        let (ownLabels, annotations) = (PrometheusLabels.json(labels.labels), PrometheusLabels.json(labels.annotations))
        let entry = JSONValue.object([
            "status": status, "labels": ownLabels, "annotations": annotations, "startsAt": JSONValue(alert.startsAt),
            "endsAt": alert.status == .resolved ? JSONValue(alert.endsAt ?? alert.at) : .text(Self.never),
            "generatorURL": .text(""),
            "fingerprint": .text(labels.fingerprint),
        ])
        let message = JSONValue.object([
            "version": .text("4"), "groupKey": .text("{}:{alertname=\"\(name)\"}"), "truncatedAlerts": .integer(0),
            "status": status, "receiver": .text(setup.webhook.name),
            "groupLabels": .object(["alertname": .text(name)]), "commonLabels": ownLabels, "commonAnnotations": annotations,
            "externalURL": .text(""), "alerts": .array([entry]),
        ])
        return HTTPRequest(url, json: JSONText(message), headers: setup.bearer)
    }
}
