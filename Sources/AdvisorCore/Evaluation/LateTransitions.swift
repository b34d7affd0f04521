/// What late samples reveal of a time that was evaluated before, as notifications need it: what they have not covered.
///
/// An alarm that overlaps one that was planned is the same alarm; only what it lasts longer than planned is revealed. Missing
/// data neither begins nor ends an alarm.
struct LateTransitions {
    private typealias Span = PlannedAlarms.Span

    /// How far back late samples are news: pulled inputs ask for no more than 14 days.
    static let horizon = Duration.seconds(14 * 86_400)
    /// First samples that are older are imported history.
    private static let arrival = Duration.seconds(86_400)
    /// An end that moves by less is a correction, and no news.
    private static let correction = Duration.seconds(300)

    private let alarm: Alarm
    private let planned: PlannedAlarms
    private let evaluated: Timestamp
    private let earliest: Timestamp

    /// Compares with an alarm as it was recorded.
    /// - Parameters:
    ///   - alarm: The alarm.
    ///   - recorded: All its transitions, in order.
    ///   - evaluated: The time up to which it was evaluated.
    ///   - first: The first evaluation of the store; nil if unknown.
    init(_ alarm: Alarm, recorded: [Transition], evaluatedUpTo evaluated: Timestamp, first: Timestamp?) {
        (self.alarm, self.evaluated) = (alarm, evaluated)
        planned = alarm.planned ?? PlannedAlarms(recorded, upTo: evaluated)
        // What was before the first recorded transition is imported history, unless evaluations had begun and it was recent.
        let begin = recorded.first?.at ?? evaluated
        earliest = max(evaluated - Self.horizon, min(begin, max(first ?? begin, begin - Self.arrival)))
    }

    /// The changes to ALARM and to OK, up to the last evaluated time, that no notification was planned for, in order.
    func unplanned(in transitions: [Transition]) -> [Transition] {
        let actual = PlannedAlarms(transitions, upTo: evaluated).spans
        let isOver = actual.last?.end != nil
        return actual.filter { span in span.end.map { $0 > earliest } ?? true }.flatMap { span -> [Transition] in
            guard let last = planned.spans.last(where: span.overlaps) else { return changes(span) }
            guard let lastEnd = last.end else {
                guard isOver, let end = span.end, end == actual.last?.end else { return [] }
                return [change(to: .ok, at: end)]
            }
            guard span.end.map({ $0 - lastEnd >= Self.correction }) ?? true else { return [] }
            return changes(Span(begin: lastEnd, end: span.end))
        }
    }

    /// What is planned after an evaluation.
    /// - Parameters:
    ///   - transitions: All transitions, in order.
    ///   - late: Those that late samples revealed.
    ///   - new: Those after the previous evaluation.
    ///   - result: The alarm after the evaluation.
    ///   - now: The time of the evaluation.
    /// - Returns: What is planned; nil if it is what the transitions say.
    func planned(
        after transitions: [Transition], late: [Transition], new: [Transition], _ result: Alarm, at now: Timestamp
    ) -> PlannedAlarms? {
        var (planned, actual) = (planned, PlannedAlarms(transitions, upTo: now))
        planned.plan(late: late, new: new, result, at: now)
        planned.forget(before: now - Self.horizon)
        actual.forget(before: now - Self.horizon)
        return planned == actual ? nil : planned
    }

    private func changes(_ span: Span) -> [Transition] {
        [change(to: .alarm, at: span.begin)] + (span.end.map { [change(to: .ok, at: $0)] } ?? [])
    }

    private func change(to state: AlarmState, at time: Timestamp) -> Transition {
        Transition(rule: alarm.rule, resource: alarm.resource, at: time, from: state == .alarm ? .ok : .alarm, to: state)
    }
}
