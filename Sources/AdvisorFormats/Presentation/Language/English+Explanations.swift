import AdvisorCore
import Foundation

extension English {
    /// `ALARM since 30 Mar 18:05`, or why there is no alert.
    func verdict(_ explanation: Explanation) -> String {
        guard let finding = explanation.finding else { return "does not apply" }
        let since = finding.since.map { " since \(time($0, asOf: explanation.asOf))" } ?? ""
        if case .disabled? = explanation.silence { return "disabled; it would be \(finding.state.rawValue)\(since)" }
        return finding.state.rawValue + since
    }

    private static func length(_ milliseconds: Int64) -> String { ValueText.duration(Double(milliseconds) / 1000) }

    /// `5 min: the rule asks for 1 min, cpu comes every 5 min (stated by its samples)`.
    func clause(_ choice: PeriodChoice) -> String {
        let asked = "the rule's period is \(Self.length(choice.asked))"
        let own = choice.series.map { own -> String in
            let how =
                switch own.source {
                case .stated: "stated by its samples"
                case .median(let stamps): "the median distance of its last \(stamps) samples"
                case .native: "its native period; too few samples"
                }
            return "\(own.metric) comes every \(Self.length(own.milliseconds)) (\(how))"
        }
        let decides =
            choice.decisive.map { "; the longest period applies, that of \($0.metric)" }
            ?? (choice.series.contains { $0.milliseconds < choice.asked } ? "; finer samples are combined" : "")
        return ([Self.length(choice.milliseconds) + ": " + asked] + own).joined(separator: ", ") + decides
    }

    /// `3 of 3: for 15 min at 5 min a datapoint`.
    func sustain(_ explanation: Explanation) -> String? {
        guard let datapoints = explanation.step?.datapoints, let choice = explanation.period else { return nil }
        let sustain = explanation.rule.sustain
        let count = "\(datapoints.toAlarm) of \(datapoints.evaluated) datapoints must breach"
        if let duration = sustain.duration {
            return "\(count): `for` \(Self.length(duration.milliseconds)) over \(Self.length(choice.milliseconds)) each"
        }
        guard let asked = sustain.datapoints else { return "\(count): the rule says neither `for` nor `datapoints`" }
        let text = "\(count): `datapoints: \(asked.toAlarm) of \(asked.evaluated)`"
        return asked == datapoints ? text : "\(text) at \(Self.length(choice.asked)) each, reduced in proportion"
    }

    /// The row of the table in words.
    func decision(_ side: Explanation.Side, _ datapoints: Sustain.Datapoints, isClear: Bool) -> String {
        guard let table = side.table else { return "" }
        let word = isClear ? "holding" : "breaching"
        let (toAlarm, evaluated) = (datapoints.toAlarm, datapoints.evaluated)
        let counted = "\(word) \(table.breaching) of \(table.real) with data"
        let missing = side.missing.rawValue
        let reason: String
        switch table.row {
        case .enough:
            reason =
                "\(counted), \(toAlarm) needed; \(evaluated) with data \(evaluated == 1 ? "is" : "are") enough, so missing ones do not matter"
        case .filledBreaching:
            reason =
                "\(counted) and \(table.filled) missing count as if they did (missing: breaching), \(toAlarm) needed"
        case .filledNotBreaching:
            reason = "\(counted) and \(table.filled) missing count as if they did not (missing: not_breaching), \(toAlarm) needed"
        case .none:
            reason = "no datapoint of the last \(table.lookedAt) has data (missing: \(missing))"
        case .breaching: reason = "\(counted), \(toAlarm) needed; the missing ones cannot change that"
        case .healthy:
            reason = "\(counted), \(toAlarm) needed, and one does not: missing ones (missing: \(missing)) do not change the state"
        case .premature:
            reason =
                "\(counted), none is healthy, and the oldest of the last \(evaluated) is at least \(toAlarm) \(toAlarm == 1 ? "period" : "periods") old (missing: \(missing))"
        case .tooYoung:
            reason = "\(counted), but the oldest is younger than \(toAlarm) periods: too early to tell (missing: \(missing))"
        case .tooOld: reason = "\(counted), but none in the last \(evaluated) (missing: \(missing))"
        }
        return "\(reason): \(isClear ? Self.clearing(table.decision) : Self.outcome(table.decision)). \(source(table))"
    }

    private static func clearing(_ decision: MissingDataTable.Decision) -> String {
        switch decision {
        case .alarm: "an alarm would end"
        case .ok, .insufficientData, .retain, .okUnlessAlarm: "an alarm would continue"
        }
    }

    private static func outcome(_ decision: MissingDataTable.Decision) -> String {
        switch decision {
        case .ok: "OK"
        case .alarm: "ALARM"
        case .insufficientData: "INSUFFICIENT_DATA"
        case .retain: "the previous state is kept"
        case .okUnlessAlarm: "an alarm is kept while its data stop, any other state becomes OK"
        }
    }

