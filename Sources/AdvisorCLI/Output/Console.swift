import Foundation
import Glibc

/// Standard output for results, standard error for everything else.
enum Console {
    static func out(_ text: String) { write(text, to: STDOUT_FILENO) }

    static func error(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO) }

    /// To standard error as it is, for progress.
    static func raw(_ text: String) { write(text, to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // A closed pipe ends the output, not the work.
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
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
