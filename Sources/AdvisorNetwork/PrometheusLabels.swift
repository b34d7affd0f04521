internal import AdvisorCore
internal import AdvisorFormats

/// What Alertmanager knows an alert by. Firing and resolved must have the same labels, so only what both have is in them.
struct PrometheusLabels {
    let labels: [String: String]
    let annotations: [String: String]

    init(_ alert: Alert) {
        let subject = alert.rule ?? alert.key.split(separator: "/").first.map(String.init) ?? alert.kind.rawValue
        let known = [
            "alertname": Self.name(subject), "severity": alert.severity.rawValue, "resource": alert.resource,
            "resource_kind": alert.resourceKind?.rawValue, "rule": alert.rule, "project": alert.project, "key": alert.key,
        ]
        // An empty label is none.
        labels = known.compactMapValues { $0.map(OutputSanitizer.line).flatMap { $0.isEmpty ? nil : $0 } }
        let text = AlertText(alert)
        var annotations = ["summary": OutputSanitizer.line(alert.title), "description": text.summary]
        for fact in text.facts where fact.name != "Project" && fact.name != "Until" {
            annotations[fact.name.lowercased()] = fact.value
        }
        if !text.reasons.isEmpty { annotations["reasons"] = text.reasons.joined(separator: "; ") }
        self.annotations = annotations
    }

    /// `rds-cpu-high` -> `RdsCpuHigh`.
    static func name(_ text: String) -> String {
        text.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// FNV-1a over names and values in order, as prometheus/common's `LabelSet.Fingerprint` has it.
    var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        }
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) {
            add(name.utf8)
            add([0xFF])
            add(value.utf8)
            add([0xFF])
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func json(_ pairs: [String: String]) -> JSONValue { .object(pairs.mapValues(JSONValue.text)) }
}
