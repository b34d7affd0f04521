public import AdvisorCore
internal import Foundation

/// Tells somebody who listens for runs, as healthchecks.io does, that one began, ended or failed.
public struct HeartbeatPing: Sendable {
    /// What a ping says.
    public enum Signal: String, CaseIterable, Sendable {
        case start, success, fail, log
    }

    private let url: URL
    private let client: HTTPClient
    private let redaction: Redaction
    /// What of the text is sent: the end of it, which says how it ended.
    private static let bodyLimit = 10_000

    /// A pinger of the stack's heartbeat.
    /// - Throws: When the URL cannot be read.
    public init(_ heartbeat: Stack.Heartbeat, reader: SecretReader) throws(SecretFailure) {
        url = try reader.url(heartbeat.url)
        var client = HTTPClient(environment: reader.environment)
        client.allowsPrivate = heartbeat.allowsPrivate
        self.client = client
        redaction = Redaction(url: url, secrets: [])
    }

    /// Sends a signal.
    /// - Parameters:
    ///   - signal: What happened; success is the URL itself, everything else has its name behind it.
    ///   - run: Pairs start with end; a UUID, nil for none.
    ///   - text: Kept by the receiver, as much of its end as it takes.
    ///   - now: The time that it is.
    ///   - deadline: How long it may take.
    /// - Returns: What went wrong, without the URL; nil when the signal arrived. A run does not fail for want of a listener.
    public func send(
        _ signal: Signal, run: String?, text: String = "", at now: Timestamp, within deadline: Duration = .seconds(10)
    ) -> String? {
        var target = signal == .success ? url : url.appending(path: signal.rawValue)
        if let run { target.append(queryItems: [URLQueryItem(name: "rid", value: run)]) }
        let body = String(decoding: Array(text.utf8.suffix(Self.bodyLimit)), as: UTF8.self)
        let request = HTTPRequest(target, text: body)
        do {
            _ = try ResponseClassifier.standard(try client.post(request, at: now, within: deadline))
            return nil
        } catch {
            return redaction.text(error.reason)
        }
    }
}

extension HTTPRequest {
    /// A POST of plain text.
    init(_ url: URL, text: String) {
        (self.url, body) = (url, Data(text.utf8))
        headers = ["Content-Type": "text/plain; charset=utf-8"]
    }
}
