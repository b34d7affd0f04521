public import AdvisorCore
internal import Foundation
internal import GRDB

extension Store {
    /// Every bill of the store, by month, with what it covers; nothing is chosen among sources.
    /// - Throws: `StoreFailure`.
    public func statements() throws -> [BillStatement] { try read { try Self.statements($0, nil).map(\.statement) } }

    /// The bills of some months, of each the source that counts.
    /// - Parameters:
    ///   - months: First and last month.
    ///   - services: By which the sources' names become one.
    /// - Returns: Every charge that counts, and which source was believed.
    /// - Throws: `StoreFailure`.
    public func charges(in months: ClosedRange<BillingMonth>, services: ServiceCatalog) throws -> BillingData {
        try read { database in
            let stored = try Self.statements(database, months)
            var names: [String: String] = [:]
            return try BillingData(stored.map(\.statement)) { statement in
                guard let id = stored.first(where: { $0.statement.key == statement.key })?.id else { return [] }
                return try Self.charges(of: id, services, &names, database)
            }
        }
    }

    private static func statements(_ database: Database, _ months: ClosedRange<BillingMonth>?) throws -> [(
        id: Int64, statement: BillStatement
    )] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT * FROM statement WHERE month BETWEEN ? AND ? ORDER BY month, provider, payer, source",
            arguments: [months?.lowerBound.description ?? "", months?.upperBound.description ?? "~"])
        return rows.compactMap { row in
            guard let month = BillingMonth(text: row["month"]), let source = BillSource(rawValue: row["source"]) else {
                return nil
            }
            let payer: String = row["payer"]
            let days = CivilDate(daysSinceEpoch: row["firstDay"])...CivilDate(daysSinceEpoch: row["lastDay"])
            return (
                row["id"],
                BillStatement(
                    key: BillKey(source: source, provider: row["provider"], payer: payer.isEmpty ? nil : payer, month: month),
                    days: days, granularity: row["isDaily"] ? .daily : .monthly, lines: row["lines"],
                    readAt: Timestamp(milliseconds: row["readAt"]), isWhole: row["isWhole"])
            )
        }
    }

    private static func charges(
        of statement: Int64, _ services: ServiceCatalog, _ names: inout [String: String], _ database: Database
    ) throws -> [Charge] {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM charge WHERE statementId = ? ORDER BY day, account, service, usageType, category",
            arguments: [statement])
        var result: [Charge] = []
        while let row = try rows.next() {
            let (name, currency, account, type): (String, String, String, String) = (
                row["service"], row["currency"], row["account"], row["usageType"]
            )
            let service = names[name] ?? services.id(of: name) ?? name
            names[name] = service
            guard let category = ChargeCategory(rawValue: row["category"]), let cost = Money(text: row["cost"]) else { continue }
            let unit: String = row["unit"]
            result.append(
                Charge(
                    day: CivilDate(daysSinceEpoch: row["day"]), account: account.isEmpty ? nil : account, service: service,
                    usageType: type.isEmpty ? nil : type, category: category, cost: Money(cost.amount, currency: currency),
                    usage: (row["usage"] as String?).flatMap { Money(text: $0)?.amount }, unit: unit.isEmpty ? nil : unit))
        }
        return result
    }
}
