public import AdvisorCore
internal import GRDB

extension Store {
    /// Every stored change of an alarm's state, by time.
    /// - Throws: `StoreFailure`.
    public func transitions(of key: AlarmRecord.Key) throws -> [Transition] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT at, before, after FROM transition WHERE rule = ? AND kind = ? AND resource = ? ORDER BY at",
                arguments: [key.rule, key.kind.rawValue, key.resource]
            ).compactMap { row in
                guard let from = AlarmState(rawValue: row["before"]), let to = AlarmState(rawValue: row["after"]) else {
                    return nil
                }
                return Transition(
                    rule: key.rule, resource: key.resource, at: Timestamp(milliseconds: row["at"]), from: from, to: to)
            }
        }
    }
}
