internal import AdvisorCore

/// The units of samples: Core's own, for queries by people.
enum UnitTable: StoredTable {
    static let name = "unit"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> MetricUnit {
        let number: Int = try row.value("id")
        guard let unit = UInt8(exactly: number).flatMap(MetricUnit.init(rawValue:)) else {
            throw row.failure("id", "unknown unit \(number)")
        }
        let name: String = try row.value("name")
        guard name == unit.name else { throw row.failure("name", "'\(name)' is not '\(unit.name)'") }
        return unit
    }
}
