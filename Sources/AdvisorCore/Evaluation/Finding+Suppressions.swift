extension [Finding] {
    /// Returns the findings with the reason why they are not notified at a time: muted or inhibited.
    ///
    /// Only findings in ALARM are suppressed, and a rule is inhibited only on the same resource.
    public func applyingSuppressions(_ mutes: [MuteTimeInterval], at time: Timestamp) -> [Finding] {
        let standing = Set(filter { $0.state == .alarm }.map(\.place))
        return map { finding in
            var finding = finding
            finding.held = finding.state == .alarm ? held(finding, mutes, time, standing) : nil
            return finding
        }
    }

    private func held(_ finding: Finding, _ mutes: [MuteTimeInterval], _ time: Timestamp, _ standing: Set<[String]>)
        -> Suppression?
    {
        if let other = finding.rule.unlessAlarm {
            var place = finding.place
            place[0] = other
            if standing.contains(place) { return .inhibited(by: other) }
        }
        return mutes.standing(rule: finding.rule, resource: finding.resource, at: time)
            .map { .muted(until: $0.end, reason: $0.mute.reason) }
    }
}

extension Finding {
    /// The rule, kind and resource.
    fileprivate var place: [String] { [rule.id, rule.appliesTo.rawValue, resource] }

    /// Whether it is inhibited, so that it recommends nothing.
    public var isInhibited: Bool { if case .inhibited = held { true } else { false } }
}
