public import Foundation

/// A time of day at which alerts of some severities wait.
public struct QuietHours: Hashable, Sendable {
    /// Minutes since midnight at which it begins, 0 to 1439.
    public var from: Int
    /// Minutes since midnight at which it ends; at or before `from`: on the next day.
    public var to: Int
    /// Whose midnight; the name is of the zone database: `Europe/Berlin`.
    public var zone: TimeZone
    /// What waits.
    public var severities: Set<Severity>

    /// Hours by their parts; by default only what is critical does not wait.
    public init(from: Int, to: Int, zone: TimeZone, severities: Set<Severity> = [.info, .warning]) {
        (self.from, self.to, self.zone, self.severities) = (from, to, zone, severities)
    }

    /// Whether an alert of that severity waits at that time.
    public func hold(_ severity: Severity, at time: Timestamp) -> Bool {
        guard severities.contains(severity) else { return false }
        let minute = LocalClock(zone: zone).minuteOfDay(at: time)
        return from < to ? (from..<to).contains(minute) : minute >= from || minute < to
    }

    /// When an alert of that severity may be told: the time itself, or the end of the hours that hold it.
    public func release(_ severity: Severity, at time: Timestamp) -> Timestamp {
        var result = time
        // Hours that never end hold nothing for ever.
        while result - time < .seconds(2 * 86_400), hold(severity, at: result) {
            result = result.floored(to: .seconds(60)) + .seconds(60)
        }
        return result
    }
}
