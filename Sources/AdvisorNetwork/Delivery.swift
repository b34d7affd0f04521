public import AdvisorCore
internal import Foundation

/// Why a sink did not take an alert.
public enum DeliveryFailure: Error, Hashable, Sendable {
    /// The same bytes may be taken later: a timeout, 429, 5xx. `after` is the server's own wish.
    case retryable(reason: String, after: Duration?)
    /// They never will be: any other 4xx, a refused payload.
    case permanent(reason: String)
    /// The receiver is gone for good and wants nothing more: 410.
    case gone(reason: String)

    /// In few words, without secrets.
    public var reason: String {
        switch self {
        case .retryable(let reason, _), .permanent(let reason), .gone(let reason): reason
        }
    }
}

/// Somewhere that alerts go.
public protocol Sink: Sendable {
    /// Tells the receiver of an alert.
    /// - Parameters:
    ///   - alert: What to tell; told again, its id and bytes are the same.
    ///   - now: The time of this attempt.
    ///   - deadline: How long the attempt may last, whatever the receiver does.
    /// - Returns: What the receiver answered, in few words.
    /// - Throws: Why it did not take the alert, without secrets.
    func deliver(_ alert: Alert, at now: Timestamp, within deadline: Duration) throws(DeliveryFailure) -> String

    /// What `deliver` would send, without secrets.
    func preview(_ alert: Alert, at now: Timestamp) -> SinkPreview
}

/// What would be sent, for people to look at.
public struct SinkPreview: Hashable, Sendable {
    /// Where to, without what is secret of it: `https://hooks.slack.com/…`.
    public var target: String
    /// The body as it would be sent.
    public var body: String
}

/// What a sink is made of: the stack file's words with the secrets that they name.
struct SinkContext: Sendable {
    /// As the stack file has it.
    var webhook: Stack.Receiver
    /// nil for formats without one, or with one of their own.
    var url: URL?
    /// Signing keys, a routing key or a token; empty without any.
    var secrets: [String]
    /// Sends what goes by HTTP.
    var client: HTTPClient
    /// Where relative paths begin.
    var folder: String
    /// What programs that are started see of the environment.
    var environment: [String: String]
    /// Takes secrets out of what is said.
    var redaction: Redaction { Redaction(url: url, secrets: secrets) }

    /// Reads the secrets that a webhook names.
    /// - Throws: Which one cannot be read, and why.
    init(_ webhook: Stack.Receiver, reader: SecretReader, client: HTTPClient, hiding names: Set<String>) throws(SecretFailure) {
        self.webhook = webhook
        var client = client
        client.allowsPrivate = webhook.allowsPrivate
        self.client = client
        (folder, environment) = (reader.folder, reader.environment.filter { !names.contains($0.key) })
        url = if let place = webhook.url { try reader.url(place) } else { nil }
        var secrets: [String] = []
        for place in webhook.secrets { secrets += try reader.secrets(place) }
        self.secrets = secrets
    }

    /// The one secret; nil without any.
    var secret: String? { secrets.first }
}
