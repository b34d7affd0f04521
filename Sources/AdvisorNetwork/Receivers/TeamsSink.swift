internal import AdvisorCore
internal import Foundation

/// A Teams webhook of Power Automate ("When a Teams webhook request is received"): one adaptive card, below 28 kB.
struct TeamsSink: HTTPSink {
    let setup: SinkContext
    private let url: URL
    private static let limit = 27_000

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        url = try setup.neededURL()
    }

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        HTTPRequest(url, json: JSONText(atMost: Self.limit, message, Self.card))
    }

    private static func card(_ message: AlertMessage) -> JSONValue {
        let text = MessageText(message)
        func cut(_ text: String, _ limit: Int) -> JSONValue { .text(TextLimit.utf16(limit).cut(OutputSanitizer.markdown(text))) }
        func block(_ text: JSONValue, _ more: [String: JSONValue] = [:]) -> JSONValue {
            .object(["type": .text("TextBlock"), "text": text, "wrap": .boolean(true)].merging(more) { $1 })
        }
        let color =
            switch message.alert.status {
            case .firing: "Attention"
            case .resolved: "Good"
            case .info: "Default"
            }
        var body = [
            block(
                cut(text.headline, 500),
                ["weight": .text("Bolder"), "size": .text("Medium"), "style": .text("heading"), "color": .text(color)]),
            block(cut(text.summary, 2000)),
            .object([
                "type": .text("FactSet"),
                "facts": .array(text.fields.map { .object(["title": .text($0.title), "value": cut($0.text, 500)]) }),
            ]),
        ]
        body += text.reasons.prefix(10).map { block(cut("• \($0)", 1000)) }
        body.append(block(cut(text.origin, 500), ["isSubtle": .boolean(true), "size": .text("Small")]))
        let card = JSONValue.object([
            "$schema": .text("http://adaptivecards.io/schemas/adaptive-card.json"), "type": .text("AdaptiveCard"),
            "version": .text("1.2"), "body": .array(body), "msteams": .object(["width": .text("full")]),
        ])
        let attachment = JSONValue.object([
            "contentType": .text("application/vnd.microsoft.card.adaptive"), "contentUrl": .null, "content": card,
        ])
        return .object(["type": .text("message"), "attachments": .array([attachment])])
    }
}
