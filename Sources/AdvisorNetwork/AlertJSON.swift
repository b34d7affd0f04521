internal import AdvisorCore

/// A JSON document on one line; the same alert gives the same bytes.
struct JSONText: Hashable, Sendable {
    let text: String

    init(_ value: JSONValue) { text = value.line() }

    /// Builds a document with fewer and fewer reasons until it fits.
    init(atMost limit: Int, _ alert: Alert, _ build: (Alert) -> JSONValue) {
        var alert = alert
        var result = JSONText(build(alert))
        while result.text.utf8.count > limit, !alert.reasons.isEmpty {
            alert.reasons.removeLast()
            result = JSONText(build(alert))
        }
        // Names with characters that JSON escapes in six letters are shortened.
        if result.text.utf8.count > limit { result = JSONText(build(alert.bounded(TextLimit.bytes(300), OutputSanitizer.line))) }
        self = result
    }
}

extension Alert {
    /// The alert with texts short enough for every receiver, and its first hundred reasons.
    var bounded: Alert { bounded(TextLimit.bytes(2000)) { $0 } }

    /// Truncates all texts and sanitizes them with `clean`; a truncated key keeps a distinguishing part.
    fileprivate func bounded(_ limit: TextLimit, _ clean: (String) -> String) -> Alert {
        func short(_ text: String) -> String { limit.cut(clean(text)) }
        var alert = self
        (alert.title, alert.summary) = (short(title), short(summary))
        (alert.resource, alert.project) = (resource.map(short), project.map(short))
        (alert.value, alert.threshold, alert.rule) = (value.map(short), threshold.map(short), rule.map(short))
        if short(key) != key { alert.key = short(key) + Fingerprint.of([key]) }
        alert.reasons = reasons.prefix(100).map { reason in
            var reason = reason
            (reason.rule, reason.text, reason.cite) = (reason.rule.map(short), short(reason.text), reason.cite.map(short))
            return reason
        }
        return alert
    }

    /// Whether the content of an alert is active, over, or has no duration.
    enum Status: String { case firing, resolved, info }

    /// The status, for receivers that fold by it.
    var status: Status {
        switch kind {
        case .alarm, .budget, .anomaly, .stale, .runFailed, .endpointDisabled, .test: endsAt == nil ? .firing : .resolved
        case .resolved: .resolved
        case .recommendation: .info
        }
    }

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

    /// The complete alert, for programs.
    var json: JSONValue {
        .object([
            "id": .text(id), "kind": .text(kind.rawValue), "status": .text(status.rawValue), "severity": .text(severity.rawValue),
            "key": .text(key), "rule": JSONValue(rule), "resource": JSONValue(resource),
            "resource_kind": JSONValue(resourceKind?.rawValue), "project": JSONValue(project),
            "stage": JSONValue(stage?.rawValue),
            "title": .text(title), "summary": .text(summary), "at": JSONValue(at), "starts_at": JSONValue(startsAt),
            "ends_at": JSONValue(endsAt), "value": JSONValue(value), "threshold": JSONValue(threshold),
            "monthly_cost_before": JSONValue(monthlyBefore), "monthly_cost_after": JSONValue(monthlyAfter),
            "reasons": .array(
                reasons.map {
                    .object([
                        "rule": JSONValue($0.rule), "text": .text($0.text), "cite": JSONValue($0.cite),
                        "severity": JSONValue($0.severity?.rawValue), "starts_at": JSONValue($0.startsAt),
                        "ends_at": JSONValue($0.endsAt),
                    ])
                }),
        ])
    }
}
