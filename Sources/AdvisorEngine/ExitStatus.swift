internal import AdvisorStore

/// How a use case ended, as the exit codes that scripts rely on (sysexits.h, and two of our own).
public enum ExitStatus: Int, CaseIterable, Sendable {
    /// It did all it should.
    case done = 0
    /// A rule of at least the severity of `--fail-on` is in ALARM.
    case findings = 1
    /// Rules or scenarios that were to be checked have errors.
    case errors = 2
    /// The request itself is wrong: an unknown name, a value out of range.
    case usage = 64
    /// Some of the input was rejected; the rest is stored.
    case badData = 65
    /// A file, a resource or a store does not exist.
    case noInput = 66
    /// An input failed: its command ended with an error or took too long.
    case unavailable = 69
    /// An error that was not foreseen.
    case software = 70
    /// The clock is wrong: it is before the last evaluation, or long after everything that is stored.
    case clock = 71
    /// Reading or writing failed, or the store is damaged.
    case io = 74
    /// Something is busy or unreachable; the same request may succeed later by itself.
    case tryAgain = 75
    /// A receiver refused an alert for good.
    case refused = 76
    /// The configuration or the rules are wrong.
    case configuration = 78

    /// The status of an error of a layer below.
    public static func of(_ error: any Error) -> ExitStatus {
        if let error = error as? ExitError { return error.status }
        if error is ConfigurationError { return .configuration }
        if error is ReadFailure { return .io }
        guard let failure = error as? StoreFailure else { return .software }
        return switch failure {
        case .missing, .notAFile: .noInput
        case .newerVersion, .tooManySeries, .denied: .configuration
        case .foreign, .damaged, .undecodable, .unusable: .io
        case .busy: .tryAgain
        }
    }

    /// The status of several problems: the most important of them; `done` without any.
    public static func combined(_ all: some Sequence<ExitStatus>) -> ExitStatus {
        let order: [ExitStatus] = [
            .software, .io, .clock, .configuration, .unavailable, .refused, .noInput, .tryAgain, .badData, .errors, .findings,
        ]
        let present = Set(all)
        return order.first(where: present.contains) ?? .done
    }

    /// The message of an error of a layer below.
    public static func words(_ error: any Error) -> String {
        if let failure = error as? StoreFailure { return "advisor: \(failure)" }
        if let error = error as? ConfigurationError { return error.message }
        if let failure = error as? ReadFailure { return "advisor: \(failure)" }
        if let error = error as? ExitError, let message = error.message { return message }
        return "advisor: unforeseen: \(error)"
    }
}

/// Ends a use case with a status, and perhaps a message.
public struct ExitError: Error {
    /// The kind of result.
    public var status: ExitStatus
    /// What is wrong and what to do, in one line; nil where the results say it.
    public var message: String?

    /// Creates an error.
    public init(_ status: ExitStatus, _ message: String? = nil) { (self.status, self.message) = (status, message) }
}
