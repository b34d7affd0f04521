internal import AdvisorCore
internal import Foundation

extension ChildProcess {
    private static let outputLimit = 65_536
    /// Exit codes after which another attempt cannot help: EX_USAGE, EX_DATAERR, EX_NOUSER, EX_NOHOST, EX_NOPERM and EX_CONFIG.
    ///
    /// Source: sysexits.h.
    private static let permanentCodes: Set<Int32> = [64, 65, 67, 68, 77, 78]

    /// Hands the program a message on standard input.
    /// - Parameters:
    ///   - message: The message.
    ///   - deadline: How long it may take.
    ///   - redaction: Removes secrets from what it prints.
    /// - Returns: Its exit code and the beginning of its output, on one line.
    /// - Throws: By its exit code whether another attempt can help.
    func deliver(_ message: Data, within deadline: Duration, _ redaction: Redaction) throws(DeliveryFailure) -> String {
        guard let printed = Self.temporaryFile() else { throw .retryable(reason: "cannot create a temporary file", after: nil) }
        let ending: Ending
        do { ending = try run(input: message, messages: printed, within: deadline) } catch {
            throw .retryable(reason: Self.reason(error, name: command.first ?? ""), after: nil)
        }
        try? printed.seek(toOffset: 0)
        let bytes = (try? printed.read(upToCount: Self.outputLimit)) ?? nil
        let all = String(decoding: bytes ?? Data(), as: UTF8.self)
        let said = bytes?.count == Self.outputLimit ? redaction.beginning(all) : redaction.text(all)
        let text = redaction.text(OutputSanitizer.line(said)).trimmingCharacters(in: .whitespaces)
        let output = text.isEmpty ? "" : ": " + TextLimit.characters(200).cut(text)
        switch ending {
        case .exited(0): return "exit 0\(output)"
        case .exited(let code) where Self.permanentCodes.contains(code): throw .permanent(reason: "exit \(code)\(output)")
        case .exited(let code): throw .retryable(reason: "exit \(code)\(output)", after: nil)
        case .signaled(let signal): throw .retryable(reason: "ended by signal \(signal)\(output)", after: nil)
        case .timedOut, .stopped:
            throw .retryable(reason: "not done within \(ValueText.duration(deadline.seconds)); ended", after: nil)
        }
    }

    private static func reason(_ failure: StartFailure, name: String) -> String {
        let name = OutputSanitizer.line(name)
        return switch failure {
        case .emptyCommand, .notFound: "\(name): no such program"
        case .noTemporaryFile: "cannot create a temporary file"
        case .refused: "\(name): cannot be started"
        }
    }
}
