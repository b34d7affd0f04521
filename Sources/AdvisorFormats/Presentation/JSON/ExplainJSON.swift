public import AdvisorCore

/// An explanation as JSON, with everything needed to reproduce the state. Numbers are in base units: a share of 1, bytes,
/// seconds, US dollars, a plain number.
public enum ExplainJSON {
    /// Writes explanations as one document.
    public static func render(_ explanations: [Explanation], asOf now: Timestamp, language: any Language)
        -> String
    {
        JSONValue.object([
            "schema": .text("advisor.explanation/1"), "as_of": JSONValue(now),
            "explanations": .array(explanations.map { explanation($0, language) }),
        ]).render()
    }

    private static func explanation(_ explanation: Explanation, _ language: any Language) -> JSONValue {
        let (rule, finding, step) = (explanation.rule, explanation.finding, explanation.step)
        var members: [String: JSONValue] = [
            "rule": .text(rule.id), "title": .text(language.title(rule)), "resource": .text(explanation.resource.id),
            "kind": .text(explanation.resource.kind.rawValue), "severity": .text(rule.severity.rawValue),
            "file": .text(rule.file), "line": .integer(rule.line), "cite": JSONValue(rule.cite),
            "state": JSONValue(finding?.state.rawValue), "since": JSONValue(finding?.since),
            "missing": .text(rule.missing.rawValue), "evaluated_at": JSONValue(step?.at),
            "keep_firing_for_seconds": JSONValue(step?.holding.map { Double($0) / 1000 }),
        ]
        members["silence"] = explanation.silence.map { silence($0, asOf: explanation.asOf, language) } ?? .null
        members["where"] = explanation.condition.map(part) ?? .null
        members["when"] = explanation.when.map { side($0, language) } ?? .null
        members["clear"] = explanation.clear.map { side($0, language) } ?? .null
        members["period"] = explanation.period.map { period($0, language) } ?? .null
        members["sustain"] = step?.datapoints.map { sustain($0, explanation, language) } ?? .null
        members["before"] = step.map { alarm($0.before) } ?? .null
        members["after"] = step.map { alarm($0.after) } ?? .null
        members["threshold"] = explanation.threshold.map { threshold($0, explanation, language) } ?? .null
        return .object(members)
    }

    private static func sustain(_ datapoints: Sustain.Datapoints, _ explanation: Explanation, _ language: any Language)
        -> JSONValue
    {
        .object([
            "datapoints_to_alarm": .integer(datapoints.toAlarm), "evaluation_periods": .integer(datapoints.evaluated),
            "words": JSONValue(language.sustain(explanation)),
        ])
    }

    /// Why there is no alert.
    static func silence(_ silence: NoAlertReason, asOf now: Timestamp, _ language: any Language) -> JSONValue {
        var members: [String: JSONValue] = [
            "reason": .text(silence.code), "words": .text(language.clause(silence, asOf: now)),
        ]
        if case .object(let coded) = JSONValue(silence) { members["values"] = coded["values"] }
        switch silence {
        case .doesNotApply(let facts):
            members["facts"] = .array(
                facts.map { .object(["fact": .text($0.fact), "value": .text($0.value), "asked": .text($0.asked)]) })
        case .noSuchSeries(_, let wanted, let alike):
            members["wanted"] = series(wanted)
            members["alike"] = .array(alike.map(series))
        case .neverHadData(_, let wanted): members["wanted"] = series(wanted)
        case .beginsLater(_, let first): members["first"] = JSONValue(first)
        case .noDataSince(_, let since): members["since"] = JSONValue(since)
        case .unknownFact(let fact), .factOutOfDate(let fact): members["fact"] = .text(fact)
        case .muted(let until, _): members["until"] = JSONValue(until)
        case .noResource, .statisticUnavailable, .unitMismatch, .insufficientHistory, .tooFewDatapoints, .disabled, .inhibited,
            .dividesByZero:
            break
        }
        return .object(members)
    }

    private static func series(_ key: SeriesKey) -> JSONValue {
        .object([
            "account": JSONValue(key.account), "region": JSONValue(key.region), "namespace": .text(key.namespace),
            "name": .text(key.name),
            "dimensions": .object(
                Dictionary(key.dimensions.map { ($0.name, .text($0.value)) }, uniquingKeysWith: { first, _ in first })),
        ])
    }

    private static func part(_ part: Explanation.Part) -> JSONValue {
        let fact: String? = if case .factNotSet(let name) = part.unknownReason { name } else { nil }
        return .object([
            "text": .text(part.text), "kind": .text(part.kind.rawValue), "operator": JSONValue(part.sign),
            "measure": .text(part.measure.base.rawValue), "per_second": .boolean(part.measure.isRate),
            "value": (part.values.last ?? nil).map(value) ?? .null, "values": .array(part.values.map { $0.map(value) ?? .null }),
            "unknown_fact": JSONValue(fact), "divides_by_zero": .boolean(part.unknownReason == .divisionByZero),
            "reading": part.reading.map(JSONValue.integer) ?? .null,
            "parts": .array(part.parts.map(self.part)),
        ])
    }

