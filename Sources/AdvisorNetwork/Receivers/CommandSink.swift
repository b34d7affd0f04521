internal import AdvisorCore
internal import Foundation

/// A program that reads one alert as JSON from standard input. It is started without a shell.
struct CommandSink: Sink {
    private let setup: SinkContext
    private let process: ChildProcess

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        guard !setup.webhook.command.isEmpty else { throw SecretFailure(problem: "'command' names no program") }
        process = ChildProcess(command: setup.webhook.command, environment: setup.environment)
    }

    func deliver(_ alert: Alert, at now: Timestamp, within deadline: Duration) throws(DeliveryFailure) -> String {
        try process.deliver(Data(body(alert).utf8), within: deadline)
    }

    func preview(_ alert: Alert, at now: Timestamp) -> SinkPreview {
        SinkPreview(target: OutputSanitizer.line(setup.webhook.command.joined(separator: " ")), body: body(alert))
    }

    private func body(_ alert: Alert) -> String { JSONText(alert.bounded.json).text + "\n" }
}
