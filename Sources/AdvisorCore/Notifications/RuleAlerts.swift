extension Alert {
    /// Splits an alert into one per rule, for receivers that group by themselves; the alert itself if no rule's times are
    /// known.
    ///
    /// The key of a rule's alert stays the same until it is resolved, whatever else happens on the resource.
    public var byRule: [Alert] {
        let ruled = reasons.filter { $0.rule != nil && $0.startsAt != nil }
        guard kind == .alarm || kind == .resolved, !ruled.isEmpty else { return [self] }
        return ruled.map { reason in
            var single = self
            single.rule = reason.rule
            single.key = "\(reason.rule ?? "")/\(key)"
            single.severity = reason.severity ?? severity
            single.startsAt = reason.startsAt ?? startsAt
            single.endsAt = reason.endsAt ?? (kind == .resolved ? endsAt : nil)
            single.kind = single.endsAt == nil ? .alarm : .resolved
            single.reasons = [reason]
            if reasons.count > 1 {
                single.content = .single(target: resource ?? project ?? "advisor", reason: reason.content)
                (single.value, single.threshold, single.trigger) = (nil, nil, nil)
            }
            return single
        }
    }
}
