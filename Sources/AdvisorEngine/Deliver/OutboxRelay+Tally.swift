internal import AdvisorCore

extension OutboxRelay.Tally {
    /// `2 delivered, 1 to be retried: 503`.
    public var words: String {
        var parts: [String] = []
        if delivered > 0 { parts.append("\(delivered) delivered") }
        if failed > 0 { parts.append("\(failed) failed") }
        if postponed > 0 { parts.append("\(postponed) to be retried") }
        let what = disabled.map { "paused: \($0)" } ?? problem ?? ""
        return parts.joined(separator: ", ") + (what.isEmpty ? "" : ": " + SafeText.terminal(what))
    }
}
