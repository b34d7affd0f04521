/// Why what is in ALARM is not notified for now; the words are in `Presentation/Language`.
public enum Suppression: Reason {
    /// A mute time interval applies; `reason` is what its author wrote.
    case muted(until: Timestamp, reason: String?)
    /// The rule named by `unless_alarm` is in ALARM on the same resource.
    case inhibited(by: String)
    /// A person snoozed the recommendation of the rule; nil when its end is not known.
    case snoozed(until: Timestamp?)
    /// Quiet hours hold this severity back until they end.
    case quietHours(until: Timestamp)

    /// Whether it ends by itself with the quiet hours, after which the condition is notified.
    var isQuietHours: Bool { if case .quietHours = self { true } else { false } }

    /// Whether it still holds at a time; an inhibition whose end is not known does.
    func holds(at time: Timestamp) -> Bool {
        switch self {
        case .muted(let end, _): end >= time
        case .snoozed(let end): end.map { $0 >= time } ?? true
        case .inhibited: true
        case .quietHours: false
        }
    }
}
