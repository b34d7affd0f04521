public import AdvisorCore
internal import Foundation

/// The endpoints of a stack, ready to be used.
public struct SinkFactory: Sendable {
    private let stack: Stack
    private let reader: SecretReader

    /// Endpoints whose secrets are read by `reader`.
    public init(stack: Stack, reader: SecretReader) { (self.stack, self.reader) = (stack, reader) }

    /// The sink of a webhook.
    /// - Throws: Which secret cannot be read, and why.
    public func sink(_ webhook: Stack.Receiver) throws(SecretFailure) -> any Sink {
        try ReceiverKind.sink(
            SinkContext(webhook, reader: reader, client: HTTPClient(environment: reader.environment), hiding: secretVariables))
    }

    /// Variables that hold secrets; programs that are started do not see them.
    private var secretVariables: Set<String> {
        let places = stack.webhooks.flatMap { [$0.url].compactMap { $0 } + $0.secrets } + [stack.heartbeat?.url].compactMap { $0 }
        return Set(
            places.compactMap { place in
                if case .environment(let name) = place { name } else { nil }
            })
    }
}