    private static func value(_ value: Fact.Value) -> JSONValue {
        switch value {
        case .number(let number): JSONValue(number)
        case .text(let text): .text(text)
        case .boolean(let value): .boolean(value)
        case .list(let texts): JSONValue(texts)
        }
    }

    private static func side(_ side: Explanation.Side, _ language: any Language) -> JSONValue {
        .object([
            "expression": part(side.root), "missing": .text(side.missing.rawValue),
            "readings": .array(side.readings.map { reading($0, language) }),
            "datapoints": .array(
                side.starts.indices.map { index in
                    .object([
                        "start": JSONValue(side.starts[index]), "holds": side.holds[index].map(JSONValue.boolean) ?? .null,
                        "looked_at": .boolean(side.lookedAt.contains(index)),
                    ])
                }),
            "decision": side.table.map { table($0, language) } ?? .null,
        ])
    }

    private static func table(_ table: MissingDataTable.Lookup, _ language: any Language) -> JSONValue {
        let decision =
            switch table.decision {
            case .ok: "OK"
            case .alarm: "ALARM"
            case .insufficientData: "INSUFFICIENT_DATA"
            case .retain: "retain"
            case .okUnlessAlarm: "ok_unless_alarm"
            }
        return .object([
            "outcome": .text(decision), "row": .text(table.shownRow), "words": .text(language.source(table)),
            "real": .integer(table.real), "breaching": .integer(table.breaching), "filled": .integer(table.filled),
            "looked_at": .integer(table.lookedAt),
        ])
    }

    private static func reading(_ reading: Explanation.Selector, _ language: any Language) -> JSONValue {
        .object([
            "text": .text(reading.text), "metric": JSONValue(reading.metric?.id.rawValue),
            "statistic": .text(reading.statistic.word),
            "function": JSONValue(reading.function),
            "window_seconds": JSONValue(reading.window?.seconds), "how": JSONValue(reading.derivation.map(language.clause)),
            "how_reason": reading.derivation.map(JSONValue.init) ?? .null,
            "assumes_unit": .boolean(reading.assumesUnit), "series": .array(reading.series.map(series)),
            "derived": reading.derived.map(part) ?? .null, "readings": .array(reading.inner.map { self.reading($0, language) }),
            "datapoints": .array(
                reading.datapoints.map { datapoint in
                    .object([
                        "start": JSONValue(datapoint.start), "end": JSONValue(datapoint.end), "value": JSONValue(datapoint.value),
                        "sample_count": .integer(datapoint.sampleCount),
                        "periods_with_data": datapoint.covered.map(JSONValue.integer) ?? .null,
                        "periods": datapoint.periods.map(JSONValue.integer) ?? .null,
                        "samples": .array(datapoint.samples.map(sample)),
                    ])
                }),
        ])
    }

    private static func sample(_ sample: Explanation.Contribution) -> JSONValue {
        .object([
            "start": JSONValue(sample.start), "period_seconds": JSONValue(Double(sample.period) / 1000),
            "value": JSONValue(sample.value), "sum": JSONValue(sample.sum), "count": JSONValue(sample.count),
        ])
    }

    private static func period(_ choice: PeriodChoice, _ language: any Language) -> JSONValue {
        .object([
            "seconds": JSONValue(Double(choice.milliseconds) / 1000), "asked_seconds": JSONValue(Double(choice.asked) / 1000),
            "decided_by": JSONValue(choice.decisive?.metric.rawValue), "words": .text(language.clause(choice)),
            "series": .array(
                choice.series.map { own in
                    let how =
                        switch own.source {
                        case .stated: "stated"
                        case .median: "median"
                        case .native: "native"
                        }
                    return .object([
                        "metric": .text(own.metric.rawValue), "seconds": JSONValue(Double(own.milliseconds) / 1000),
                        "how": .text(how),
                    ])
                }),
        ])
    }

    private static func alarm(_ alarm: Alarm) -> JSONValue {
        .object([
            "state": .text(alarm.state.rawValue), "since": JSONValue(alarm.since), "leaving_since": JSONValue(alarm.leavingSince),
        ])
    }

    private static func threshold(_ threshold: Explanation.Threshold, _ explanation: Explanation, _ language: any Language)
        -> JSONValue
    {
        .object([
            "text": .text(threshold.text), "value": JSONValue(threshold.value), "measure": .text(threshold.measure.base.rawValue),
            "facts": JSONValue(threshold.facts), "variables": JSONValue(threshold.variables.map(\.name)),
            "reads_samples": .boolean(threshold.readsSamples),
            "words": JSONValue(language.threshold(explanation)),
        ])
    }
}
