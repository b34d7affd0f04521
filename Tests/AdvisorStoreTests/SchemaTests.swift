import AdvisorCore
@testable import AdvisorStore
import AdvisorTestSupport
import Foundation
import GRDB
import Testing

@Suite("Schema and its released versions")
struct SchemaTests {
    /// A column that holds an enum's raw values, and these.
    private struct Codes: CustomTestStringConvertible, Sendable {
        var table: String
        var column: String
        var values: [String]

        var testDescription: String { "\(table).\(column)" }

        init<Code: CaseIterable & RawRepresentable>(_ table: String, _ column: String, _: Code.Type)
        where Code.RawValue == String {
            (self.table, self.column, values) = (table, column, Code.allCases.map(\.rawValue))
        }

        static let all = [
            Codes("alarm", "kind", ResourceKind.self), Codes("alarm", "state", AlarmState.self),
            Codes("transition", "fromState", AlarmState.self), Codes("transition", "toState", AlarmState.self),
            Codes("recommendation", "kind", ResourceKind.self),
            Codes("recommendation", "state", RecommendationRecord.State.self),
            Codes("recommendation", "severity", Severity.self), Codes("recommendation", "knownSeverity", Severity.self),
            Codes("recommendation", "ending", RecommendationRecord.Ending.self),
            Codes("recommendationChange", "kind", RecommendationChange.Kind.self),
            Codes("recommendationChange", "fromState", RecommendationRecord.State.self),
            Codes("recommendationChange", "toState", RecommendationRecord.State.self),
            Codes("alertGroup", "kind", Alert.Kind.self), Codes("outboxEntry", "state", OutboxEntry.State.self),
            Codes("outboxEntry", "heldReason", OutboxEntry.HeldReason.self),
            Codes("deliveryAttempt", "outcome", DeliveryAttempt.Outcome.self),
            Codes("billStatement", "source", BillSource.self), Codes("charge", "category", ChargeCategory.self),
        ]
    }

    private static func store() throws -> Store { try Store(path: nil, create: true, exists: false) }

    private static func schema(_ store: Store) throws -> [String] {
        try store.read {
            try String.fetchAll(
                $0, sql: "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name")
        }
    }

    @Test("a column's CHECK has the codes of its enum", arguments: Codes.all)
    private func codes(_ codes: Codes) throws {
        let sql = try Self.store().read {
            try String.fetchOne($0, sql: "SELECT sql FROM sqlite_master WHERE name = ?", arguments: [codes.table]) ?? ""
        }
        let text = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let match = try #require(text.firstMatch(of: try Regex("CHECK \\( ?\(codes.column) IN \\(([^)]*)\\)")))
        let values = (match.output[1].substring ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: " '"))
        }
        #expect(values.sorted() == codes.values.sorted())
    }

    @Test("every table is in the list that store check reads")
    func tables() throws {
        let names = try Self.store().read {
            try String.fetchAll(
                $0,
                sql:
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'"
            )
        }
        #expect(Set(names) == Set(StoredTables.all.map { $0.name }))
    }

    /// The tables of a store before it is migrated.
    private static func tables(of file: URL) throws -> Set<String> {
        Set(
            try DatabaseQueue(path: file.path).read {
                try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            })
    }

    @Test("checkpoints that were progress or watched resources become rows; one that is neither is named by store check")
    func checkpoints() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "v4.db")
        try FileManager.default.copyItem(at: Program.repository.appending(path: "Tests/Fixtures/store/v4.db"), to: file)
        try DatabaseQueue(path: file.path).write { database in
            for name in ["watched\tdatabase\tidle", "watched\tdatbase\tx", "complete\ta\t1\t60000", "complete\ta\t1\tzz"] {
                try database.execute(
                    sql: "INSERT INTO checkpoint(name, at) VALUES (?, ?)",
                    arguments: [name, FullStore.evaluatedAt.milliseconds])
            }
            try database.execute(
                sql: """
                    INSERT INTO run(startedAt, finishedAt, exitCode, summary) VALUES (1, 2, 0, '{"changes":0}')
                    """)
        }
        let store = try Store(path: file.path, create: false, exists: true)
        #expect(try store.watchedResources() == [ResourceKey(kind: .database, resource: "idle"): FullStore.evaluatedAt])
        let progress = try store.read { try SourceProgressTable.bySeries($0) }
        #expect(progress == [1: SourceProgress(completeUpTo: FullStore.evaluatedAt, cadence: .seconds(60))])
        #expect(try store.runs(limit: 2).map(\.hasEvaluated) == [true, false])
        let problems = try store.problems().map { "\($0)" }
        #expect(problems.count == 2)
        #expect(problems.allSatisfy { $0.contains("checkpoint") && ($0.contains("datbase") || $0.contains("zz")) })
    }

    /// Makes the file of an older version from that of the version before it.
    private static func migrate(_ file: URL, to version: String) throws {
        let versions = Migrations.all.migrations
        let index = try #require(versions.firstIndex(of: version).flatMap { $0 > 0 ? $0 - 1 : nil })
        try FileManager.default.copyItem(
            at: file.deletingLastPathComponent().appending(path: "\(versions[index]).db"), to: file)
        var configuration = Configuration()
        configuration.prepareDatabase { Checksum.register(in: $0) }
        try Migrations.all.migrate(try DatabaseQueue(path: file.path, configuration: configuration), upTo: version)
    }

    /// One file for each released version; `RECORD=1` writes the newest anew, and older ones that are missing.
    @Test(
        "a store of a released version is migrated, and every row of every table is read",
        arguments: ["v1", "v2", "v3", "v4", "v5"])
    func released(_ version: String) throws {
        let file = Program.repository.appending(path: "Tests/Fixtures/store/\(version).db")
        let folder = try TemporaryFolder()
        if ProcessInfo.processInfo.environment["RECORD"] == "1", version == Migrations.all.migrations.last {
            let full = try Store(path: folder.url.appending(path: "full.db").path, create: true, exists: false)
            try FullStore.fill(full)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try? FileManager.default.removeItem(at: file)
            try full.backUp(to: file.path)
        }
        if ProcessInfo.processInfo.environment["RECORD"] == "1", !FileManager.default.fileExists(atPath: file.path) {
            try Self.migrate(file, to: version)
        }
        let copy = folder.url.appending(path: "copy.db")
        try FileManager.default.copyItem(at: file, to: copy)
        let released = try Self.tables(of: copy)
        #expect(released.isSuperset(of: ["sample", "alarm", "run"]))
        let store = try Store(path: copy.path, create: false, exists: true)
        #expect(try Self.schema(store) == Self.schema(try Self.store()))
        #expect(try store.problems() == [])
        for table in StoredTables.all where released.contains(table.name) {
            let count = try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table.name)") }
            #expect(count ?? 0 > 0, "\(table.name) is empty")
        }
        #expect(try store.lastEvaluation() == FullStore.evaluatedAt)
        #expect(try store.alarms().values.map(\.alarm.state) == [.alarm])
        #expect(try store.recommendations().map(\.state) == [.claimed])
        #expect(try store.recommendationHistory().map(\.what) == [.opened, .claimed])
        #expect(try store.outbox().map(\.state.rawValue).sorted() == ["held", "pending"])
        #expect(try store.openAlertGroups().map(\.key) == ["database/db"])
        #expect(try store.statements().map(\.lines) == [1])
    }
}
