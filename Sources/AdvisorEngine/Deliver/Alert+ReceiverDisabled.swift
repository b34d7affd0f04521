internal import AdvisorCore

extension Alert {
    /// The alert that a receiver is disabled, for the other receivers.
    static func endpointDisabled(_ webhook: Stack.Receiver, because reason: String, stack: Stack, at now: Timestamp) -> Alert {
        let key = "endpoint_disabled/\(webhook.name)"
        var alert = Alert(
            id: Fingerprint.of([key, "\(now.milliseconds)"]), kind: .endpointDisabled, severity: .critical, key: key,
            content: .receiverDisabled(receiver: webhook.name, problem: reason),
            at: now, startsAt: now)
        (alert.project, alert.stage) = (stack.name, stack.stage)
        return alert
    }
}
