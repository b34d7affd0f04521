public import AdvisorCore

/// An explanation for a terminal, from 40 columns.
public struct ExplainText {
    private static let mostSamples = 12
    private let explanation: Explanation
    private let language: any Language
    private var layout: TextLayout

    /// Writes an explanation.
    /// - Parameters:
    ///   - explanation: The explanation.
    ///   - width: The columns of the terminal.
    ///   - language: The language of sentences.
    /// - Returns: The text with its last line break.
    public static func render(_ explanation: Explanation, width: Int, language: any Language) -> String {
        var text = ExplainText(explanation: explanation, language: language, layout: TextLayout(width: width))
        text.header()
        text.applies()
        text.condition()
        text.datapoints()
        text.decision()
        return text.layout.render()
    }

    private mutating func header() {
        let (rule, resource) = (explanation.rule, SafeText.terminal(explanation.resource.id))
        layout.paragraph("", "\(rule.id) on \(resource): \(language.verdict(explanation))", labelWidth: 0)
        layout.paragraph(
            "", SafeText.terminal([rule.title, rule.severity.rawValue, rule.cite].compactMap { $0 }.joined(separator: " · ")),
            labelWidth: 0)
        layout.paragraph("", SafeText.terminal("\(rule.file):\(rule.line), as of \(explanation.asOf)"), labelWidth: 0)
        if let silence = explanation.silence {
            layout.gap()
            layout.paragraph(Self.label(silence), SafeText.terminal(language.clause(silence, asOf: explanation.asOf)))
        }
    }

    private static func label(_ silence: NoAlertReason) -> String {
        switch silence {
        case .muted, .inhibited: "Not notified"
        case .doesNotApply, .noResource, .unknownFact, .factOutOfDate, .neverHadData, .beginsLater, .noSuchSeries, .noDataSince,
            .statisticUnavailable, .unitMismatch,
            .insufficientHistory, .tooFewDatapoints, .disabled, .dividesByZero:
            "Why nothing"
        }
    }

    private mutating func applies() {
        guard let condition = explanation.condition else { return }
        layout.gap()
        layout.paragraph("Applies", SafeText.terminal("\(condition.text)  is \(value(condition))"))
        parts(condition)
    }

    private mutating func condition() {
        guard let when = explanation.when else { return }
        side("Condition", when)
        if let clear = explanation.clear { side("Clears", clear) }
        if let threshold = language.threshold(explanation) { layout.paragraph("Threshold", SafeText.terminal(threshold)) }
        for reading in when.readings { self.reading(reading) }
        for reading in explanation.clear?.readings ?? [] where !when.readings.contains(where: { $0.text == reading.text }) {
            self.reading(reading)
        }
    }

    private mutating func side(_ label: String, _ side: Explanation.Side) {
        layout.gap()
        let ofNewest = side.starts.isEmpty ? "" : " of the newest datapoint"
        var verdict = value(side.root) + ofNewest
        if side.root.values.last ?? nil == nil, let unknownReason = side.root.unknownReason {
            verdict = "unknown\(ofNewest): \(language.clause(unknownReason))"
        }
        layout.paragraph(label, SafeText.terminal("\(side.root.text) is \(verdict)"))
        parts(side.root)
    }

    /// All parts with their values at the newest datapoint, one per line, without the whole expression.
    private mutating func parts(_ root: Explanation.Part) {
        var rows: [[String]] = []
        func visit(_ part: Explanation.Part, depth: Int) {
            if part.kind != .literal {
                rows.append([
                    String(repeating: "  ", count: depth) + SafeText.terminal(part.text), SafeText.terminal(value(part)),
                ])
            }
            for inner in part.parts { visit(inner, depth: depth + 1) }
        }
        for part in root.parts { visit(part, depth: 0) }
        layout.table(rows, indent: 13)
    }

