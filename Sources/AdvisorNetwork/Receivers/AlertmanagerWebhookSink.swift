internal import AdvisorCore
internal import Foundation

/// The format that Alertmanager posts to webhook receivers, version 4.
struct AlertmanagerWebhookSink: HTTPSink {
    let setup: SinkContext
    private let url: URL
    /// Go's zero time: not ended.
    private static let never = "0001-01-01T00:00:00Z"

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        url = try setup.neededURL()
    }

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        let alerts = message.perRule.map(\.alert)
        let labels = message.perRule.map(PrometheusLabels.init)
        let first = labels[0]
        let common = first.labels.filter { name, value in labels.allSatisfy { $0.labels[name] == value } }
        let commonAnnotations = first.annotations.filter { name, value in labels.allSatisfy { $0.annotations[name] == value } }
        let name = labels.count == 1 ? "alertname" : "resource"
        let group = common.filter { $0.key == name }
        let body = JSONValue.object([
            "version": .text("4"), "groupKey": .text("{}:{\(name)=\"\(group[name] ?? "")\"}"), "truncatedAlerts": .integer(0),
            "status": .text(alerts.allSatisfy { $0.status == .resolved } ? "resolved" : "firing"),
            "receiver": .text(setup.webhook.name), "groupLabels": PrometheusLabels.json(group),
            "commonLabels": PrometheusLabels.json(common), "commonAnnotations": PrometheusLabels.json(commonAnnotations),
            "externalURL": .text(""), "alerts": .array(zip(alerts, labels).map { Self.entry($0, $1) }),
        ])
        return HTTPRequest(url, json: JSONText(body), headers: setup.bearer)
    }

    private static func entry(_ alert: Alert, _ labels: PrometheusLabels) -> JSONValue {
        .object([
            "status": .text(alert.status == .resolved ? "resolved" : "firing"),
            "labels": PrometheusLabels.json(labels.labels), "annotations": PrometheusLabels.json(labels.annotations),
            "startsAt": JSONValue(alert.startsAt),
            "endsAt": alert.status == .resolved ? JSONValue(alert.endsAt ?? alert.at) : .text(never),
            "generatorURL": .text(""), "fingerprint": .text(labels.fingerprint),
        ])
    }
}
