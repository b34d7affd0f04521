internal import AdvisorCore

/// A JSON document on one line; the same message gives the same bytes.
struct JSONText: Hashable, Sendable {
    let text: String

    init(_ value: JSONValue) { text = value.line() }

    /// Builds a document with fewer and fewer reasons until it fits.
    init(atMost limit: Int, _ message: AlertMessage, _ build: (AlertMessage) -> JSONValue) {
        var message = message
        var result = JSONText(build(message))
        while result.text.utf8.count > limit, !message.reasons.isEmpty {
            message.keepReasons(message.reasons.count - 1)
            result = JSONText(build(message))
        }
        // Names with characters that JSON escapes in six letters are shortened.
        if result.text.utf8.count > limit {
            result = JSONText(build(message.bounded(TextLimit.bytes(300), OutputSanitizer.line)))
        }
        self = result
    }
}

extension AlertMessage {
    private static let longestReasons = 100

    /// The message with texts short enough for every receiver, and its first hundred reasons.
    var bounded: AlertMessage { bounded(TextLimit.bytes(2000)) { $0 } }

    fileprivate mutating func keepReasons(_ count: Int) {
        reasons.removeLast(max(0, reasons.count - count))
        alert.reasons.removeLast(max(0, alert.reasons.count - count))
    }

    /// Truncates all texts and sanitizes them with `clean`; a truncated key keeps a distinguishing part.
    fileprivate func bounded(_ limit: TextLimit, _ clean: (String) -> String) -> AlertMessage {
        func short(_ text: String) -> String { limit.cut(clean(text)) }
        var message = self
        (message.title, message.summary, message.origin) = (short(title), short(summary), short(origin))
        (message.value, message.threshold) = (value.map(short), threshold.map(short))
        (message.alert.resource, message.alert.project) = (alert.resource.map(short), alert.project.map(short))
        message.alert.rule = alert.rule.map(short)
        if short(alert.key) != alert.key { message.alert.key = short(alert.key) + Fingerprint.of([alert.key]) }
        message.keepReasons(Self.longestReasons)
        message.reasons = message.reasons.map(short)
        message.alert.reasons = message.alert.reasons.map { reason in
            var reason = reason
            (reason.rule, reason.cite) = (reason.rule.map(short), reason.cite.map(short))
            return reason
        }
        for index in fields.indices { message.fields[index].text = short(fields[index].text) }
        message.byRule = byRule.map { $0.bounded(limit, clean) }
        return message
    }

    /// A message for each rule, for receivers that group by themselves.
    var perRule: [AlertMessage] { byRule.isEmpty ? [self] : byRule }

    /// The complete message, for programs.
    var json: JSONValue { .encoding(Payload(self)) }

    /// The keys of a message in JSON, with the codes and values of what it says.
    private struct Payload: Encodable {
        let id, key, title, summary: String
        let kind: Alert.Kind
        let status: String
        let severity: Severity
        let rule, resource, project: String?
        let resourceKind: ResourceKind?
        let stage: String?
        let code, values: JSONValue
        let at, startsAt: Timestamp
        let endsAt: Timestamp?
        let value, threshold: String?
        let monthlyCostBefore, monthlyCostAfter: Money?
        let clears: Bool?
        let caveats: [JSONValue]
        let reasons: [ReasonPayload]

        init(_ message: AlertMessage) {
            let alert = message.alert
            (id, key, title, summary) = (alert.id, alert.key, message.title, message.summary)
            (kind, status, severity) = (alert.kind, alert.status.rawValue, alert.severity)
            (rule, resource, project) = (alert.rule, alert.resource, alert.project)
            (resourceKind, stage) = (alert.resourceKind, alert.stage?.rawValue)
            (code, values) = JSONValue(alert.content).codeAndValues
            (at, startsAt, endsAt) = (alert.at, alert.startsAt, alert.endsAt)
            (value, threshold) = (message.value, message.threshold)
            (monthlyCostBefore, monthlyCostAfter) = (alert.monthlyBefore, alert.monthlyAfter)
            clears = alert.advice?.effect.clears
            caveats = (alert.advice?.effect.caveats ?? []).map(JSONValue.init)
            reasons = zip(alert.reasons, message.reasons).map(ReasonPayload.init)
        }
    }

    private struct ReasonPayload: Encodable {
        let rule, cite: String?
        let text: String
        let code, values: JSONValue
        let severity: Severity?
        let startsAt, endsAt: Timestamp?

        init(_ reason: Alert.Reason, _ text: String) {
            (rule, cite, self.text) = (reason.rule, reason.cite, text)
            (code, values) = JSONValue(reason.content).codeAndValues
            (severity, startsAt, endsAt) = (reason.severity, reason.startsAt, reason.endsAt)
        }
    }
}

extension JSONValue {
    fileprivate var codeAndValues: (code: JSONValue, values: JSONValue) {
        (object?["code"] ?? .null, object?["values"] ?? .null)
    }
}

extension Alert {
    /// The type of the event after `advisor.`: letters, digits and `_`, separated by dots.
    var eventType: String {
        switch kind {
        case .alarm: "alert.firing"
        case .resolved: "alert.resolved"
        case .recommendation: "recommendation.changed"
        case .budget: "budget.\(status == .resolved ? "resolved" : "passed")"
        case .anomaly: "anomaly.\(status == .resolved ? "resolved" : "found")"
        case .stale: "data.\(status == .resolved ? "resumed" : "stale")"
        case .runFailed: "run.\(status == .resolved ? "recovered" : "failed")"
        case .endpointDisabled: "endpoint.disabled"
        case .test: "test"
        }
    }
}
