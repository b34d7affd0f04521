internal import AdvisorCore
internal import Foundation
internal import GRDB

/// What is to be told of an evaluation: recalled, decided, written in its transaction.
struct NotificationStage {
    /// What is to be told, in order.
    private(set) var notificationRequests: [AlertPolicy.NotificationRequest] = []
    private var threads: [String: AlertGroupState]
    private var changed: Set<String> = []
    let policy: AlertPolicy

    /// Recalls what was told before.
    init(_ store: Store, _ project: Project, previous: Timestamp?, now: Timestamp) throws {
        policy = AlertPolicy(stack: project.stack, previous: previous, now: now)
        threads = try store.alertThreads()
    }

    /// Decides what is told of these topics, and that open threads of these kinds are over whose topic is not among them.
    mutating func notify(_ topics: [AlertGroup], kinds: Set<Alert.Kind>) {
        let known = Set(topics.map(\.key))
        let gone = threads.filter { kinds.contains($0.value.kind) && !known.contains($0.key) && $0.value.isOpen }
        let all = topics + gone.sorted { $0.key < $1.key }.map { AlertGroupBuilder.gone($0.key, $0.value) }
        for topic in all {
            let before = threads[topic.key]
            var thread = before ?? AlertGroupState(kind: topic.kind, resource: topic.resource)
            notificationRequests += policy.advance(&thread, topic)
            guard thread != before else { continue }
            threads[topic.key] = thread
            changed.insert(topic.key)
        }
    }

    /// Adds what no thread is behind.
    mutating func notify(_ more: [AlertPolicy.NotificationRequest]) { notificationRequests += more }

    /// Writes what changed, and owes what is told; within the evaluation's transaction.
    func save(at now: Timestamp, _ database: Database) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        for key in changed.sorted() {
            guard let thread = threads[key] else { continue }
            try database.execute(
                sql: "INSERT OR REPLACE INTO alertThread VALUES (?, ?)",
                arguments: [key, String(decoding: try encoder.encode(thread), as: UTF8.self)])
        }
        for request in notificationRequests {
            var endpoints = request.endpoints
            if request.isRepeat {
                // Where the last alert did not arrive yet, another one says nothing new.
                let waiting = try String.fetchSet(
                    database, sql: "SELECT endpoint FROM outboxEntry WHERE thread = ? AND state IN ('pending', 'leased')",
                    arguments: [request.alert.key])
                endpoints.removeAll(where: waiting.contains)
            }
            if request.alert.kind == .resolved {
                // Who never got the last word that it stands has nothing to be told.
                let unreached = try String.fetchSet(
                    database,
                    sql: """
                        SELECT endpoint FROM outboxEntry AS entry WHERE thread = ?1 AND isFiring AND state = 'failed' AND id =
                            (SELECT max(id) FROM outboxEntry WHERE thread = ?1 AND endpoint = entry.endpoint AND isFiring)
                        """, arguments: [request.alert.key])
                endpoints.removeAll(where: unreached.contains)
            }
            try Store.enqueue([request.alert], to: endpoints, at: now, notBefore: request.notBefore, in: database)
        }
    }
}

extension Store {
    /// What was told of what, by topic.
    /// - Throws: `StoreFailure`.
    func alertThreads() throws -> [String: AlertGroupState] {
        try read { database in
            let decoder = JSONDecoder()
            return try Row.fetchAll(database, sql: "SELECT key, document FROM alertThread").reduce(into: [:]) { threads, row in
                threads[row["key"]] = try? decoder.decode(AlertGroupState.self, from: Data((row["document"] as String).utf8))
            }
        }
    }
}
