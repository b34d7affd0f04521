extension Alert {
    /// The same as one alert a rule, for receivers that group by themselves; itself where no rule's times are known.
    ///
    /// What a rule's alert is known by stays the same from the first to the one that says that it is over, whatever else
    /// stands on the resource meanwhile.
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
                (single.title, single.summary) = ("\(resource ?? project ?? "advisor"): \(reason.text)", reason.text)
                (single.value, single.threshold, single.trigger) = (nil, nil, nil)
            }
            return single
        }
    }
}
