internal import AdvisorCore

/// An interval in milliseconds, without its end.
struct DatapointSpan: Hashable {
    var begin: Int64
    var end: Int64

    static func floor(_ time: Int64, _ period: Int64) -> Int64 {
        Timestamp(milliseconds: time).floored(to: .milliseconds(period)).milliseconds
    }

    /// Its parts outside the others, in order.
    func without(_ others: [DatapointSpan]) -> [DatapointSpan] {
        var rest = [self]
        for other in others {
            rest = rest.flatMap { span in
                [
                    DatapointSpan(begin: span.begin, end: min(span.end, other.begin)),
                    DatapointSpan(begin: max(span.begin, other.end), end: span.end),
                ].filter { $0.begin < $0.end }
            }
        }
        return Array(Set(rest)).sorted { $0.begin < $1.begin }
    }
}
