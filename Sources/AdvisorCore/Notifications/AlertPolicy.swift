/// Decides what is notified when.
///
/// All findings of one evaluation about a group are notified together. Active conditions are notified again at intervals, and
/// once when they are over, but only to receivers that were notified.
public struct AlertPolicy: Sendable {
    /// A notification.
    public struct NotificationRequest: Hashable, Sendable {
        /// The alert.
        public var alert: Alert
        /// The names of the receivers.
        public var endpoints: [String]
        /// Whether it is a repetition.
        public var isRepeat = false
        /// Whether it says both that an alarm began and that it ended: its beginning was not notified before.
        public var isWhole = false
        /// The earliest time; nil for at once.
        public var notBefore: Timestamp?
    }

    let stack: Stack
    let settings: AlertSettings
    /// The time of the previous evaluation; nil for the first.
    let previous: Timestamp?
    let now: Timestamp

    /// Creates the policy for one evaluation.
    /// - Parameters:
    ///   - stack: The receivers and settings.
    ///   - previous: The time of the previous evaluation; nil for the first.
    ///   - now: The time of the evaluation.
    public init(stack: Stack, previous: Timestamp?, now: Timestamp) {
        (self.stack, self.previous, self.now) = (stack, previous, now)
        settings = stack.unattended.alerts
    }

