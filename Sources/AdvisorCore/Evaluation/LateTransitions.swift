/// What late samples reveal of a time that was evaluated before, as notifications need it: what they have not covered.
///
/// The recorded transitions are those that notifications were planned for, since both are stored in one transaction. An alarm
/// that overlaps a recorded one is the same alarm; only what it lasts longer than recorded is revealed. Missing data neither
/// begins nor ends an alarm.
struct LateTransitions {
    /// An interval in ALARM; one without an end lasts until the last evaluated time.
    private struct Span {
        var begin: Timestamp
        var end: Timestamp?

        func overlaps(_ other: Span) -> Bool {
            (other.end.map { begin < $0 } ?? true) && (end.map { other.begin < $0 } ?? true)
        }
    }

    /// How far back late samples are news: pulled inputs ask for no more than 14 days.
    private static let horizon = Duration.seconds(14 * 86_400)
    /// An end that moves by less is a correction, and no news.
    private static let correction = Duration.seconds(300)

    private let alarm: Alarm
    private let recorded: [Transition]
    private let evaluated: Timestamp

    /// Compares with an alarm as it was recorded.
    /// - Parameters:
    ///   - alarm: The alarm.
    ///   - recorded: All its transitions, in order.
    ///   - evaluated: The time up to which it was evaluated.
    init(_ alarm: Alarm, recorded: [Transition], evaluatedUpTo evaluated: Timestamp) {
        (self.alarm, self.recorded, self.evaluated) = (alarm, recorded, evaluated)
    }

    /// The changes to ALARM and to OK, up to the last evaluated time, that no notification was planned for, in order.
    func unplanned(in transitions: [Transition]) -> [Transition] {
        let (planned, actual) = (spans(recorded), spans(transitions))
        // What was before the first recorded transition is imported history.
        let earliest = max(evaluated - Self.horizon, recorded.first?.at ?? evaluated)
        let isOver = actual.last?.end != nil
        return actual.filter { span in span.end.map { $0 > earliest } ?? true }.flatMap { span -> [Transition] in
            guard let last = planned.last(where: span.overlaps) else { return changes(span) }
            guard let lastEnd = last.end else {
                guard isOver, let end = span.end, end == actual.last?.end else { return [] }
                return [change(to: .ok, at: end)]
            }
            guard span.end.map({ $0 - lastEnd >= Self.correction }) ?? true else { return [] }
            return changes(Span(begin: lastEnd, end: span.end))
        }
    }

    private func spans(_ transitions: [Transition]) -> [Span] {
        var spans: [Span] = []
        for transition in transitions where transition.at <= evaluated {
            let isOpen = spans.last.map { $0.end == nil } ?? false
            switch transition.to {
            case .insufficientData: break
            case .alarm: if !isOpen { spans.append(Span(begin: transition.at, end: nil)) }
            case .ok: if isOpen { spans[spans.count - 1].end = transition.at }
            }
        }
        return spans
    }

    private func changes(_ span: Span) -> [Transition] {
        [change(to: .alarm, at: span.begin)] + (span.end.map { [change(to: .ok, at: $0)] } ?? [])
    }

    private func change(to state: AlarmState, at time: Timestamp) -> Transition {
        Transition(rule: alarm.rule, resource: alarm.resource, at: time, from: state == .alarm ? .ok : .alarm, to: state)
    }
}
