internal import AdvisorCore
internal import Foundation
internal import GRDB

/// A row while it is decoded: each value is checked, and an error names table, key and column.
struct StoredRow {
    let row: Row
    let table: String
    let keyColumns: [String]

    /// Times that a store can hold: of the years 0 to 9999, in milliseconds since 1970, UTC.
    static let times: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    func failure(_ column: String, _ problem: String) -> UndecodableRow {
        let key = keyColumns.map { "\($0)=\(Self.text(row[$0]))" }.joined(separator: " ")
        return UndecodableRow(table: table, key: key, problem: "\(column): \(problem)")
    }

    private static func text(_ value: DatabaseValue) -> String {
        if case .string(let text) = value.storage { return text }
        return value.description
    }

    /// A value of SQLite's own types.
    func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        guard let value: Value = try optional(column) else { throw failure(column, "is NULL") }
        return value
    }

    /// A value of SQLite's own types; nil for NULL.
    func optional<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
        let stored: DatabaseValue = row[column]
        if stored.isNull { return nil }
        guard let value = Value.fromDatabaseValue(stored) else {
            throw failure(column, "\(Self.text(stored)) is not of type \(Value.self)")
        }
        return value
    }

    /// 0 or 1.
    func flag(_ column: String) throws -> Bool {
        let number: Int64 = try value(column)
        guard number == 0 || number == 1 else { throw failure(column, "\(number) is neither 0 nor 1") }
        return number == 1
    }

    /// A count: never negative.
    func count(_ column: String) throws -> Int {
        let number: Int = try value(column)
        guard number >= 0 else { throw failure(column, "\(number) is negative") }
        return number
    }

    /// A name: never empty.
    func name(_ column: String) throws -> String {
        let text: String = try value(column)
        guard !text.isEmpty else { throw failure(column, "is empty") }
        return text
    }

    /// Milliseconds since 1970, UTC.
    func time(_ column: String) throws -> Timestamp {
        guard let time = try optionalTime(column) else { throw failure(column, "is NULL") }
        return time
    }

    /// Milliseconds since 1970, UTC; nil for NULL.
    func optionalTime(_ column: String) throws -> Timestamp? {
        guard let milliseconds: Int64 = try optional(column) else { return nil }
        guard Self.times.contains(milliseconds) else { throw failure(column, "\(milliseconds) is not a time") }
        return Timestamp(milliseconds: milliseconds)
    }

    /// Days since 1970, UTC.
    func day(_ column: String) throws -> CivilDate {
        let days: Int = try value(column)
        guard abs(days) < 3_000_000 else { throw failure(column, "\(days) is not a day") }
        return CivilDate(daysSinceEpoch: days)
    }

    /// One of an enum's raw values.
    func code<Code: RawRepresentable>(_ column: String) throws -> Code where Code.RawValue == String {
        guard let code: Code = try optionalCode(column) else { throw failure(column, "is NULL") }
        return code
    }

    /// One of an enum's raw values; nil for NULL.
    func optionalCode<Code: RawRepresentable>(_ column: String) throws -> Code? where Code.RawValue == String {
        guard let text: String = try optional(column) else { return nil }
        guard let code = Code(rawValue: text) else { throw failure(column, "unknown value '\(text)'") }
        return code
    }

    /// A decimal number as text.
    func amount(_ column: String) throws -> Decimal {
        guard let amount = try optionalAmount(column) else { throw failure(column, "is NULL") }
        return amount
    }

    /// A decimal number as text; nil for NULL.
    func optionalAmount(_ column: String) throws -> Decimal? {
        guard let text: String = try optional(column) else { return nil }
        guard let money = Money(text: text) else { throw failure(column, "'\(text)' is not a decimal number") }
        return money.amount
    }

    /// A JSON document.
    func document<Value: Decodable>(_ column: String) throws -> Value {
        guard let value: Value = try optionalDocument(column) else { throw failure(column, "is NULL") }
        return value
    }

    /// A JSON document; nil for NULL.
    func optionalDocument<Value: Decodable>(_ column: String) throws -> Value? {
        guard let text: String = try optional(column) else { return nil }
        do { return try StoredJSON.value(text) } catch {
            throw failure(column, "cannot be decoded as \(Value.self)")
        }
    }

    /// A reason: its code with its values.
    func reason<Value: Reason>(_ column: String) throws -> Value {
        let text: String = try value(column)
        do { return try Value(json: text) } catch {
            throw failure(column, "cannot be decoded as \(Value.self)")
        }
    }
}