    /// Updates a group state with the results of an evaluation.
    /// - Returns: The notifications, in order.
    public func advance(_ thread: inout AlertGroupState, _ topic: AlertGroup) -> [NotificationRequest] {
        var notificationRequests: [NotificationRequest] = []
        let facts = Dictionary(topic.standing.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var passed: [String: AlertGroupState.Member] = [:]
        for event in events(of: topic, thread) {
            notificationRequests += take(event, facts[event.id]?.held, &thread, &passed, topic)
        }
        // Active conditions are notified, however they came about; conditions that are no longer evaluated are over.
        for fact in topic.standing {
            join(&thread, AlertGroupState.Member(fact, joinedAt: now), fact.held)
        }
        for index in thread.members.indices {
            let member = thread.members[index]
            thread.members[index].unknownSince = topic.unknown.contains(member.id) ? member.unknownSince ?? now : nil
        }
        for id in thread.members.map(\.id) where facts[id] == nil && !topic.unknown.contains(id) {
            guard let index = thread.members.firstIndex(where: { $0.id == id }) else { continue }
            notificationRequests += end(&thread, topic, index, at: now)
        }
        if let seen = topic.seen { thread.seen = max(thread.seen ?? seen, seen) }
        let isNotifiedOf = thread.members.contains(where: \.isNotified)
        if thread.members.contains(where: { isDue($0, at: now) }) || isNotifiedOf && !thread.over.isEmpty {
            notificationRequests += notifyActive(&thread, topic, at: now)
        } else if thread.endedAt != nil {
            notificationRequests += notifyEnded(&thread, topic)
        } else if isNotifiedOf, let notified = thread.notifiedAt, let interval = settings.repeatEvery, now - notified >= interval
        {
            notificationRequests += notifyActive(&thread, topic, at: now, isRepeat: true)
        }
        return notificationRequests
    }

    /// Applies a change; `passed` are conditions that late data reveal to have been active before they began again.
    private func take(
        _ event: AlertGroup.Event, _ held: Suppression?, _ thread: inout AlertGroupState,
        _ passed: inout [String: AlertGroupState.Member], _ topic: AlertGroup
    ) -> [NotificationRequest] {
        thread.lastEvents[event.id] = max(thread.lastEvents[event.id] ?? event.at, event.at)
        let index = thread.members.firstIndex { $0.id == event.id }
        if event.isBeginning {
            if event.arrival == .late, let index, thread.members[index].since > event.at {
                passed[event.id] = AlertGroupState.Member(event)
                passed[event.id]?.heldBy = event.held
            } else {
                join(&thread, AlertGroupState.Member(event), held ?? event.held)
            }
            return []
        }
        if let member = passed.removeValue(forKey: event.id) { return pass(&thread, topic, member, at: event.at) }
        return index.map { end(&thread, topic, $0, at: event.at) } ?? []
    }

    /// The new changes, in order.
    ///
    /// Changes up to the previous evaluation are old, unless they were decided by data that arrived late: those are given as
    /// such, or the state records how far the data went and the last change of each condition.
    private func events(of topic: AlertGroup, _ thread: AlertGroupState) -> [AlertGroup.Event] {
        guard let previous else { return [] }
        let horizon = min(previous, thread.seen ?? previous)
        return topic.events.filter { event in
            guard event.at <= now else { return false }
            switch event.arrival {
            case .late: return true
            case .onTime: return event.at > horizon && thread.lastEvents[event.id].map { event.at > $0 } ?? true
            }
        }.sorted { ($0.at, $0.isBeginning ? 0 : 1, $0.id) < ($1.at, $1.isBeginning ? 0 : 1, $1.id) }
    }

    private func isDue(_ member: AlertGroupState.Member, at time: Timestamp) -> Bool {
        return !member.isNotified && !(member.heldBy?.holds(at: time) ?? false) && time - member.joinedAt >= settings.groupWait
    }

    private func join(_ thread: inout AlertGroupState, _ member: AlertGroupState.Member, _ held: Suppression?) {
        if let index = thread.members.firstIndex(where: { $0.id == member.id }) {
            thread.members[index].severity = member.severity
            thread.members[index].reason = member.reason
            // A condition that is no longer muted is notified like a new one.
            let waits = held == nil && thread.members[index].heldBy?.isQuietHours == true
            if !thread.members[index].isNotified, !waits { hold(&thread, index, held) }
            return
        }
        // A condition that begins again before its end was notified was not over.
        thread.over.removeAll { $0.id == member.id }
        if held == nil { thread.endedAt = nil }
        thread.members.append(member)
        thread.members.sort { $0.id < $1.id }
        thread.startsAt = min(thread.startsAt ?? member.since, member.since)
        if let index = thread.members.firstIndex(where: { $0.id == member.id }) { hold(&thread, index, held) }
    }

    private func hold(_ thread: inout AlertGroupState, _ index: Int, _ reason: Suppression?) {
        if reason != nil, thread.members[index].heldBy == nil { thread.heldBack += 1 }
        thread.members[index].heldBy = reason
    }

    private func leave(_ thread: inout AlertGroupState, _ topic: AlertGroup, _ index: Int, at time: Timestamp)
        -> [NotificationRequest]
    {
        var member = thread.members.remove(at: index)
        member.endedAt = time
        if member.isNotified { thread.over.append(member) }
        guard thread.notifiedAt != nil else {
            if thread.members.isEmpty { thread.clear() }
            return []
        }
        // Suppressed or waiting conditions do not delay the end of the others.
        guard !thread.members.contains(where: \.isNotified) else { return [] }
        thread.endedAt = time
        return notifyEnded(&thread, topic)
    }

    /// Ends a condition; one whose beginning was not notified yet gets one notification of both.
    private func end(_ thread: inout AlertGroupState, _ topic: AlertGroup, _ index: Int, at time: Timestamp)
        -> [NotificationRequest]
    {
        // What was suppressed until its data ended was suppressed to its end.
        let member = thread.members[index]
        let isHeld = member.unknownSince.map { member.heldBy?.holds(at: $0) ?? false } ?? false
        guard !isHeld, isDue(member, at: time) else { return leave(&thread, topic, index, at: time) }
        return pass(&thread, topic, thread.members.remove(at: index), at: time)
    }

    /// Notifies in one message that a condition began and ended; it is not a member any more.
    private func pass(
        _ thread: inout AlertGroupState, _ topic: AlertGroup, _ passed: AlertGroupState.Member, at time: Timestamp
    ) -> [NotificationRequest] {
        var (member, own) = (passed, thread)
        member.endedAt = time
        (own.startsAt, own.over) = (member.since, [])
        guard isDue(member, at: time), !stack.webhooks.isEmpty, !(settings.quietHours?.hold(member.severity, at: now) ?? false)
        else {
            if !stack.webhooks.isEmpty, member.heldBy == nil { thread.heldBack += 1 }
            if thread.notifiedAt == nil, thread.members.isEmpty { thread.clear() }
            return []
        }
        let beginning = GroupAlerts(stack: stack, topic: topic, thread: own, notified: [member])
            .standing(severity: member.severity, at: time, repeatedAt: nil)
        member.isNotified = true
        let whole = GroupAlerts(stack: stack, topic: topic, thread: own, notified: [member])
            .over(severity: member.severity, at: time)
        let takers = stack.endpoints(for: whole)
        if thread.members.contains(where: \.isNotified) {
            // It is notified with what is still active.
            thread.over.append(member)
            thread.endpoints += takers.map(\.name).filter { !thread.endpoints.contains($0) }
            return []
        }
        thread.interval += 1
        if thread.notifiedAt == nil { thread.startsAt = thread.members.map(\.since).min() }
        let stateful = stack.endpoints(for: beginning).filter(\.format.keepsState).map(\.name)
        return [
            NotificationRequest(alert: beginning, endpoints: stateful),
            NotificationRequest(alert: whole, endpoints: takers.map(\.name), isWhole: true),
        ].filter { !$0.endpoints.isEmpty }
    }

    /// Notifies active conditions that are not suppressed; during quiet hours they wait.
    private func notifyActive(_ thread: inout AlertGroupState, _ topic: AlertGroup, at time: Timestamp, isRepeat: Bool = false)
        -> [NotificationRequest]
    {
        let notified = thread.members.filter { $0.heldBy?.isQuietHours ?? true || $0.isNotified }
        guard let severity = notified.map(\.severity).max() else { return [] }
        if let quietHours = settings.quietHours, quietHours.hold(severity, at: now) {
            for index in thread.members.indices where !thread.members[index].isNotified && thread.members[index].heldBy == nil {
                hold(&thread, index, .quietHours(until: quietHours.release(severity, at: now)))
            }
            return []
        }
        guard !stack.webhooks.isEmpty else { return [] }
        let alerts = GroupAlerts(stack: stack, topic: topic, thread: thread, notified: notified)
        let alert = alerts.standing(severity: severity, at: time, repeatedAt: isRepeat ? now : nil)
        // Receivers that were notified get the end, with what is still active.
        let concerned = thread.over.isEmpty ? [] : Set(thread.endpoints)
        let takers = Set(stack.endpoints(for: alert).map(\.name)).union(concerned)
        let endpoints = stack.webhooks.map(\.name).filter(takers.contains)
        for index in thread.members.indices where notified.contains(where: { $0.id == thread.members[index].id }) {
            thread.members[index].isNotified = true
            thread.members[index].heldBy = nil
        }
        thread.over = []
        thread.endedAt = nil
        thread.notifiedAt = now
        thread.severity = max(thread.severity ?? severity, severity)
        thread.endpoints += endpoints.filter { !thread.endpoints.contains($0) }
        return endpoints.isEmpty ? [] : [NotificationRequest(alert: alert, endpoints: endpoints, isRepeat: isRepeat)]
    }

    /// Notifies the receivers that got the alert.
    private func notifyEnded(_ thread: inout AlertGroupState, _ topic: AlertGroup) -> [NotificationRequest] {
        guard let ended = thread.endedAt, let severity = thread.severity,
            !(settings.quietHours?.hold(severity, at: now) ?? false)
        else { return [] }
        let alert = GroupAlerts(stack: stack, topic: topic, thread: thread, notified: thread.over).over(
            severity: severity, at: ended)
        let endpoints = thread.endpoints.filter { name in stack.webhooks.contains { $0.name == name } }
        thread.clear()
        return endpoints.isEmpty ? [] : [NotificationRequest(alert: alert, endpoints: endpoints)]
    }
}

extension AlertGroupState {
    /// Starts a new interval with the conditions that were not notified.
    mutating func clear() {
        members.removeAll(where: \.isNotified)
        (over, endpoints) = ([], [])
        (startsAt, notifiedAt, endedAt, severity) = (members.map(\.since).min(), nil, nil, nil)
        interval += 1
    }
}

extension AlertGroupState.Member {
    init(_ event: AlertGroup.Event) {
        self.init(id: event.id, severity: event.severity, since: event.at, reason: event.reason, joinedAt: event.at)
    }

    init(_ fact: AlertGroup.Fact, joinedAt: Timestamp) {
        self.init(id: fact.id, severity: fact.severity, since: fact.since, reason: fact.reason, joinedAt: joinedAt)
    }
}
