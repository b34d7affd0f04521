internal import AdvisorCore
internal import Foundation

/// What is sent by HTTP.
struct HTTPRequest: Hashable, Sendable {
    var url: URL
    /// Besides what every request has.
    var headers: [String: String]
    var body: Data

    /// A POST of JSON.
    init(_ url: URL, json body: JSONText, headers: [String: String] = [:]) {
        (self.url, self.body) = (url, Data(body.text.utf8))
        self.headers = headers.merging(["Content-Type": "application/json"]) { given, _ in given }
    }
}

/// What a receiver answered.
struct HTTPResponse: Hashable, Sendable {
    var status: Int
    /// The header `Retry-After`, as it came; nil without it.
    var retryAfter: String?
    /// Its beginning, up to the client's limit.
    var body: Data
    /// Whether all of the body came, within limit and deadline.
    var isComplete: Bool
    /// When the answer came.
    var at: Timestamp

    /// The body as text, harmless, on one line, cut short.
    var text: String { TextLimit.characters(200).cut(OutputSanitizer.line(String(decoding: body, as: UTF8.self))) }
}

/// A sink that posts to a URL.
protocol HTTPSink: Sink {
    /// The client, and the words for what goes wrong.
    var setup: SinkContext { get }
    /// What is sent.
    func request(_ alert: Alert, at now: Timestamp) -> HTTPRequest
    /// What an answer means.
    func answer(_ response: HTTPResponse) throws(DeliveryFailure) -> String
}

extension HTTPSink {
    func deliver(_ alert: Alert, at now: Timestamp, within deadline: Duration) throws(DeliveryFailure) -> String {
        let redaction = setup.redaction
        do {
            return redaction.text(try answer(try setup.client.post(request(alert.bounded, at: now), at: now, within: deadline)))
        } catch {
            throw redaction.failure(error)
        }
    }

    func preview(_ alert: Alert, at now: Timestamp) -> SinkPreview {
        let request = request(alert.bounded, at: now)
        return SinkPreview(
            target: Redaction.shown(request.url), body: setup.redaction.text(String(decoding: request.body, as: UTF8.self)))
    }

    func answer(_ response: HTTPResponse) throws(DeliveryFailure) -> String { try ResponseClassifier.standard(response) }
}

extension SinkContext {
    /// The URL of a format that cannot do without.
    func neededURL() throws(SecretFailure) -> URL {
        guard let url else { throw SecretFailure(problem: "the URL is missing") }
        return url
    }

    /// The header that carries the token; none without one.
    var bearer: [String: String] { secret.map { ["Authorization": "Bearer \($0)"] } ?? [:] }
}
