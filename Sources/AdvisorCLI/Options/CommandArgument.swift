import AdvisorCore
import ArgumentParser
import Synchronization

/// A type of command-line values whose parser says what is wrong with a value.
protocol CommandArgument: ExpressibleByArgument {
    /// Parses what the user typed.
    init(parsing text: String) throws(InvalidArgument)
}

extension CommandArgument {
    init?(argument: String) {
        do { try self.init(parsing: argument) } catch {
            InvalidArgument.Log.current?.add(error)
            return nil
        }
    }
}

/// Why a value of the command line does not parse.
struct InvalidArgument: Error {
    /// The value as it was typed.
    let value: String
    /// One line, e.g. `invalid time 'x'; use RFC 3339, e.g. 2026-03-31T00:00:00Z`.
    let message: String

    init(_ value: String, _ message: String) { (self.value, self.message) = (value, message) }

    /// The error of a value that is not one of a list.
    init(_ value: String, unknown kind: String, among known: [String]) {
        let hint = DidYouMean.hint(for: value, among: known)
        let list = hint.isEmpty ? "; expected one of: \(known.joined(separator: ", "))" : ""
        self.init(value, "unknown \(kind) '\(value)'\(hint)\(list)")
    }

    /// The values that did not parse: ArgumentParser knows that they failed, and not why.
    final class Log: Sendable {
        @TaskLocal static var current: Log?

        private let errors = Mutex<[InvalidArgument]>([])

        func add(_ error: InvalidArgument) { errors.withLock { $0.append(error) } }

        /// The error of the value that ArgumentParser's message names.
        func error(named message: String) -> InvalidArgument? {
            errors.withLock { $0.last { message.contains("'\($0.value)'") } }
        }
    }
}

/// Values that are known by their names.
protocol NamedArgument: CommandArgument, CaseIterable, RawRepresentable<String> {
    /// What the values are called in messages: `severity`.
    static var kind: String { get }
}

extension NamedArgument {
    // Said again because RawRepresentable has one of its own.
    init?(argument: String) {
        do { try self.init(parsing: argument) } catch {
            InvalidArgument.Log.current?.add(error)
            return nil
        }
    }

    init(parsing text: String) throws(InvalidArgument) {
        guard let value = Self(rawValue: text) else {
            throw InvalidArgument(text, unknown: Self.kind, among: Self.allCases.map(\.rawValue))
        }
        self = value
    }

    /// `text, json`, for help pages.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// Leaves the list of values to the help text of the option.
    static var allValueStrings: [String] { [] }

    var defaultValueDescription: String { rawValue }
}
