internal import AdvisorCore
import Foundation

/// Checks rules that are well-formed but meaningless.
extension RuleFile {
    /// Records conditions that decide nothing, and facts compared with values they never have.
    ///
    /// A condition that never holds may be intended with `missing: breaching`, `mayBeSilent`: it monitors the data itself.
    func checkSense(of formula: Formula, at value: YAMLValue, mayBeSilent: Bool) {
        let values = formula.variables.map { ", where \($0.name) is \($0.text)" }.joined()
        if let found = formula.impossibility(vocabulary) {
            if found.isNever && mayBeSilent { return }
            value.fail("\(Self.quoted(formula.text)) \(found.words)\(values)")
        } else if let part = formula.idlePart(vocabulary) {
            value.remark("\(Self.quoted(part.text)) \(part.impossibility.words)\(values)")
        }
        for (fact, text) in formula.textsCompared {
            guard let known = known(fact), !known.texts.contains(text) else { continue }
            let hint = DidYouMean.hint(for: text, among: known.texts)
            // A similar text may be another engine; for a fixed choice it is an error.
            guard known.isWhole || !hint.isEmpty else { continue }
            let list =
                known.texts.count > 12
                ? "; `advisor prices` lists all" : "; expected one of: \(known.texts.joined(separator: ", "))"
            let choices = hint.isEmpty ? list : hint
            let offset = formula.text.range(of: "\"\(text)\"").map {
                formula.text.distance(from: formula.text.startIndex, to: $0.lowerBound)
            }
            value.fail("unknown \(fact) '\(text)' in \(Self.quoted(formula.text))\(choices)", offset: offset ?? 0)
        }
    }

    /// The possible values of a text fact, and whether the list is complete; nil if any value is possible.
    private func known(_ fact: String) -> (texts: [String], isWhole: Bool)? {
        switch fact {
        case "tier": (catalog.tierIDs, true)
        case "stage": (Stage.allCases.map(\.rawValue), true)
        case "funding.round": (FundingRound.allCases.map(\.rawValue), true)
        case "engine": (catalog.engines, false)
        default: nil
        }
    }

    /// The expression for a message, truncated if long.
    static func quoted(_ text: String) -> String {
        text.count > 200 ? "'\(text.prefix(200))…'" : "'\(text)'"
    }

    /// Windows shorter than a datapoint.
    func noteShortWindows(of formula: Formula, at value: YAMLValue, period: Duration) {
        for reading in formula.readings {
            guard let window = reading.window, window < period else { continue }
            let length = ValueText.duration(period.seconds)
            value.remark("'\(reading.text)' has a window shorter than the period of \(length); the period is used")
        }
    }

    /// Metrics that a resource of the kind has only if advisor.yaml names their series.
    func noteForeignMetrics(of formula: Formula, at value: YAMLValue, kind: ResourceKind) {
        for metric in formula.readings.compactMap({ vocabulary.metrics.metrics[$0.metric] }) where !metric.kinds.contains(kind) {
            let kinds = metric.kinds.map(\.rawValue).sorted().joined(separator: ", ")
            let owner = kinds.isEmpty ? "no kind of resource" : kinds
            value.remark(
                "'\(metric.id)' is a metric of \(owner); a resource of kind \(kind.rawValue) needs 'metrics:' in the stack file for it"
            )
        }
    }
}
