internal import AdvisorCore
internal import Foundation

/// ntfy, as JSON to the server's root; the topic is the last part of the URL.
struct NtfySink: HTTPSink {
    let setup: SinkContext
    private let root: URL
    private let topic: String

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        let url = try setup.neededURL()
        topic = url.lastPathComponent
        guard !topic.isEmpty, topic != "/" else {
            throw SecretFailure(problem: "the URL of ntfy names no topic; write it as https://ntfy.sh/my-topic")
        }
        root = url.deletingLastPathComponent()
    }

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        let text = MessageText(message)
        let (priority, tag) =
            switch (message.alert.status, message.alert.severity) {
            case (.firing, .critical): (5, "rotating_light")
            case (.firing, .warning): (4, "warning")
            case (.firing, .info), (.info, _): (3, "information_source")
            case (.resolved, _): (3, "white_check_mark")
            }
        let body = JSONValue.object([
            "topic": .text(topic), "title": .text(TextLimit.bytes(250).cut(text.headline)),
            "message": .text(TextLimit.bytes(4096).cut(text.plain)), "priority": .integer(priority), "tags": .array([.text(tag)]),
        ])
        return HTTPRequest(root, json: JSONText(body), headers: setup.bearer)
    }
}
