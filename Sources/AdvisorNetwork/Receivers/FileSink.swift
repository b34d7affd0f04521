internal import AdvisorCore
internal import Foundation
internal import Glibc

/// A file with one line of JSON per alert, appended atomically.
struct FileSink: Sink {
    private let path: String

    init(_ setup: SinkContext) throws(SecretFailure) {
        guard let path = setup.webhook.path, !path.isEmpty else { throw SecretFailure(problem: "'path' names no file") }
        self.path = path.hasPrefix("/") ? path : "\(setup.folder)/\(path)"
    }

    func deliver(_ message: AlertMessage, at now: Timestamp, within deadline: Duration) throws(DeliveryFailure) -> String {
        // O_NONBLOCK: a pipe without a reader fails at once instead of blocking.
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o640)
        guard file >= 0 else { throw Self.failure("cannot be opened") }
        defer { close(file) }
        let before = lseek(file, 0, SEEK_END)
        let start = before > 0 && !endsWithLine(before) ? "\n" : ""
        let line = Array((start + JSONText(message.bounded.json).text + "\n").utf8)
        let written = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        guard written == line.count else {
            let failure = Self.failure("cannot be written")
            // A partial line would corrupt the next one.
            if written > 0, before >= 0 { ftruncate(file, before) }
            throw failure
        }
        // A device or a pipe does not support fsync.
        guard fsync(file) == 0 || errno == EINVAL || errno == EROFS else { throw Self.failure("cannot be written") }
        if before == 0 { syncFolder() }
        return "written"
    }

    /// Whether the file ends with a whole line; a power cut may leave a part of one.
    private func endsWithLine(_ size: off_t) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return true }
        defer { close(file) }
        var last: UInt8 = 0
        return pread(file, &last, 1, size - 1) != 1 || last == UInt8(ascii: "\n")
    }

    /// Makes the name of a new file as durable as its content.
    private func syncFolder() {
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func failure(_ what: String) -> DeliveryFailure {
        .retryable(reason: "the file \(what): \(String(cString: strerror(errno)))", after: nil)
    }

    func preview(_ message: AlertMessage, at now: Timestamp) -> SinkPreview {
        SinkPreview(target: OutputSanitizer.line(path), body: JSONText(message.bounded.json).text + "\n")
    }
}
