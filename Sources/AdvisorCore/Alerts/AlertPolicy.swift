/// Decides what is told when; pure.
///
/// What one evaluation finds of a topic is told together. What stands is told again at intervals, and once when it is over;
/// who was not told that it stands is not told that it is over.
public struct AlertPolicy: Sendable {
    /// Something to be told.
    public struct Telling: Hashable, Sendable {
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
    /// The newest instant judged by the evaluation before; nil at the first.
    let previous: Timestamp?
    let now: Timestamp

    /// A policy for one evaluation.
    /// - Parameters:
    ///   - stack: The endpoints and the settings.
    ///   - previous: The newest instant judged by the evaluation before; nil at the first.
    ///   - now: The instant that is judged.
    public init(stack: Stack, previous: Timestamp?, now: Timestamp) {
        (self.stack, self.previous, self.now) = (stack, previous, now)
        settings = stack.unattended.alerts
    }

    /// Moves a thread by what an evaluation found.
    /// - Returns: What is to be told, in order.
    public func advance(_ thread: inout AlertThread, _ topic: AlertTopic) -> [Telling] {
        var tellings: [Telling] = []
        let facts = Dictionary(topic.standing.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for event in events(of: topic, thread) {
            thread.lastEvents[event.id] = event.at
            if event.isBeginning {
                join(&thread, AlertThread.Member(event), facts[event.id]?.held ?? event.held)
            } else if let index = thread.members.firstIndex(where: { $0.id == event.id }) {
                if isDue(thread.members[index], at: event.at) { tellings += tellStanding(&thread, topic, at: event.at) }
                tellings += leave(&thread, topic, index, at: event.at)
            }
        }
        // What stands is told, however it came about; what nobody judges any more is over.
        for fact in topic.standing {
            join(&thread, AlertThread.Member(fact, joinedAt: now), fact.held)
        }
        for id in thread.members.map(\.id) where facts[id] == nil && !topic.unknown.contains(id) {
            guard let index = thread.members.firstIndex(where: { $0.id == id }) else { continue }
            if isDue(thread.members[index], at: now) { tellings += tellStanding(&thread, topic, at: now) }
            tellings += leave(&thread, topic, index, at: now)
        }
        if let seen = topic.seen { thread.seen = max(thread.seen ?? seen, seen) }
        let isToldOf = thread.members.contains(where: \.isTold)
        if thread.members.contains(where: { isDue($0, at: now) }) || isToldOf && !thread.over.isEmpty {
            tellings += tellStanding(&thread, topic, at: now)
        } else if thread.endedAt != nil {
            tellings += tellOver(&thread, topic)
        } else if isToldOf, let told = thread.toldAt, let interval = settings.repeatEvery, now - told >= interval {
            tellings += tellStanding(&thread, topic, at: now, isRepeat: true)
        }
        return tellings
    }

    /// The changes that are news, in order.
    ///
    /// Those up to the newest instant judged before are history, but for what data decided that came late: a thread
    /// remembers how far the data went, and which change of each fact was the last.
    private func events(of topic: AlertTopic, _ thread: AlertThread) -> [AlertTopic.Event] {
        guard let previous else { return [] }
        let horizon = min(previous, thread.seen ?? previous)
        return topic.events.filter { event in
            event.at > horizon && event.at <= now && thread.lastEvents[event.id].map { event.at > $0 } ?? true
        }.sorted { ($0.at, $0.isBeginning ? 0 : 1, $0.id) < ($1.at, $1.isBeginning ? 0 : 1, $1.id) }
    }

    private func isDue(_ member: AlertThread.Member, at instant: Timestamp) -> Bool {
        let isHeld = member.heldBy.map { $0 != Self.quiet } ?? false
        return !member.isTold && !isHeld && instant - member.joinedAt >= settings.groupWait
    }

    private func join(_ thread: inout AlertThread, _ member: AlertThread.Member, _ held: String?) {
        if let index = thread.members.firstIndex(where: { $0.id == member.id }) {
            thread.members[index].severity = member.severity
            thread.members[index].title = member.title
            // What is no longer muted is told like what is new.
            let waits = held == nil && thread.members[index].heldBy == Self.quiet
            if !thread.members[index].isTold, !waits { hold(&thread, index, held) }
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

    private func hold(_ thread: inout AlertThread, _ index: Int, _ reason: String?) {
        if reason != nil, thread.members[index].heldBy == nil { thread.heldBack += 1 }
        thread.members[index].heldBy = reason
    }

    private func leave(_ thread: inout AlertThread, _ topic: AlertTopic, _ index: Int, at instant: Timestamp) -> [Telling] {
        var member = thread.members.remove(at: index)
        member.endedAt = instant
        if member.isTold { thread.over.append(member) }
        guard thread.toldAt != nil else {
            if thread.members.isEmpty { thread.clear() }
            return []
        }
        // What is held, or waits, keeps nobody from hearing that the rest is over.
        guard !thread.members.contains(where: \.isTold) else { return [] }
        thread.endedAt = instant
        return tellOver(&thread, topic)
    }

    /// Tells what stands, but for what is held; in quiet hours it waits.
    private func tellStanding(_ thread: inout AlertThread, _ topic: AlertTopic, at instant: Timestamp, isRepeat: Bool = false)
        -> [Telling]
    {
        let told = thread.members.filter { $0.heldBy == nil || $0.isTold || $0.heldBy == Self.quiet }
        guard let severity = told.map(\.severity).max() else { return [] }
        if settings.quietHours?.hold(severity, at: now) ?? false {
            for index in thread.members.indices where !thread.members[index].isTold && thread.members[index].heldBy == nil {
                hold(&thread, index, Self.quiet)
            }
            return []
        }
        guard !stack.webhooks.isEmpty else { return [] }
        let words = AlertWords(stack: stack, topic: topic, thread: thread, told: told)
        let alert = words.standing(severity: severity, at: instant, repeatedAt: isRepeat ? now : nil)
        // Who was told of what is over hears that, and what still stands.
        let concerned = thread.over.isEmpty ? [] : Set(thread.endpoints)
        let takers = Set(stack.endpoints(for: alert).map(\.name)).union(concerned)
        let endpoints = stack.webhooks.map(\.name).filter(takers.contains)
        for index in thread.members.indices where told.contains(where: { $0.id == thread.members[index].id }) {
            thread.members[index].isTold = true
            thread.members[index].heldBy = nil
        }
        thread.over = []
        thread.endedAt = nil
        thread.toldAt = now
        thread.severity = max(thread.severity ?? severity, severity)
        thread.endpoints += endpoints.filter { !thread.endpoints.contains($0) }
        return endpoints.isEmpty ? [] : [Telling(alert: alert, endpoints: endpoints, isRepeat: isRepeat)]
    }

    /// Tells those who were told that it stood.
    private func tellOver(_ thread: inout AlertThread, _ topic: AlertTopic) -> [Telling] {
        guard let ended = thread.endedAt, let severity = thread.severity,
            !(settings.quietHours?.hold(severity, at: now) ?? false)
        else { return [] }
        let alert = AlertWords(stack: stack, topic: topic, thread: thread, told: thread.over).over(severity: severity, at: ended)
        let endpoints = thread.endpoints.filter { name in stack.webhooks.contains { $0.name == name } }
        thread.clear()
        return endpoints.isEmpty ? [] : [Telling(alert: alert, endpoints: endpoints)]
    }

    static let quiet = "quiet hours"
}

extension AlertThread {
    /// Begins a new stretch, in which only stands what nobody was told of.
    mutating func clear() {
        members.removeAll(where: \.isTold)
        (over, endpoints) = ([], [])
        (startsAt, toldAt, endedAt, severity) = (members.map(\.since).min(), nil, nil, nil)
        stretch += 1
    }
}

extension AlertThread.Member {
    init(_ event: AlertTopic.Event) {
        self.init(id: event.id, severity: event.severity, since: event.at, title: event.title, joinedAt: event.at)
    }

    init(_ fact: AlertTopic.Fact, joinedAt: Timestamp) {
        self.init(id: fact.id, severity: fact.severity, since: fact.since, title: fact.title, joinedAt: joinedAt)
    }
}
