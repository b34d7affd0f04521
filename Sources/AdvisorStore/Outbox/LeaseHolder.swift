/// What became of the process that leased an alert.
public enum LeaseHolder: Sendable {
    /// It works; its lease ends when it expires.
    case working
    /// It ended, or was killed; its lease is over.
    case gone
    /// Nothing is known; its lease ends when it expires, and one that lasts impossibly long is from a wrong clock.
    case unknown
}
