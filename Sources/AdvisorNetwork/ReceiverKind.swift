public import AdvisorCore

/// A kind of receiver.
public struct ReceiverKind: Sendable {
    /// The name in advisor.yaml.
    public let format: Stack.Receiver.Format
    /// The title: `Slack`.
    public let title: String
    let make: @Sendable (SinkContext) throws(SecretFailure) -> any Sink

    init(
        _ format: Stack.Receiver.Format, _ title: String,
        _ make: @escaping @Sendable (SinkContext) throws(SecretFailure) -> any Sink
    ) {
        (self.format, self.title, self.make) = (format, title, make)
    }

    /// All kinds; a new one is a file in `Receivers/` and a line here.
    public static let all = [
        ReceiverKind(.standard, "Standard Webhooks", StandardSink.init), ReceiverKind(.slack, "Slack", SlackSink.init),
        ReceiverKind(.discord, "Discord", DiscordSink.init), ReceiverKind(.teams, "Microsoft Teams", TeamsSink.init),
        ReceiverKind(.pagerduty, "PagerDuty", PagerDutySink.init),
        ReceiverKind(.alertmanager, "Alertmanager", AlertmanagerSink.init),
        ReceiverKind(.alertmanagerWebhook, "Alertmanager's webhook", AlertmanagerWebhookSink.init),
        ReceiverKind(.cloudevents, "CloudEvents", CloudEventsSink.init), ReceiverKind(.ntfy, "ntfy", NtfySink.init),
        ReceiverKind(.sns, "CloudWatch alarm in SNS's envelope", SNSSink.init), ReceiverKind(.email, "e-mail", EmailSink.init),
        ReceiverKind(.command, "a program", CommandSink.init), ReceiverKind(.file, "a file", FileSink.init),
    ]

    /// Creates the sink of a receiver.
    static func sink(_ setup: SinkContext) throws(SecretFailure) -> any Sink {
        guard let kind = all.first(where: { $0.format == setup.webhook.format }) else {
            throw SecretFailure(problem: "no sink sends '\(setup.webhook.format.rawValue)'")
        }
        return try kind.make(setup)
    }
}
