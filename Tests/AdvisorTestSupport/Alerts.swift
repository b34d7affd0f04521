package import AdvisorCore
package import AdvisorStore

extension AlertReason {
    /// A rule in ALARM whose author wrote no more than a title and, where it is given, a summary.
    package static func rule(_ title: String, says summary: String? = nil) -> AlertReason {
        .ruleInAlarm(
            rule: RuleName(id: title, title: title), summary: summary, measured: RuleMeasurement(resource: "prod-db"))
    }
}

extension AlertContent {
    /// One rule in ALARM.
    package static func rule(_ title: String, on target: String, says summary: String? = nil) -> AlertContent {
        .firing(target: target, reason: .rule(title, says: summary), others: 0, repeatedSince: nil)
    }
}

extension Store {
    /// Claims an entry whose message says nothing: a language whose every sentence is empty.
    package func claim(receiver: String, now: Timestamp, for length: Duration, lease: String) throws -> OutboxEntry? {
        try claim(receiver: receiver, now: now, for: length, lease: lease) {
            AlertMessage($0, label: "", title: "", summary: "")
        }
    }
}
