/// The intervals in ALARM of one alarm that notifications were planned for.
///
/// Late samples change the recorded intervals after their notification; these stay as they were when they were planned.
public struct PlannedAlarms: Hashable, Sendable, Codable {
    /// An interval; one without an end lasts.
    struct Span: Hashable, Sendable, Codable {
        var begin: Timestamp
        var end: Timestamp?

        func overlaps(_ other: Span) -> Bool {
            (other.end.map { begin < $0 } ?? true) && (end.map { other.begin < $0 } ?? true)
        }
    }

    /// In order, apart from each other.
    private(set) var spans: [Span] = []

    /// The intervals of recorded transitions up to a time; missing data neither begins nor ends one.
    init(_ transitions: [Transition], upTo end: Timestamp) {
        for transition in transitions where transition.at <= end { append(transition) }
    }

    /// Adds what is planned now, in order: a change to ALARM begins an interval, a change to OK ends the last one.
    private mutating func append(_ transition: Transition) {
        let isOpen = spans.last.map { $0.end == nil } ?? false
        switch transition.to {
        case .insufficientData: break
        case .alarm: if !isOpen { spans.append(Span(begin: transition.at, end: nil)) }
        case .ok: if isOpen { spans[spans.count - 1].end = transition.at }
        }
    }

    /// Adds what one evaluation plans: changes that late samples revealed, then those after the previous evaluation.
    /// - Parameters:
    ///   - late: The changes that late samples revealed.
    ///   - new: The changes after the previous evaluation.
    ///   - alarm: The alarm after all of them; that it is in ALARM or OK is notified, however it came about.
    ///   - now: The time of the evaluation.
    mutating func plan(late: [Transition], new: [Transition], _ alarm: Alarm, at now: Timestamp) {
        var begin: Timestamp?
        for transition in late {
            switch transition.to {
            case .insufficientData: break
            case .alarm: begin = transition.at
            case .ok:
                if let begin { insert(Span(begin: begin, end: transition.at)) } else { close(at: transition.at) }
                begin = nil
            }
        }
        if let begin { insert(Span(begin: begin, end: nil)) }
        for transition in new { append(transition) }
        switch alarm.state {
        case .insufficientData: break
        case .alarm: append(Transition(alarm, at: alarm.since ?? now))
        case .ok: close(at: now)
        }
    }

    /// Leaves out those that ended before a time.
    mutating func forget(before time: Timestamp) { spans.removeAll { span in span.end.map { $0 < time } ?? false } }

    private mutating func close(at time: Timestamp) {
        guard let last = spans.last, last.end == nil else { return }
        spans[spans.count - 1].end = max(time, last.begin)
    }

    private mutating func insert(_ span: Span) {
        if let index = spans.firstIndex(where: { $0.end == span.begin }) {
            spans[index].end = span.end
        } else {
            spans.insert(span, at: spans.firstIndex { $0.begin > span.begin } ?? spans.endIndex)
        }
    }
}

extension Transition {
    /// The change to the state of an alarm.
    fileprivate init(_ alarm: Alarm, at time: Timestamp) {
        self.init(
            rule: alarm.rule, resource: alarm.resource, at: time, from: alarm.state == .alarm ? .ok : .alarm, to: alarm.state)
    }
}
