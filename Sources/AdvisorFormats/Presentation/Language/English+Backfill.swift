import AdvisorCore

extension English {
    private static let mostChanges = 3

    /// `late samples from … on: database-cpu-sustained of prod-db: ALARM from … to …, before it was from … to …`.
    func clause(_ correction: BackfillCorrection) -> String {
        var texts = correction.changes.prefix(Self.mostChanges).map { change in
            switch change.kind {
            case .gained, .same: "new ALARM \(Self.spans(change.after))"
            case .lost: "no ALARM \(Self.spans(change.before)) any more"
            case .shifted: "ALARM \(Self.spans(change.after)), it was \(Self.spans(change.before))"
            }
        }
        if correction.changes.count > Self.mostChanges {
            texts.append("and \(correction.changes.count - Self.mostChanges) more changes")
        }
        return
            "late samples from \(correction.from) change \(correction.rule) of \(correction.resource): \(texts.joined(separator: "; "))"
    }

    private static func spans(_ episodes: [Episode]) -> String {
        episodes.map { "from \($0.start) \($0.end.map { "to \($0)" } ?? "on")" }.joined(separator: " and ")
    }
}
