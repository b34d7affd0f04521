internal import AdvisorCore
import Foundation

/// What is well formed in a rule, and yet cannot be meant.
extension RuleFile {
    /// Notes conditions that decide nothing, and facts compared with what they never are.
    ///
    /// One that never holds may be meant, `mayBeSilent`, where missing data breach: it tells of them alone.
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
            // What is only alike may be another engine; what is no choice is an error.
            guard known.isWhole || !hint.isEmpty else { continue }
            let choices = hint.isEmpty ? "; known are \(known.texts.joined(separator: ", "))" : hint
            let offset = formula.text.range(of: "\"\(text)\"").map {
                formula.text.distance(from: formula.text.startIndex, to: $0.lowerBound)
            }
            value.fail("\(Self.quoted(formula.text)) compares \(fact) with '\(text)'\(choices)", offset: offset ?? 0)
        }
    }

    /// What a fact of text can be, and whether it can be nothing else; nil where anything goes.
    private func known(_ fact: String) -> (texts: [String], isWhole: Bool)? {
        switch fact {
        case "tier": (catalog.tiers.map(\.id), true)
        case "stage": (StackReader.Stage.allCases.map(\.rawValue), true)
        case "funding.round": (StackReader.Round.allCases.map(\.rawValue), true)
        case "engine": (Set(catalog.tiers.map(\.engine)).sorted(), false)
        default: nil
        }
    }

    /// An expression in a message; of a long one its beginning.
    static func quoted(_ text: String) -> String {
        text.count > 200 ? "'\(text.prefix(200))…'" : "'\(text)'"
    }

    /// Windows that hold no whole datapoint.
    func noteShortWindows(of formula: Formula, at value: YAMLValue, period: Duration) {
        for reading in formula.readings {
            guard let window = reading.window, window < period else { continue }
            let length = ValueText.duration(period.seconds)
            value.remark("'\(reading.text)' has a window shorter than the period of \(length), which is taken instead")
        }
    }

    /// Metrics that a resource of the kind has only when its stack file says where they are.
    func noteForeignMetrics(of formula: Formula, at value: YAMLValue, kind: ResourceKind) {
        for metric in formula.readings.compactMap({ vocabulary.metrics.metrics[$0.metric] }) where !metric.kinds.contains(kind) {
            let kinds = metric.kinds.map(\.rawValue).sorted().joined(separator: ", ")
            let owner = kinds.isEmpty ? "no kind of resource" : kinds
            value.remark(
                "'\(metric.id)' is a metric of \(owner); a resource of kind \(kind.rawValue) has it only by 'metrics:' in the stack file"
            )
        }
    }
}