    private mutating func reading(_ reading: Explanation.Selector) {
        layout.gap()
        let newest = reading.datapoints.last { $0.value != nil } ?? reading.datapoints.last
        if let derived = reading.derived {
            layout.paragraph(reading.text, SafeText.terminal("= \(derived.text) = \(value(derived))"))
            parts(derived)
            for inner in reading.inner { self.reading(inner) }
            return
        }
        let words =
            [reading.derivation.map(language.clause) ?? "no data"]
            + (reading.assumesUnit ? ["unit assumed: the samples state none"] : [])
        let series = reading.series.isEmpty ? "no series" : reading.series.map(\.text).joined(separator: " and ")
        layout.paragraph(
            reading.text, SafeText.terminal("\(words.joined(separator: "; ")); \(series)"))
        if let outlook = explanation.finding?.evidence.outlook, reading.function != nil {
            layout.paragraph("", language.pieces(outlook, reading.measure, asOf: explanation.asOf).joined(separator: " "))
        }
        guard let newest, newest.value != nil else { return }
        if let covered = newest.covered, let periods = newest.periods {
            layout.paragraph(
                "", "\(covered) of \(periods) periods of the window \(newest.start) to \(newest.end) have data; half are needed")
        }
        guard newest.sampleCount > 1 else { return }
        let values = newest.samples.compactMap { sample in
            sample.value.map { ExactText.text($0, reading.measure) }
        }
        if newest.samples.count <= Self.mostSamples {
            layout.paragraph("", "newest: \(newest.sampleCount) samples, \(values.joined(separator: ", "))")
        } else {
            layout.paragraph("", "\(newest.sampleCount) samples in the newest datapoint; --format json lists them")
        }
    }

    private mutating func datapoints() {
        guard let period = explanation.period, let when = explanation.when else { return }
        layout.gap()
        layout.paragraph("Period", language.clause(period))
        if let sustain = language.sustain(explanation) { layout.paragraph("Sustained", sustain) }
        if let step = explanation.step {
            let looked = when.lookedAt.count
            let others = looked < when.starts.count ? "; older ones, in parentheses, do not count" : ""
            layout.paragraph(
                "Evaluated",
                "at \(step.at), over \(looked == 1 ? "the newest datapoint" : "the newest \(looked) datapoints")\(others)")
        }
        layout.gap()
        var rows = [["start"] + when.readings.map(\.text) + ["condition"] + (explanation.clear == nil ? [] : ["clear"])]
        for (index, start) in when.starts.enumerated() {
            let values = when.readings.map { reading in
                reading.datapoints[index].value.map { ExactText.text($0, reading.measure) } ?? "missing"
            }
            let verdict = Self.word(when.holds[index], "breaches", "does not")
            let isLookedAt = when.lookedAt.contains(index)
            let begin = layout.width < 80 ? language.time(start, asOf: explanation.asOf) : "\(start)"
            var row = [begin] + values.map(SafeText.terminal) + [isLookedAt ? verdict : "(\(verdict))"]
            if let clear = explanation.clear { row.append(Self.word(clear.holds[index], "holds", "does not")) }
            rows.append(row)
        }
        layout.table(rows, rightAligned: Set(1..<1 + when.readings.count))
    }

    private mutating func decision() {
        guard let when = explanation.when else { return }
        layout.gap()
        if let datapoints = explanation.step?.datapoints {
            layout.paragraph("Decision", language.decision(when, datapoints, isClear: false))
            if let clear = explanation.clear {
                layout.paragraph("Clear", language.decision(clear, datapoints, isClear: true))
            }
        } else if when.starts.isEmpty {
            layout.paragraph("Decision", "facts alone decide: \(value(when.root))")
        }
        if let state = language.state(explanation) {
            layout.paragraph("State", state)
        } else {
            layout.paragraph("State", "not evaluated: no samples yet")
        }
    }

    private static func word(_ holds: Bool?, _ yes: String, _ no: String) -> String { holds.map { $0 ? yes : no } ?? "missing" }

    /// The text as its author wrote it, and bytes with their exact value.
    private static func fact(_ number: Double, _ measure: QuantityKind) -> String {
        let words = Fact.words(.number(number), measure)
        return measure == .bytes ? "\(words), \(ExactText.text(number, measure))" : words
    }

    /// The value of a part at the newest datapoint.
    private func value(_ part: Explanation.Part) -> String {
        switch part.values.last ?? nil {
        case nil: return part.unknownReason.map { "unknown: \(language.clause($0))" } ?? "missing"
        case .number(let number) where part.kind == .fact: return Self.fact(number, part.measure)
        case .number(let number): return ExactText.text(number, part.measure)
        case .boolean(let value): return value ? "true" : "false"
        case .text(let text): return text
        case .list(let texts): return "[" + texts.joined(separator: ", ") + "]"
        }
    }
}
