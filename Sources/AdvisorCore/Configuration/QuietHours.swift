public import Foundation

/// A time of day during which alerts of some severities are held back.
public struct QuietHours: Hashable, Sendable {
    /// The start in minutes since midnight, 0 to 1439.
    public var from: Int
    /// The end in minutes since midnight; on the next day if not after `from`.
    public var to: Int
    /// The time zone: `Europe/Berlin`.
    public var zone: TimeZone
    /// The severities that are held back.
    public var severities: Set<Severity>

    /// Creates quiet hours; by default everything but critical alerts is held back.
    public init(from: Int, to: Int, zone: TimeZone, severities: Set<Severity> = [.info, .warning]) {
        (self.from, self.to, self.zone, self.severities) = (from, to, zone, severities)
    }

    /// Whether alerts of a severity are held back at a time.
    public func hold(_ severity: Severity, at time: Timestamp) -> Bool {
        guard severities.contains(severity) else { return false }
        let minute = LocalClock(zone: zone).minuteOfDay(at: time)
        return from < to ? (from..<to).contains(minute) : minute >= from || minute < to
    }

    /// When an alert of a severity may be sent: the time itself, or the end of the quiet hours.
    public func release(_ severity: Severity, at time: Timestamp) -> Timestamp {
        var result = time
        // Quiet hours around the clock do not hold anything back.
        while result - time < .seconds(2 * 86_400), hold(severity, at: result) {
            result = result.floored(to: .seconds(60)) + .seconds(60)
        }
        return result
    }
}
