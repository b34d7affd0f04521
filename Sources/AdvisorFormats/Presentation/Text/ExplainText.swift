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
            "",
            SafeText.terminal(
                [language.title(rule), language.title(rule.severity), rule.cite].compactMap { $0 }.joined(separator: " · ")),
            labelWidth: 0)
        layout.paragraph("", SafeText.terminal(text(.asOf("\(rule.file):\(rule.line)", "\(explanation.asOf)"))), labelWidth: 0)
        if let silence = explanation.silence {
            layout.gap()
            layout.paragraph(title(Self.label(silence)), SafeText.terminal(language.clause(silence, asOf: explanation.asOf)))
        }
    }

    private func title(_ title: ExplanationTitle) -> String { language.title(title) }
    private func text(_ phrase: ExplanationPhrase) -> String { language.text(phrase) }

    private static func label(_ silence: NoAlertReason) -> ExplanationTitle {
        switch silence {
        case .muted, .inhibited: .notNotified
        case .doesNotApply, .noResource, .unknownFact, .factOutOfDate, .neverHadData, .beginsLater, .noSuchSeries, .noDataSince,
            .statisticUnavailable, .unitMismatch, .insufficientHistory, .tooFewDatapoints, .disabled, .dividesByZero:
            .whyNothing
        }
    }

    private mutating func applies() {
        guard let condition = explanation.condition else { return }
        layout.gap()
        let words = text(.value(of: condition.text, is: value(condition), isOfNewest: false))
        layout.paragraph(title(.applies), SafeText.terminal(words))
        parts(condition)
    }

    private mutating func condition() {
        guard let when = explanation.when else { return }
        side(.condition, when)
        if let clear = explanation.clear { side(.clears, clear) }
        if let threshold = language.threshold(explanation) { layout.paragraph(title(.threshold), SafeText.terminal(threshold)) }
        for reading in when.readings { self.reading(reading) }
        for reading in explanation.clear?.readings ?? [] where !when.readings.contains(where: { $0.text == reading.text }) {
            self.reading(reading)
        }
    }

    private mutating func side(_ label: ExplanationTitle, _ side: Explanation.Side) {
        layout.gap()
        var words = text(.value(of: side.root.text, is: value(side.root), isOfNewest: !side.starts.isEmpty))
        if side.root.values.last ?? nil == nil, let unknownReason = side.root.unknownReason {
            let why = language.clause(unknownReason)
            let verdict = text(side.starts.isEmpty ? .unknown(why: why) : .unknownOfNewest(why: why))
            words = text(.value(of: side.root.text, is: verdict, isOfNewest: false))
        }
        layout.paragraph(title(label), SafeText.terminal(words))
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
            [reading.derivation.map(language.clause) ?? title(.noData)]
            + (reading.assumesUnit ? [title(.assumedUnit)] : [])
        let series = reading.series.isEmpty ? title(.noSeries) : reading.series.map(\.text).joined(separator: " \(title(.and)) ")
        layout.paragraph(
            reading.text, SafeText.terminal("\(words.joined(separator: "; ")); \(series)"))
        if let outlook = explanation.finding?.evidence.outlook, reading.function != nil {
            layout.paragraph("", language.pieces(outlook, reading.measure, asOf: explanation.asOf).joined(separator: " "))
        }
        guard let newest, newest.value != nil else { return }
        if let covered = newest.covered, let periods = newest.periods {
            let (start, end) = ("\(newest.start)", "\(newest.end)")
            layout.paragraph("", text(.coverage(covered, of: periods, start: start, end: end)))
        }
        guard newest.sampleCount > 1 else { return }
        let values = newest.samples.compactMap { sample in
            sample.value.map { language.exact($0, reading.measure) }
        }
        if newest.samples.count <= Self.mostSamples {
            layout.paragraph("", text(.newestSamples(newest.sampleCount, values: values)))
        } else {
            layout.paragraph("", text(.sampleCount(newest.sampleCount)))
        }
    }

    private mutating func datapoints() {
        guard let period = explanation.period, let when = explanation.when else { return }
        layout.gap()
        layout.paragraph(title(.period), language.clause(period))
        if let sustain = language.sustain(explanation) { layout.paragraph(title(.sustained), sustain) }
        if let step = explanation.step {
            let looked = when.lookedAt.count
            layout.paragraph(
                title(.evaluated),
                text(.evaluated(at: "\(step.at)", datapoints: looked, hasOlder: looked < when.starts.count)))
        }
        layout.gap()
        let clearTitle = explanation.clear == nil ? [] : [title(.clearColumn)]
        var rows = [[title(.start)] + when.readings.map(\.text) + [title(.conditionColumn)] + clearTitle]
        for (index, start) in when.starts.enumerated() {
            let values = when.readings.map { reading in
                reading.datapoints[index].value.map { language.exact($0, reading.measure) } ?? title(.missing)
            }
            let verdict = word(when.holds[index], .breaches, .doesNotBreach)
            let isLookedAt = when.lookedAt.contains(index)
            let begin = layout.width < 80 ? language.time(start, asOf: explanation.asOf) : "\(start)"
            var row = [begin] + values.map(SafeText.terminal) + [isLookedAt ? verdict : "(\(verdict))"]
            if let clear = explanation.clear { row.append(word(clear.holds[index], .holds, .doesNotHold)) }
            rows.append(row)
        }
        layout.table(rows, rightAligned: Set(1..<1 + when.readings.count))
    }

    private mutating func decision() {
        guard let when = explanation.when else { return }
        layout.gap()
        if let datapoints = explanation.step?.datapoints {
            layout.paragraph(title(.decision), language.decision(when, datapoints, isClear: false))
            if let clear = explanation.clear {
                layout.paragraph(title(.clear), language.decision(clear, datapoints, isClear: true))
            }
        } else if when.starts.isEmpty {
            layout.paragraph(title(.decision), text(.factsDecide(value(when.root))))
        }
        if let state = language.state(explanation) {
            layout.paragraph(title(.state), state)
        } else {
            layout.paragraph(title(.state), title(.notEvaluated))
        }
    }

    private func word(_ holds: Bool?, _ yes: ExplanationTitle, _ no: ExplanationTitle) -> String {
        title(holds.map { $0 ? yes : no } ?? .missing)
    }

    /// The text as its author wrote it, and bytes with their exact value.
    private func fact(_ number: Double, _ measure: QuantityKind) -> String {
        let words = Fact.words(.number(number), measure)
        return measure == .bytes ? "\(words), \(language.exact(number, measure))" : words
    }

    /// The value of a part at the newest datapoint.
    private func value(_ part: Explanation.Part) -> String {
        switch part.values.last ?? nil {
        case nil: return part.unknownReason.map { text(.unknown(why: language.clause($0))) } ?? title(.missing)
        case .number(let number) where part.kind == .fact: return fact(number, part.measure)
        case .number(let number): return language.exact(number, part.measure)
        case .boolean(let value): return value ? "true" : "false"
        case .text(let text): return text
        case .list(let texts): return "[" + texts.joined(separator: ", ") + "]"
        }
    }
}
