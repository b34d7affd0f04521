public import AdvisorCore

/// A sentence on the changes by late samples.
public enum BackfillWords {
    private static let most = 3

    /// `late samples from … on: database-cpu-sustained of prod-db: ALARM from … to …, before it was from … to …`.
    public static func sentence(_ revision: BackfillCorrection) -> String {
        var texts = revision.changes.prefix(most).map { change in
            switch change.kind {
            case .gained, .same: "new ALARM \(spans(change.after))"
            case .lost: "no ALARM \(spans(change.before)) any more"
            case .shifted: "ALARM \(spans(change.after)), it was \(spans(change.before))"
            }
        }
        if revision.changes.count > most { texts.append("and \(revision.changes.count - most) more changes") }
        return
            "late samples from \(revision.from) change \(revision.rule) of \(revision.resource): \(texts.joined(separator: "; "))"
    }

    private static func spans(_ episodes: [Episode]) -> String {
        episodes.map { "from \($0.start) \($0.end.map { "to \($0)" } ?? "on")" }.joined(separator: " and ")
    }
}
