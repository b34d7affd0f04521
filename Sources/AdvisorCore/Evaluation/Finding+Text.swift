import Foundation

extension Finding {
    /// The value with its unit; nil if there is none.
    public var shownValue: String? { value.flatMap { value in measure.map { ValueText.text(value, $0) } } }
    /// The threshold with its unit; nil if there is none.
    public var shownThreshold: String? { threshold.flatMap { value in measure.map { ValueText.text(value, $0) } } }

    /// The rule's summary with its placeholders filled in; the title where it has none.
    var alarmText: String {
        guard var text = rule.summary else { return rule.title }
        let length = evidence.period.flatMap { period in
            evidence.datapoints.map { ValueText.duration(period.seconds * Double($0.evaluated)) }
        }
        for (name, value) in [
            ("{value}", shownValue), ("{threshold}", shownThreshold), ("{for}", length), ("{resource}", resource),
            ("{since}", since?.description),
        ] {
            text = text.replacingOccurrences(of: name, with: value ?? "unknown")
        }
        return text
    }
}
