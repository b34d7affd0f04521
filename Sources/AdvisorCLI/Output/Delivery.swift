import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorNetwork
import AdvisorStore
import Foundation

/// What sending uses of this machine: its clock, its environment, its random numbers.
struct Delivery {
    let options: any ProjectLocation
    let timeOption: TimeOption
    let isVerbose: Bool
    let project: Project
    /// The language of the stack's alerts.
    let language: any Language
    var stack: Stack { project.stack }

    init(options: any ProjectLocation, timeOption: TimeOption, isVerbose: Bool, project: Project) throws {
        (self.options, self.timeOption, self.isVerbose, self.project) = (options, timeOption, isVerbose, project)
        language = try Console.alertLanguage(of: project)
    }

    /// From the stack file only: errors in rules do not prevent delivery.
    init(_ options: any ProjectLocation, _ timeOption: TimeOption, isVerbose: Bool = false) throws {
        let loaded = try ProjectLoader(options: options).load()
        let errors = loaded.diagnostics.filter { !$0.isNote && $0.file == options.stackPath.path }
        guard errors.isEmpty else {
            throw ConfigurationError(errors, "advisor: \(options.stackPath.path) has errors; nothing was sent")
        }
        try self.init(options: options, timeOption: timeOption, isVerbose: isVerbose, project: loaded.project)
    }

    var reader: SecretReader {
        SecretReader(folder: FileSystem.current.resolve(options.folder), environment: CommandEnvironment.current.variables)
    }

    /// The receiver with that name.
    func webhook(_ name: String) throws -> Stack.Receiver {
        if let webhook = stack.webhooks.first(where: { $0.name == name }) { return webhook }
        let names = stack.webhooks.map(\.name)
        let hint = DidYouMean.hint(for: name, among: names)
        let list =
            names.isEmpty
            ? "; it has no `webhooks:`" : hint.isEmpty ? "; expected one of: \(names.joined(separator: ", "))" : ""
        throw ExitError(
            .usage, "advisor: no receiver '\(SafeText.terminal(name))' in \(options.stackPath.path)\(hint)\(list)")
    }

    /// The current time, shifted with `--now`.
    func clock() throws -> @Sendable () -> Timestamp {
        let begin = try timeOption.given()
        let started = ContinuousClock.now
        let clock = CommandEnvironment.current.clock
        return {
            if let begin { return begin + (ContinuousClock.now - started) }
            return clock()
        }
    }

    /// A relay for a store.
    func relay(
        _ store: Store, clock: @escaping @Sendable () -> Timestamp, isEnding: @escaping @Sendable () -> Bool = { false }
    ) -> OutboxRelay {
        let lock = LeaseLock(besides: store.path, files: .current, id: UUID().uuidString)
        let environment = RelayEnvironment(
            clock: clock, jitter: { Double.random(in: 0...1) }, lease: { lock.lease(UUID().uuidString) },
            holder: { lock.holder(of: $0) },
            wait: { length in
                let end = ContinuousClock.now + length
                while !isEnding(), ContinuousClock.now < end { Thread.sleep(forTimeInterval: min(0.1, length.seconds)) }
            }, isEnding: isEnding)
        return OutboxRelay(
            store: store, stack: stack, reader: reader, environment: environment,
            language: language,
            report: Self.report(isVerbose))
    }

    /// Writes to standard error with --verbose; otherwise the result has what matters.
    private static func report(_ isVerbose: Bool) -> @Sendable (DeliveryEvent) -> Void {
        guard isVerbose else { return { _ in } }
        let environment = CommandEnvironment.current
        return { event in
            CommandEnvironment.$current.withValue(environment) { Console.error("advisor: " + SafeText.terminal(line(event))) }
        }
    }

    /// `alert not delivered receiver=team format=slack alert=8c1f… attempt=2 reason=HTTP 503`.
    private static func line(_ event: DeliveryEvent) -> String {
        var pairs = ["receiver=\(event.receiver)", "format=\(event.format.rawValue)"]
        if let alert = event.alert { pairs.append("alert=\(alert)") }
        if let attempt = event.attempt { pairs.append("attempt=\(attempt)") }
        let what: String
        switch event.outcome {
        case .delivered: what = "alert delivered"
        case .notDelivered(let reason): (what, pairs) = ("alert not delivered", pairs + ["reason=\(reason)"])
        case .disabled(let reason): (what, pairs) = ("receiver disabled", pairs + ["reason=\(reason)"])
        }
        return ([what] + pairs).joined(separator: " ")
    }
}
