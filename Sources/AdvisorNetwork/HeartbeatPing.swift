public import AdvisorCore
internal import Foundation

/// Reports the start, success or failure of a run to a monitoring service such as healthchecks.io.
public struct HeartbeatPing: Sendable {
    /// The signal of a ping.
    public enum Signal: String, CaseIterable, Sendable {
        case start, success, fail, log
    }

    private let url: URL
    private let client: HTTPClient
    private let redaction: Redaction
    /// The maximum text, from its end, which has the result.
    private static let bodyLimit = 10_000

    /// Creates a ping for the stack's heartbeat.
    /// - Throws: If the URL cannot be read.
    public init(_ heartbeat: Stack.Heartbeat, reader: SecretReader) throws(SecretFailure) {
        url = try reader.url(heartbeat.url)
        var client = HTTPClient(environment: reader.environment)
        client.allowsPrivate = heartbeat.allowsPrivate
        self.client = client
        redaction = Redaction(urls: [url])
    }

    /// Sends a signal.
    /// - Parameters:
    ///   - signal: The signal; success is the URL itself, others append their name.
    ///   - run: Pairs start and end; a UUID, nil for none.
    ///   - text: Text stored by the receiver, shortened to its end.
    ///   - now: The current time.
    ///   - deadline: The timeout.
    /// - Returns: The error, without the URL; nil if the signal was accepted. A run does not fail because of it.
    public func send(
        _ signal: Signal, run: String?, text: String = "", at now: Timestamp, within deadline: Duration = .seconds(10)
    ) -> String? {
        var target = signal == .success ? url : url.appending(path: signal.rawValue)
        if let run { target.append(queryItems: [URLQueryItem(name: "rid", value: run)]) }
        let body = String(decoding: Array(text.utf8.suffix(Self.bodyLimit)), as: UTF8.self)
        let request = HTTPRequest(target, text: body)
        do {
            var response = try client.post(request, at: now, within: deadline)
            response.redaction = redaction
            _ = try ResponseClassifier.standard(response)
            return nil
        } catch {
            return redaction.text(error.reason)
        }
    }
}

extension HTTPRequest {
    /// A POST request with plain text.
    init(_ url: URL, text: String) {
        (self.url, body) = (url, Data(text.utf8))
        headers = ["Content-Type": "text/plain; charset=utf-8"]
    }
}
