import AdvisorStore

/// The exit codes that scripts rely on (sysexits.h, and two of our own).
enum ExitStatus: Int, CaseIterable {
    case done = 0
    case findings = 1
    case errors = 2
    case usage = 64
    case badData = 65
    case noInput = 66
    case software = 70
    case io = 74
    case tryAgain = 75
    case configuration = 78

    /// The code for an error from below.
    static func of(_ error: any Error) -> ExitStatus {
        guard let failure = error as? StoreFailure else { return .software }
        switch failure {
        case .missing: return .noInput
        case .newerVersion: return .configuration
        case .damaged, .unusable: return .io
        case .busy: return .tryAgain
        }
    }

    static func words(_ error: any Error) -> String {
        if let failure = error as? StoreFailure { return "advisor: \(failure)" }
        return "advisor: unforeseen: \(error)"
    }
}

/// Ends a command with a code, and perhaps a message.
struct ExitError: Error {
    var status: ExitStatus
    var message: String?

    init(_ status: ExitStatus, _ message: String? = nil) { (self.status, self.message) = (status, message) }
}
