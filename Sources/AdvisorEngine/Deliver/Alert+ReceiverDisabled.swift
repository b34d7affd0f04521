internal import AdvisorCore

extension Alert {
    /// The alert that a receiver is disabled, for the other receivers.
    static func endpointDisabled(_ webhook: Stack.Receiver, because reason: String, stack: Stack, at now: Timestamp) -> Alert {
        let key = "endpoint_disabled/\(webhook.name)"
        var alert = Alert(
            id: Fingerprint.of([key, "\(now.milliseconds)"]), kind: .endpointDisabled, severity: .critical, key: key,
            title: "no alerts reach '\(webhook.name)' any longer",
            summary:
                "\(reason). Its alerts are paused; fix it, then `advisor alerts retry --receiver \(webhook.name)` sends it.",
            at: now, startsAt: now)
        (alert.project, alert.stage) = (stack.name, stack.stage)
        return alert
    }
}