    /// The source of the row.
    func source(_ table: MissingDataTable.Lookup) -> String {
        switch table.row {
        case .enough, .none, .healthy, .breaching: "CloudWatch's table of missing data, row `\(table.shownRow)`"
        case .filledBreaching, .filledNotBreaching: "CloudWatch's table of missing data, as in `\(table.shownRow)`"
        case .premature: "CloudWatch's rule on premature transitions, row `\(table.shownRow)`"
        case .tooYoung: "not in CloudWatch's table (case A, `\(table.shownRow)`): the state is kept"
        case .tooOld: "not in CloudWatch's table (case B, `\(table.shownRow)`)"
        }
    }

    /// `OK before, ALARM since 2026-…`, with the effect of `clear` and `keep_firing_for`.
    func state(_ explanation: Explanation) -> String? {
        guard let step = explanation.step else { return nil }
        var text = "\(step.before.state.rawValue) before, \(step.after.state.rawValue) after"
        if let since = step.after.since {
            text += step.before.state == step.after.state ? ", since \(since)" : ", from \(since) on"
        }
        if let leaving = step.after.leavingSince, let holding = step.holding {
            text += "; keep_firing_for holds it from \(leaving) until \(leaving + .milliseconds(holding))"
        } else if step.after.state == .alarm, explanation.when?.table?.decision == .ok, explanation.clear != nil {
            text += "; `clear` does not hold, so the alarm continues"
        }
        return text
    }

    /// The origin of the threshold, and its position.
    func threshold(_ explanation: Explanation) -> String? {
        guard let threshold = explanation.threshold else { return nil }
        var text = threshold.text
        if let value = threshold.value { text += " is " + ExactText.text(value, threshold.measure) }
        var sources: [String] = threshold.readsSamples ? ["computed from samples"] : []
        sources += threshold.variables.map { variable in
            let override = explanation.overrides.first { $0.variable.name == variable.name }?.mention
            return "the variable \(variable.name) is \(variable.text)\(override.map { ", set in \($0.file):\($0.line)" } ?? "")"
        }
        sources += threshold.facts.map { fact in
            let value = explanation.finding?.evidence.facts[fact].map {
                Fact.words($0, explanation.rule.when.measure(ofFact: fact) ?? .text)
            }
            return "\(fact) is \(value ?? "unknown")"
        }
        text += sources.isEmpty ? ", written in the rule" : "; " + sources.joined(separator: ", ")
        return text + " (\(explanation.rule.file):\(explanation.rule.line))"
    }

    func clause(_ derivation: StatisticDerivation) -> String {
        switch derivation {
        case .function(let name, let statistic): "\(name) of the \(statistic.word) of each datapoint"
        case .meanOfAverages(let period): "plain mean of \(Self.samples(period))averages, because the counts are unknown"
        case .storedAverages(let period): "\(Self.samples(period))averages as stored"
        case .sumOverCount(let period): "sum over count of \(Self.samples(period))samples"
        case .minimum(let period): "smallest of \(Self.samples(period))minima"
        case .maximum(let period): "largest of \(Self.samples(period))maxima"
        case .averageInPlace(let statistic, let period):
            "\(statistic == .minimum ? "smallest" : "largest") of \(Self.samples(period))averages, because no "
                + "\(statistic == .minimum ? "minimum" : "maximum") is stored"
        case .partlyAverages(let statistic, let period):
            "\(statistic == .minimum ? "smallest" : "largest") of \(Self.samples(period))"
                + "\(statistic == .minimum ? "minima" : "maxima"), and of averages where none is stored"
        case .latest(let period): "newest of \(Self.samples(period))values"
        case .sum(let period): "sum of \(Self.samples(period))sums"
        case .count(let period): "sum of \(Self.samples(period))counts"
        case .storedPercentile(let statistic): "\(statistic.word) as stored"
        case .percentileOfValues(let statistic): "\(statistic.word) of single values (linear interpolation, R-7)"
        case .percentileOfAverages(let statistic, let period):
            "\(statistic.word) of \(Self.samples(period))averages (linear interpolation, R-7)"
        }
    }

    /// `5-minute `, `hourly `, `daily `; empty if the periods differ.
    private static func samples(_ period: Quantity?) -> String {
        guard let seconds = period.map({ Int64($0.value) }) else { return "" }
        return switch seconds {
        case 86_400: "daily "
        case 3600: "hourly "
        case let length where length % 3600 == 0: "\(length / 3600)-hour "
        case let length where length % 60 == 0: "\(length / 60)-minute "
        default: "\(seconds)-second "
        }
    }
}
