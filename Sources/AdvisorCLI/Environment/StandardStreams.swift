import AdvisorEngine
import Foundation
import Glibc

/// The three standard streams of a command.
package struct StandardStreams: Sendable {
    /// One of the two streams that are written.
    package enum Output: Sendable { case standardOutput, standardError }

    /// Writes all of the bytes; 0, or the `errno` that prevented it.
    package var write: @Sendable (_ bytes: [UInt8], _ stream: Output) -> Int32 = { _, _ in 0 }
    /// Reads at most so many bytes from standard input, none at its end; nil when standard input is closed.
    package var read: (@Sendable (_ limit: Int) throws -> [UInt8])?
    /// Whether the stream is a terminal.
    package var isTerminal: @Sendable (_ stream: Output) -> Bool = { _ in false }
    /// Columns of the terminal; nil when standard output is none.
    package var columns: @Sendable () -> Int? = { nil }

    /// Streams that discard what is written and have nothing to read.
    package init() {}

    /// The streams of this process.
    ///
    /// A standard descriptor that is closed is opened to `/dev/null`, so that no file of the program takes its number.
    static func process() -> StandardStreams {
        var streams = StandardStreams()
        let isInputClosed = openClosedDescriptors()
        streams.write = { bytes, stream in writeAll(bytes, to: stream.descriptor) }
        streams.isTerminal = { isatty($0.descriptor) == 1 }
        streams.columns = {
            var size = winsize()
            return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : nil
        }
        if !isInputClosed { streams.read = { try FileSystem.read(STDIN_FILENO, limit: $0) } }
        return streams
    }

    /// Whether standard input was closed.
    private static func openClosedDescriptors() -> Bool {
        var isInputClosed = false
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            if descriptor == STDIN_FILENO { isInputClosed = true }
            _ = open("/dev/null", O_RDWR)
        }
        return isInputClosed
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var remaining = bytes[...]
        while !remaining.isEmpty {
            let written = remaining.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return written < 0 ? errno : EIO }
            remaining = remaining.dropFirst(written)
        }
        return 0
    }
}

extension StandardStreams.Output {
    fileprivate var descriptor: Int32 { self == .standardOutput ? STDOUT_FILENO : STDERR_FILENO }
}
