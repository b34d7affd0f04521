public import AdvisorCore
public import AdvisorFormats
public import AdvisorNetwork
public import AdvisorStore

/// What would be sent to one receiver, without sending or secrets.
public struct DeliveryPreview: Sendable {
    /// One alert that is due.
    public struct Message: Sendable {
        /// The alert's id.
        public var alert: String
        /// Target and body.
        public var preview: SinkPreview
    }

    /// The receiver.
    public var receiver: Stack.Receiver
    /// What would be sent, in order; the reason why nothing can be.
    public var messages: Result<[Message], SecretFailure>
    /// How many alerts are due.
    public var due: Int

    /// Previews of everything that is due, by receiver in the order of the file; receivers to which nothing is due are left out.
    /// - Throws: `StoreFailure`.
    public static func all(
        in store: Store, stack: Stack, reader: SecretReader, language: any Language, at now: Timestamp
    ) throws -> [DeliveryPreview] {
        let sinks = SinkFactory(stack: stack, reader: reader)
        return try stack.webhooks.compactMap { receiver in
            let entries = try store.pendingEntries(receiver: receiver.name, now: now)
            guard !entries.isEmpty else { return nil }
            let sink = Result { () throws(SecretFailure) in try sinks.sink(receiver) }
            let messages = sink.map { sink in
                entries.map {
                    Message(alert: $0.alert.id, preview: sink.preview($0.renderedMessage(in: language), at: now))
                }
            }
            return DeliveryPreview(receiver: receiver, messages: messages, due: entries.count)
        }
    }
}
