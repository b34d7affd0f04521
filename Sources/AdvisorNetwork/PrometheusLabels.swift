internal import AdvisorCore

/// The labels by which Alertmanager identifies an alert. They must be the same for firing and resolved, so only common values
/// are included.
struct PrometheusLabels {
    let labels: [String: String]
    let annotations: [String: String]

    init(_ message: AlertMessage) {
        let alert = message.alert
        let subject = alert.rule ?? alert.key.split(separator: "/").first.map(String.init) ?? alert.kind.rawValue
        let known = [
            "alertname": Self.name(subject), "severity": alert.severity.rawValue, "resource": alert.resource,
            "resource_kind": alert.resourceKind?.rawValue, "rule": alert.rule, "project": alert.project, "key": alert.key,
        ]
        // An empty label is absent.
        labels = known.compactMapValues { $0.map(OutputSanitizer.line).flatMap { $0.isEmpty ? nil : $0 } }
        let text = MessageText(message)
        var annotations = ["summary": OutputSanitizer.line(message.title), "description": text.summary]
        for field in text.fields where field.kind != .project && field.kind != .until {
            annotations[field.kind.rawValue] = field.text
        }
        if !text.reasons.isEmpty { annotations["reasons"] = text.reasons.joined(separator: "; ") }
        self.annotations = annotations
    }

    /// `rds-cpu-high` -> `RdsCpuHigh`.
    static func name(_ text: String) -> String {
        text.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// FNV-1a over sorted names and values, as `LabelSet.Fingerprint` of prometheus/common.
    var fingerprint: String {
        var hash = StableHash()
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) {
            hash.combine(name.utf8)
            hash.combine([0xFF])
            hash.combine(value.utf8)
            hash.combine([0xFF])
        }
        return hash.hexadecimal
    }

    static func json(_ pairs: [String: String]) -> JSONValue { .object(pairs.mapValues(JSONValue.text)) }
}
