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

    func deliver(_ message: AlertMessage, at now: Timestamp, within deadline: Duration) throws(DeliveryFailure) -> String {
        try process.deliver(Data(body(message).utf8), within: deadline, setup.redaction)
    }

    func preview(_ message: AlertMessage, at now: Timestamp) -> SinkPreview {
        SinkPreview(target: OutputSanitizer.line(setup.webhook.command.joined(separator: " ")), body: body(message))
    }

    private func body(_ message: AlertMessage) -> String { JSONText(message.bounded.json).text + "\n" }
}
