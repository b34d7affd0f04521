import AdvisorCore
import Testing

/// A row of a table of the CloudWatch User Guide: `0` is quiet, `X` breaches, `-` is missing, the newest stands last.
struct TableRow: Sendable, CustomTestStringConvertible {
    let range: String
    let toAlarm: Int
    let expected: [MissingData: MissingDataTable.Decision]

    init(
        _ range: String, toAlarm: Int = 3, missing: MissingDataTable.Decision, ignore: MissingDataTable.Decision,
        breaching: MissingDataTable.Decision, notBreaching: MissingDataTable.Decision
    ) {
        (self.range, self.toAlarm) = (range, toAlarm)
        expected = [.missing: missing, .ignore: ignore, .breaching: breaching, .notBreaching: notBreaching]
    }

    var datapoints: [Bool?] {
        range.split(separator: " ").map { $0 == "X" ? true : $0 == "0" ? false : nil }
    }

    var testDescription: String { "\(range), \(toAlarm) of 3" }
}

@Suite("Missing data (CloudWatch's table)")
struct MissingDataTableTests {
    /// Table 1 of the guide (3 of 3), and the rule on premature transitions with its open cases.
    static let rows = [
        TableRow("0 - X - X", missing: .ok, ignore: .ok, breaching: .ok, notBreaching: .ok),
        TableRow("0 - - - -", missing: .ok, ignore: .ok, breaching: .ok, notBreaching: .ok),
        TableRow("- - - - -", missing: .insufficientData, ignore: .retain, breaching: .alarm, notBreaching: .ok),
        TableRow("0 X X - X", missing: .alarm, ignore: .alarm, breaching: .alarm, notBreaching: .alarm),
        TableRow("- - X - -", missing: .alarm, ignore: .retain, breaching: .alarm, notBreaching: .ok),
        TableRow("- - - - X", missing: .retain, ignore: .retain, breaching: .alarm, notBreaching: .ok),
        TableRow("- - - X -", missing: .retain, ignore: .retain, breaching: .alarm, notBreaching: .ok),
        TableRow("X - - - -", missing: .okUnlessAlarm, ignore: .retain, breaching: .alarm, notBreaching: .ok),
        TableRow("0 X X - -", missing: .ok, ignore: .ok, breaching: .ok, notBreaching: .ok),
        TableRow("0 - X - -", toAlarm: 2, missing: .ok, ignore: .ok, breaching: .alarm, notBreaching: .ok),
        TableRow("- - - X -", toAlarm: 2, missing: .alarm, ignore: .retain, breaching: .alarm, notBreaching: .ok),
    ]

    @Test("every cell, from every earlier state", arguments: rows)
    func cells(_ row: TableRow) {
        for policy in MissingData.allCases {
            let decision = MissingDataTable.decision(
                over: row.datapoints, Sustain.Datapoints(toAlarm: row.toAlarm, evaluated: 3), missing: policy)
            #expect(decision == row.expected[policy], "\(policy.rawValue)")
            for before in AlarmState.allCases {
                // Three datapoints of five minutes; the newest one ends at the evaluated time.
                let state = Self.evaluated(row, policy, before: before)
                let expected: AlarmState? =
                    switch row.expected[policy] {
                    case .ok: .ok
                    case .alarm: .alarm
                    case .insufficientData: .insufficientData
                    case .retain: before
                    case .okUnlessAlarm: before == .alarm ? .alarm : .ok
                    case nil: nil
                    }
                #expect(state == expected, "\(policy.rawValue), from \(before.rawValue)")
            }
        }
    }

    /// The state that the evaluator comes to at the end of the range.
    private static func evaluated(_ row: TableRow, _ policy: MissingData, before: AlarmState) -> AlarmState {
        let start = Timestamp(seconds: 1_767_225_600)
        let values = row.datapoints.map { $0.map { $0 ? 90.0 : 10.0 } }
        var rule = Fixtures.rule("avg(cpu) > 80%")
        rule.missing = policy
        rule.sustain = Sustain(datapoints: Sustain.Datapoints(toAlarm: row.toAlarm, evaluated: 3))
        let end = start + .seconds(Int64(300 * row.datapoints.count))
        var alarm = Alarm(rule: rule.id, resource: "db")
        alarm.state = before
        alarm.since = start
        alarm.evaluatedUpTo = end - .seconds(1)
        let evaluator = Evaluator(
            rule: rule, target: Fixtures.target(cpu: values, from: start), vocabulary: Fixtures.vocabulary)
        return evaluator.evaluate(from: alarm, upTo: end).alarm.state
    }
}
