public import AdvisorCore
public import AdvisorFormats
public import AdvisorNetwork

/// Sends a test alert to receivers, past the outbox.
public struct ReceiverTest: Sendable {
    /// What one receiver answered.
    public struct Answer: Sendable {
        /// The receiver.
        public var receiver: Stack.Receiver
        /// What became of the alert.
        public var outcome: Outcome
        /// The duration.
        public var took: Duration
    }

    /// What became of a test alert.
    public enum Outcome: Sendable {
        /// The receiver accepted it, and what it answered.
        case accepted(String)
        /// It may be accepted later, and why not now.
        case postponed(String)
        /// It was refused for good, and why.
        case refused(String)
        /// It could not be sent: which secret cannot be read, and why.
        case unreadable(String)
    }

    private static let deadline = Duration.seconds(20)
    private let stack: Stack
    private let sinks: SinkFactory
    private let language: any Language
    private let clock: @Sendable () -> Timestamp

    /// Creates a test of the receivers of a stack, worded in a language.
    public init(stack: Stack, reader: SecretReader, language: any Language, clock: @escaping @Sendable () -> Timestamp) {
        (self.stack, self.language, self.clock) = (stack, language, clock)
        sinks = SinkFactory(stack: stack, reader: reader)
    }

    /// Tests receivers one after another.
    /// - Returns: One answer a receiver, in the same order.
    public func answers(of receivers: [Stack.Receiver]) -> [Answer] {
        receivers.map { receiver in
            let begin = ContinuousClock.now
            let outcome = outcome(of: receiver)
            return Answer(receiver: receiver, outcome: outcome, took: ContinuousClock.now - begin)
        }
    }

    /// The status of a test: `tryAgain` when a receiver may accept later, `refused` when one refused, `configuration` when a
    /// secret cannot be read.
    public static func status(of answers: [Answer]) -> ExitStatus {
        ExitStatus.combined(
            answers.map { answer in
                switch answer.outcome {
                case .accepted: .done
                case .postponed: .tryAgain
                case .refused: .refused
                case .unreadable: .configuration
                }
            })
    }

    private func outcome(of receiver: Stack.Receiver) -> Outcome {
        do {
            let sink = try sinks.sink(receiver)
            var alert = testAlert(for: receiver, at: clock())
            let answer = try sink.deliver(AlertMessage(alert, in: language), at: alert.at, within: Self.deadline)
            // A receiver that opens an incident for it can close it at once.
            switch receiver.format {
            case .pagerduty, .alertmanager, .alertmanagerWebhook:
                alert.id = Fingerprint.of([alert.id, "over"])
                alert.endsAt = clock()
                _ = try sink.deliver(AlertMessage(alert, in: language), at: clock(), within: Self.deadline)
            default: break
            }
            return .accepted(answer)
        } catch let failure as DeliveryFailure {
            if case .retryable = failure { return .postponed(failure.reason) }
            return .refused(failure.reason)
        } catch {
            return .unreadable("\(error)")
        }
    }

    private func testAlert(for receiver: Stack.Receiver, at now: Timestamp) -> Alert {
        var alert = Alert(
            id: Fingerprint.of(["test", receiver.name, "\(now.milliseconds)"]), kind: .test, severity: .info,
            key: "test/\(receiver.name)", content: .test(receiver: receiver.name), at: now, startsAt: now)
        (alert.project, alert.stage) = (stack.name, stack.stage)
        return alert
    }
}
