/// Decides what is told when; pure.
///
/// What one evaluation finds of a topic is told together. What stands is told again at intervals, and once when it is over;
/// who was not told that it stands is not told that it is over.
public struct AlertPolicy: Sendable {
    /// Something to be told.
    public struct NotificationRequest: Hashable, Sendable {
        /// What.
        public var alert: Alert
        /// To whom: names of webhooks.
        public var endpoints: [String]
        /// Whether it was told before and stands still.
        public var isRepeat = false
        /// Not before; nil for at once.
        public var notBefore: Timestamp?
    }

    let stack: Stack
    let settings: AlertSettings
    /// The newest time evaluated by the evaluation before; nil at the first.
    let previous: Timestamp?
    let now: Timestamp

    /// A policy for one evaluation.
    /// - Parameters:
    ///   - stack: The endpoints and the settings.
    ///   - previous: The newest time evaluated by the evaluation before; nil at the first.
    ///   - now: The time that is evaluated.
    public init(stack: Stack, previous: Timestamp?, now: Timestamp) {
        (self.stack, self.previous, self.now) = (stack, previous, now)
        settings = stack.unattended.alerts
    }

    /// Moves a thread by what an evaluation found.
    /// - Returns: What is to be told, in order.
    public func advance(_ thread: inout AlertGroupState, _ topic: AlertGroup) -> [NotificationRequest] {
        var notificationRequests: [NotificationRequest] = []
        let facts = Dictionary(topic.standing.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for event in events(of: topic, thread) {
            thread.lastEvents[event.id] = event.at
            if event.isBeginning {
                join(&thread, AlertGroupState.Member(event), facts[event.id]?.held ?? event.held)
            } else if let index = thread.members.firstIndex(where: { $0.id == event.id }) {
                if isDue(thread.members[index], at: event.at) {
                    notificationRequests += notifyActive(&thread, topic, at: event.at)
                }
                notificationRequests += leave(&thread, topic, index, at: event.at)
            }
        }
        // What stands is told, however it came about; what nobody evaluates any more is over.
        for fact in topic.standing {
            join(&thread, AlertGroupState.Member(fact, joinedAt: now), fact.held)
        }
        for id in thread.members.map(\.id) where facts[id] == nil && !topic.unknown.contains(id) {
            guard let index = thread.members.firstIndex(where: { $0.id == id }) else { continue }
            if isDue(thread.members[index], at: now) { notificationRequests += notifyActive(&thread, topic, at: now) }
            notificationRequests += leave(&thread, topic, index, at: now)
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

    /// The changes that are news, in order.
    ///
    /// Those up to the newest time evaluated before are history, but for what data decided that came late: a thread
    /// remembers how far the data went, and which change of each fact was the last.
    private func events(of topic: AlertGroup, _ thread: AlertGroupState) -> [AlertGroup.Event] {
        guard let previous else { return [] }
        let horizon = min(previous, thread.seen ?? previous)
        return topic.events.filter { event in
            event.at > horizon && event.at <= now && thread.lastEvents[event.id].map { event.at > $0 } ?? true
        }.sorted { ($0.at, $0.isBeginning ? 0 : 1, $0.id) < ($1.at, $1.isBeginning ? 0 : 1, $1.id) }
    }

    private func isDue(_ member: AlertGroupState.Member, at time: Timestamp) -> Bool {
        let isHeld = member.heldBy.map { $0 != Self.quiet } ?? false
        return !member.isNotified && !isHeld && time - member.joinedAt >= settings.groupWait
    }

    private func join(_ thread: inout AlertGroupState, _ member: AlertGroupState.Member, _ held: String?) {
        if let index = thread.members.firstIndex(where: { $0.id == member.id }) {
            thread.members[index].severity = member.severity
            thread.members[index].title = member.title
            // What is no longer muted is told like what is new.
            let waits = held == nil && thread.members[index].heldBy == Self.quiet
            if !thread.members[index].isNotified, !waits { hold(&thread, index, held) }
            return
        }
        // What begins again before its end was told was not over.
        thread.over.removeAll { $0.id == member.id }
        if held == nil { thread.endedAt = nil }
        thread.members.append(member)
        thread.members.sort { $0.id < $1.id }
        thread.startsAt = min(thread.startsAt ?? member.since, member.since)
        if let index = thread.members.firstIndex(where: { $0.id == member.id }) { hold(&thread, index, held) }
    }

    private func hold(_ thread: inout AlertGroupState, _ index: Int, _ reason: String?) {
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
        // What is held, or waits, keeps nobody from hearing that the rest is over.
        guard !thread.members.contains(where: \.isNotified) else { return [] }
        thread.endedAt = time
        return notifyEnded(&thread, topic)
    }

    /// Tells what stands, but for what is held; in quiet hours it waits.
    private func notifyActive(_ thread: inout AlertGroupState, _ topic: AlertGroup, at time: Timestamp, isRepeat: Bool = false)
        -> [NotificationRequest]
    {
        let notified = thread.members.filter { $0.heldBy == nil || $0.isNotified || $0.heldBy == Self.quiet }
        guard let severity = notified.map(\.severity).max() else { return [] }
        if settings.quietHours?.hold(severity, at: now) ?? false {
            for index in thread.members.indices where !thread.members[index].isNotified && thread.members[index].heldBy == nil {
                hold(&thread, index, Self.quiet)
            }
            return []
        }
        guard !stack.webhooks.isEmpty else { return [] }
        let words = AlertText(stack: stack, topic: topic, thread: thread, notified: notified)
        let alert = words.standing(severity: severity, at: time, repeatedAt: isRepeat ? now : nil)
        // Who was told of what is over hears that, and what still stands.
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

    /// Tells those who were told that it stood.
    private func notifyEnded(_ thread: inout AlertGroupState, _ topic: AlertGroup) -> [NotificationRequest] {
        guard let ended = thread.endedAt, let severity = thread.severity,
            !(settings.quietHours?.hold(severity, at: now) ?? false)
        else { return [] }
        let alert = AlertText(stack: stack, topic: topic, thread: thread, notified: thread.over).over(
            severity: severity, at: ended)
        let endpoints = thread.endpoints.filter { name in stack.webhooks.contains { $0.name == name } }
        thread.clear()
        return endpoints.isEmpty ? [] : [NotificationRequest(alert: alert, endpoints: endpoints)]
    }

    static let quiet = "quiet hours"
}

extension AlertGroupState {
    /// Begins a new interval, in which only stands what nobody was told of.
    mutating func clear() {
        members.removeAll(where: \.isNotified)
        (over, endpoints) = ([], [])
        (startsAt, notifiedAt, endedAt, severity) = (members.map(\.since).min(), nil, nil, nil)
        interval += 1
    }
}

extension AlertGroupState.Member {
    init(_ event: AlertGroup.Event) {
        self.init(id: event.id, severity: event.severity, since: event.at, title: event.title, joinedAt: event.at)
    }

    init(_ fact: AlertGroup.Fact, joinedAt: Timestamp) {
        self.init(id: fact.id, severity: fact.severity, since: fact.since, title: fact.title, joinedAt: joinedAt)
    }
}
