public import AdvisorCore

/// One way of telling somebody.
public struct SinkKind: Sendable {
    /// Its name in the stack file.
    public let format: Stack.Webhook.Format
    /// For people: `Slack`.
    public let title: String
    let make: @Sendable (SinkSetup) throws(SecretFailure) -> any Sink

    init(
        _ format: Stack.Webhook.Format, _ title: String, _ make: @escaping @Sendable (SinkSetup) throws(SecretFailure) -> any Sink
    ) {
        (self.format, self.title, self.make) = (format, title, make)
    }

    /// Every kind; a new one is a file in `Sinks/` and a line here.
    public static let all = [
        SinkKind(.standard, "Standard Webhooks", StandardSink.init), SinkKind(.slack, "Slack", SlackSink.init),
        SinkKind(.discord, "Discord", DiscordSink.init), SinkKind(.teams, "Microsoft Teams", TeamsSink.init),
        SinkKind(.pagerduty, "PagerDuty", PagerDutySink.init), SinkKind(.alertmanager, "Alertmanager", AlertmanagerSink.init),
        SinkKind(.alertmanagerWebhook, "Alertmanager's webhook", AlertmanagerWebhookSink.init),
        SinkKind(.cloudevents, "CloudEvents", CloudEventsSink.init), SinkKind(.ntfy, "ntfy", NtfySink.init),
        SinkKind(.sns, "CloudWatch alarm in SNS's envelope", SNSSink.init), SinkKind(.email, "e-mail", EmailSink.init),
        SinkKind(.command, "a program", CommandSink.init), SinkKind(.file, "a file", FileSink.init),
    ]

    /// The sink of a webhook.
    static func sink(_ setup: SinkSetup) throws(SecretFailure) -> any Sink {
        guard let kind = all.first(where: { $0.format == setup.webhook.format }) else {
            throw SecretFailure(problem: "no sink sends '\(setup.webhook.format.rawValue)'")
        }
        return try kind.make(setup)
    }
}
