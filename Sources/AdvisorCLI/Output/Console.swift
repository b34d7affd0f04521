import Foundation
import Glibc
import Synchronization

/// Standard output for results, standard error for everything else.
enum Console {
    private static let failure = Mutex<Int32>(0)
    private static let closed = Mutex(false)

    /// What kept a part of the results from standard output; nil while all of them got there, and when a reader left.
    static var failureWords: String? {
        let number = failure.withLock { $0 }
        return number == 0 ? nil : String(cString: strerror(number))
    }

    /// Whether nobody gave a standard input.
    static var isInputClosed: Bool { closed.withLock { $0 } }

    /// Opens what was closed of the three standard descriptors, so that no file of ours is taken for one of them.
    static func holdDescriptors() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            if descriptor == STDIN_FILENO { closed.withLock { $0 = true } }
            _ = open("/dev/null", O_RDWR)
        }
    }

    static func out(_ text: String) {
        let number = write(text, to: STDOUT_FILENO)
        // A reader that left has seen what it wanted: that ends the output, not the work.
        if number != 0, number != EPIPE { failure.withLock { $0 = number } }
    }

    static func error(_ text: String) { _ = write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO) }

    /// To standard error as it is, for progress.
    static func raw(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// Writes all of it; else the number of the error.
    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return written < 0 ? errno : EIO }
            bytes = bytes.dropFirst(written)
        }
        return 0
    }

    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Columns of the terminal; 100 where there is none.
    static var width: Int {
        if let columns = environment("COLUMNS").flatMap(Int.init), columns >= 20 { return columns }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else { return 100 }
        return Int(size.ws_col)
    }

    /// Whether standard output may be coloured: only on a terminal, and never against `NO_COLOR` or `TERM=dumb`.
    static func isColoured(_ isRefused: Bool) -> Bool {
        !isRefused && isTerminal(STDOUT_FILENO) && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
    }
}
