public import AdvisorCore
internal import Foundation

/// Creates the sinks of a stack.
public struct SinkFactory: Sendable {
    private let stack: Stack
    private let reader: SecretReader

    /// Creates a factory whose secrets are read by `reader`.
    public init(stack: Stack, reader: SecretReader) { (self.stack, self.reader) = (stack, reader) }

    /// Creates the sink of a receiver.
    /// - Throws: The secret that cannot be read, and why.
    public func sink(_ webhook: Stack.Receiver) throws(SecretFailure) -> any Sink {
        try ReceiverKind.sink(
            SinkContext(
                webhook, reader: reader, client: HTTPClient(environment: reader.environment),
                stack: StackSecrets(stack, reader: reader)))
    }
}
