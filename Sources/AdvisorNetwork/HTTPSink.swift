internal import AdvisorCore
internal import Foundation

/// An HTTP request.
struct HTTPRequest: Hashable, Sendable {
    var url: URL
    /// Headers besides the common ones.
    var headers: [String: String]
    var body: Data

    /// Creates a POST request with JSON.
    init(_ url: URL, json body: JSONText, headers: [String: String] = [:]) {
        (self.url, self.body) = (url, Data(body.text.utf8))
        self.headers = headers.merging(["Content-Type": "application/json"]) { given, _ in given }
    }
}

/// The response of a receiver.
struct HTTPResponse: Hashable, Sendable {
    var status: Int
    /// The header `Retry-After`; nil without it.
    var retryAfter: String?
    /// The beginning of the body, up to the limit.
    var body: Data
    /// Whether the body is complete.
    var isComplete: Bool
    /// The time of the response.
    var at: Timestamp
    /// Removes secrets that the receiver repeats.
    var redaction = Redaction()

    /// The body as sanitized text on one line, truncated.
    var text: String {
        let all = String(decoding: body, as: UTF8.self)
        let text = isComplete ? redaction.text(all) : redaction.beginning(all)
        return TextLimit.characters(200).cut(redaction.text(OutputSanitizer.line(text)))
    }
}

/// A sink that posts to a URL.
protocol HTTPSink: Sink {
    /// The client, and the texts of failures.
    var setup: SinkContext { get }
    /// The request for a message.
    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest
    /// The meaning of a response.
    func answer(_ response: HTTPResponse) throws(DeliveryFailure) -> String
}

extension HTTPSink {
    func deliver(_ message: AlertMessage, at now: Timestamp, within deadline: Duration) throws(DeliveryFailure) -> String {
        let redaction = setup.redaction
        do {
            var response = try setup.client.post(request(message.bounded, at: now), at: now, within: deadline)
            response.redaction = redaction
            return redaction.text(try answer(response))
        } catch {
            throw redaction.failure(error)
        }
    }

    func preview(_ message: AlertMessage, at now: Timestamp) -> SinkPreview {
        let request = request(message.bounded, at: now)
        return SinkPreview(
            target: Redaction.shown(request.url), body: setup.redaction.text(String(decoding: request.body, as: UTF8.self)))
    }

    func answer(_ response: HTTPResponse) throws(DeliveryFailure) -> String { try ResponseClassifier.standard(response) }
}

extension SinkContext {
    /// The URL of a format that requires one.
    func neededURL() throws(SecretFailure) -> URL {
        guard let url else { throw SecretFailure(problem: "the URL is missing") }
        return url
    }

    /// The header of the token; absent without one.
    var bearer: [String: String] { secret.map { ["Authorization": "Bearer \($0)"] } ?? [:] }
}
