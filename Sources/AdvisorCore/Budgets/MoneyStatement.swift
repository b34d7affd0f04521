/// All that is known of what was spent, each thing from the source that reaches furthest; two sources are never added.
public struct MoneyStatement: Sendable {
    /// AWS/Billing's estimated charges.
    public let book: ChargesBook
    /// The instant it is judged as of.
    public let asOf: Timestamp

    /// A statement of these charges.
    public init(book: ChargesBook, asOf: Timestamp) { (self.book, self.asOf) = (book, asOf) }

    /// What was spent on something; nil when nothing is known.
    public func ledger(_ scope: ChargesBook.Scope) -> SpendLedger? { book.curves[scope].flatMap(SpendLedger.init) }

    /// Ids of the services that charges are known of, in order.
    public var services: [String] { book.services }
}
