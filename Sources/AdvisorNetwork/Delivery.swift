public import AdvisorCore
internal import Foundation

/// Why an alert was not delivered.
public enum DeliveryFailure: Error, Hashable, Sendable {
    /// The same bytes may be accepted later: a timeout, 429, 5xx. `after` is the time the server asked for.
    case retryable(reason: String, after: Duration?)
    /// They will never be accepted: any other 4xx, a rejected payload.
    case permanent(reason: String)
    /// The receiver is gone for good: 410.
    case gone(reason: String)

    /// A short text without secrets.
    public var reason: String {
        switch self {
        case .retryable(let reason, _), .permanent(let reason), .gone(let reason): reason
        }
    }
}

/// A receiver's integration.
public protocol Sink: Sendable {
    /// Sends an alert.
    /// - Parameters:
    ///   - message: The alert in words; on a retry its id and bytes are the same.
    ///   - now: The time of this attempt.
    ///   - deadline: The timeout of the attempt.
    /// - Returns: The receiver's response, shortened.
    /// - Throws: Why it was not delivered, without secrets.
    func deliver(_ message: AlertMessage, at now: Timestamp, within deadline: Duration) throws(DeliveryFailure) -> String

    /// What `deliver` would send, without secrets.
    func preview(_ message: AlertMessage, at now: Timestamp) -> SinkPreview
}

/// A preview of what would be sent.
public struct SinkPreview: Hashable, Sendable {
    /// The destination without its secret part: `https://hooks.slack.com/…`.
    public var target: String
    /// The body.
    public var body: String
}

/// The configuration of a sink, with its secrets.
struct SinkContext: Sendable {
    /// The receiver as configured.
    var webhook: Stack.Receiver
    /// nil for formats without a URL, or with a fixed one.
    var url: URL?
    /// Signing keys, a routing key or a token; empty without any.
    var secrets: [String]
    /// The HTTP client.
    var client: HTTPClient
    /// The folder for relative paths.
    var folder: String
    /// The environment of child processes.
    var environment: [String: String]
    /// Removes secrets from texts.
    var redaction: Redaction

    /// Reads the secrets of a receiver.
    /// - Throws: The secret that cannot be read, and why.
    init(_ webhook: Stack.Receiver, reader: SecretReader, client: HTTPClient, stack: StackSecrets) throws(SecretFailure) {
        self.webhook = webhook
        var client = client
        client.allowsPrivate = webhook.allowsPrivate
        self.client = client
        (folder, environment) = (reader.folder, stack.inherited)
        url = if let place = webhook.url { try reader.url(place) } else { nil }
        var secrets: [String] = []
        for place in webhook.secrets { secrets += try reader.secrets(place) }
        self.secrets = secrets
        redaction = Redaction(urls: [url].compactMap { $0 }, secrets: secrets).union(stack.redaction)
    }

    /// The only secret; nil without any.
    var secret: String? { secrets.first }
}
