extension [Finding] {
    /// The same findings, each with why nobody is told of it at a time: a mute window, or a rule it gives way to.
    ///
    /// Only what is in ALARM can be held back, and a rule gives way to one on the same resource.
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
    /// Rule, kind and resource.
    fileprivate var place: [String] { [rule.id, rule.appliesTo.rawValue, resource] }

    /// Whether another rule in ALARM stands above it, so that it asks for nothing.
    public var isInhibited: Bool { if case .inhibited = held { true } else { false } }
}
