public import AdvisorCore
public import AdvisorNetwork

/// What a run uses of the machine.
public struct RunEnvironment {
    /// What becomes of a run's work.
    public enum Mode: Sendable {
        /// It is stored and delivered.
        case live
        /// It is done on a copy of the store, and nothing is sent.
        case rehearsal
    }

    /// What becomes of the run's work.
    public var mode: Mode
    /// Reads the files of inputs.
    public var files: FileSystem
    /// The folder in which relative paths of the stack file begin, as it was given.
    public var folder: String
    /// Reads secrets; commands of inputs see its environment variables, except those that hold a secret.
    public var secrets: SecretReader
    /// The time now, which moves on during the run.
    public var clock: @Sendable () -> Timestamp
    /// Gives the relay of the run.
    public var relay: (_ isEnding: @escaping @Sendable () -> Bool) -> OutboxRelay
    /// Whether the run is to end: nothing more is begun.
    public var isStopped: @Sendable () -> Bool
    /// Called with each event as it happens.
    public var report: (RunEvent) -> Void

    /// Creates an environment.
    public init(
        mode: Mode, files: FileSystem, folder: String, secrets: SecretReader,
        clock: @escaping @Sendable () -> Timestamp,
        relay: @escaping (_ isEnding: @escaping @Sendable () -> Bool) -> OutboxRelay,
        isStopped: @escaping @Sendable () -> Bool, report: @escaping (RunEvent) -> Void
    ) {
        (self.mode, self.files, self.folder, self.secrets) = (mode, files, folder, secrets)
        (self.clock, self.relay, self.isStopped, self.report) = (clock, relay, isStopped, report)
    }
}
