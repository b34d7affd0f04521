internal import AdvisorCore
internal import GRDB

/// The charges of every bill, added up by day.
enum ChargeTable: StoredTable {
    static let name = "charge"
    static let keyColumns = ["statementId", "partId", "day", "account", "service", "usageType", "category", "currency"]
    /// All columns that come from the bill.
    static let columns = "day, account, service, usageType, category, currency, cost, usage, unit, lines, isLong"

    /// A charge with the service's name as the source spells it.
    static func decode(_ row: StoredRow) throws -> Charge {
        let (account, type, unit): (String, String, String) = try (
            row.value("account"), row.value("usageType"), row.value("unit")
        )
        var charge = Charge(
            day: try row.day("day"), account: account.isEmpty ? nil : account, service: try row.value("service"),
            usageType: type.isEmpty ? nil : type, category: try row.code("category"),
            cost: Money(try row.amount("cost"), currency: try row.value("currency")), usage: try row.optionalAmount("usage"),
            unit: unit.isEmpty ? nil : unit)
        charge.isSpread = try row.flag("isLong")
        return charge
    }

    /// The charges of a bill, with the catalog's ids of services; `names` are the ids found so far.
    static func charges(
        of statement: Int64, _ services: ServiceCatalog, _ names: inout [String: String], _ database: Database
    ) throws -> [Charge] {
        var charges = try fetchAll(
            database, "WHERE statementId = ? ORDER BY day, account, service, usageType, category, partId",
            arguments: [statement])
        for index in charges.indices {
            let name = charges[index].service
            let id = names[name] ?? services.id(of: name) ?? name
            names[name] = id
            charges[index].service = id
        }
        return charges
    }

    /// Removes the charges of some days, of one part or of all parts of a bill.
    static func delete(of statement: Int64, part: Int64?, days: ClosedRange<Int>, _ database: Database) throws {
        try database.execute(
            sql: "DELETE FROM charge WHERE statementId = ?1 AND day BETWEEN ?2 AND ?3 AND partId = coalesce(?4, partId)",
            arguments: [statement, days.lowerBound, days.upperBound, part])
    }
}
