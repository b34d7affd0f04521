internal import AdvisorCore
internal import Foundation

/// A Slack incoming webhook: blocks in which all data is plain text.
///
/// Delivered means 200 with the body `ok`. Slack has no key for duplicates.
struct SlackSink: HTTPSink {
    let setup: SinkContext
    private let url: URL

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        url = try setup.neededURL()
    }

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        let text = MessageText(message)
        func plain(_ text: String, _ limit: Int) -> JSONValue {
            .object(["type": .text("plain_text"), "text": .text(TextLimit.utf16(limit).cut(text)), "emoji": .boolean(false)])
        }
        // Slack's limits: header 150, section 3,000, field 2,000, 10 fields, 50 blocks.
        var blocks: [JSONValue] = [
            .object(["type": .text("header"), "text": plain(text.headline, 150)]),
            .object(["type": .text("section"), "text": plain(text.summary.isEmpty ? text.headline : text.summary, 3000)]),
            .object([
                "type": .text("section"),
                "fields": .array(
                    text.fields.prefix(10).map { fact in
                        let cut = TextLimit.utf16(1900).cut("*\(fact.title)*\n\(OutputSanitizer.slack(fact.text))")
                        return .object(["type": .text("mrkdwn"), "text": .text(cut)])
                    }),
            ]),
        ]
        if !text.reasons.isEmpty {
            let lines = text.reasons.prefix(10).map { "• \($0)" }.joined(separator: "\n")
            blocks.append(.object(["type": .text("section"), "text": plain(lines, 3000)]))
        }
        blocks.append(.object(["type": .text("context"), "elements": .array([plain(text.origin, 500)])]))
        // The text of the notification; it is Slack markup, so it is escaped after truncation.
        let notice = OutputSanitizer.slack(TextLimit.utf16(1000).cut(text.headline))
        return HTTPRequest(url, json: JSONText(.object(["text": .text(notice), "blocks": .array(blocks)])))
    }

    func answer(_ response: HTTPResponse) throws(DeliveryFailure) -> String {
        let said = try ResponseClassifier.standard(response)
        guard response.status == 200, response.text.hasPrefix("ok") else {
            if !response.isComplete { throw .retryable(reason: "\(response.status), and its body did not come", after: nil) }
            throw .permanent(reason: "\(said), where '200 ok' is wanted")
        }
        return said
    }
}
