/// A stored row that does not decode.
///
/// It is an error wherever it is met: a row that is skipped would change a report without a word.
public struct UndecodableRow: Error, Hashable, Sendable, CustomStringConvertible {
    /// The table's name.
    public var table: String
    /// The columns of its primary key with their values: `rule=cpu kind=database resource=prod-db`.
    public var key: String
    /// The column and what is wrong with it: `state: unknown value 'NOPE'`.
    public var problem: String

    /// `table alarm, row rule=cpu kind=database resource=prod-db: state: unknown value 'NOPE'`.
    public var description: String { "table \(table), row \(key): \(problem)" }
}
