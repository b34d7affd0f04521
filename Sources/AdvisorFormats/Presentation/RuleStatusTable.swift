public import AdvisorCore

/// Every rule and resource in one line: the finding, or why there is none.
public enum RuleStatusTable {
    /// The table for people: by resource, alarms first.
    public static func text(_ lines: [RuleStatusRow], asOf now: Timestamp, width: Int, language: any Language)
        -> String
    {
        var layout = TextLayout(width: width)
        if lines.isEmpty { layout.line(language.title(ReportTitle.noRuleRows)) }
        var name: String?
        for line in lines.enumerated().sorted(by: { order($0.element, $0.offset) < order($1.element, $1.offset) }).map(\.element)
        {
            let heading =
                line.resource.map { "\($0.id) (\(language.title($0.kind)))" } ?? language.title(ReportTitle.withoutResource)
            if heading != name {
                layout.gap()
                layout.line(SafeText.terminal(heading))
                name = heading
            }
            layout.paragraph(
                "  \(mark(line)) \(line.rule.id)", SafeText.terminal(words(line, now, language)), labelWidth: width < 70 ? 28 : 34
            )
        }
        return layout.render()
    }

    /// The order within a resource: alarms, then OK, then the rest.
    private static func order(_ line: RuleStatusRow, _ offset: Int) -> (String, Int, Int) {
        let rank =
            switch line.finding?.state {
            case .alarm: 0
            case .ok: 1
            case .insufficientData: 2
            case nil: 3
            }
        return (line.resource.map { "\($0.isDeclared ? 0 : 1) \($0.kind.rawValue) \($0.id)" } ?? "~", rank, offset)
    }

    private static func mark(_ line: RuleStatusRow) -> String {
        switch line.finding?.state {
        case .alarm: "▲"
        case .ok: "✓"
        case .insufficientData: "?"
        case nil: "·"
        }
    }

    private static func words(_ line: RuleStatusRow, _ now: Timestamp, _ language: any Language) -> String {
        guard let finding = line.finding, line.silence == nil || finding.state == .alarm else {
            return line.silence.map { language.clause($0, asOf: now) } ?? ""
        }
        if finding.held != nil, let silence = line.silence {
            return language.text(ReportPhrase.notNotified(finding.state, why: language.clause(silence, asOf: now)))
        }
        let comparison = finding.sign.flatMap { sign in language.threshold(finding).map { "\(sign) \($0)" } }
        let since = finding.since.map { language.time($0, asOf: now) }
        return language.text(
            ReportPhrase.state(finding.state, value: language.value(finding), comparison: comparison, since: since))
    }

    /// The value as JSON.
    public static func json(_ lines: [RuleStatusRow], asOf now: Timestamp, language: any Language) -> String {
        JSONValue.object([
            "schema": .text("advisor.verdicts/1"), "as_of": JSONValue(now),
            "verdicts": .array(
                lines.map { line in
                    .object([
                        "rule": .text(line.rule.id), "resource": JSONValue(line.resource?.id),
                        "kind": .text(line.rule.appliesTo.rawValue), "state": JSONValue(line.finding?.state.rawValue),
                        "since": JSONValue(line.finding?.since),
                        "value": JSONReport.number(line.finding?.value, line.finding?.measure),
                        "threshold": JSONReport.number(line.finding?.threshold, line.finding?.measure),
                        "silence": line.silence.map { ExplainJSON.silence($0, asOf: now, language) } ?? .null,
                    ])
                }),
        ]).render()
    }
}
