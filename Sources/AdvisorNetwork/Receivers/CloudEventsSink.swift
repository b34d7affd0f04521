internal import AdvisorCore
internal import Foundation

/// CloudEvents 1.0 over HTTP in structured mode; source and id identify an event.
struct CloudEventsSink: HTTPSink {
    let setup: SinkContext
    private let url: URL
    private static let limit = 60_000

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        url = try setup.neededURL()
    }

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        let alert = message.alert
        let project = alert.project?.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let body = JSONText(atMost: Self.limit, message) { message in
            let alert = message.alert
            var event: [String: JSONValue] = [
                "specversion": .text("1.0"), "id": .text(alert.id),
                "source": .text(project.isEmpty ? "/advisor" : "/advisor/\(project)"),
                "type": .text("dev.advisor.\(alert.eventType)"), "time": JSONValue(alert.at),
                "datacontenttype": .text("application/json"), "data": message.json,
            ]
            // An attribute has a value or is absent.
            if let resource = alert.resource.map(OutputSanitizer.line), !resource.isEmpty { event["subject"] = .text(resource) }
            return .object(event)
        }
        return HTTPRequest(
            url, json: body, headers: setup.bearer.merging(["Content-Type": "application/cloudevents+json; charset=utf-8"]) { $1 }
        )
    }
}
