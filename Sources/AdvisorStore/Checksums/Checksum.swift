internal import AdvisorCore
internal import Foundation
internal import GRDB

/// A 64-bit checksum of values; sums of checksums do not depend on the order.
struct Checksum {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func add(_ bits: UInt64) {
        value = (value ^ bits) &* 0xD6E8_FEB8_6659_FD93
        value ^= value >> 32
    }

    mutating func add(_ text: String) {
        var (word, count) = (UInt64(0), 0)
        for byte in text.utf8 {
            word = word << 8 | UInt64(byte)
            count += 1
            if count & 7 == 0 { add(word) }
        }
        add(word)
        add(UInt64(count))
    }

    mutating func add(_ value: DatabaseValue) {
        switch value.storage {
        case .null: add(1 as UInt64)
        case .int64(let number):
            add(2 as UInt64)
            add(UInt64(bitPattern: number))
        case .double(let number):
            add(3 as UInt64)
            add(number.bitPattern)
        case .string(let text):
            add(4 as UInt64)
            add(text)
        case .blob(let data):
            add(5 as UInt64)
            for byte in data { add(UInt64(byte)) }
        }
    }

    /// Without its extra statistics.
    static func of(_ sample: Sample) -> Int64 {
        var sum = Checksum()
        sum.add(UInt64(bitPattern: sample.start.milliseconds))
        sum.add(UInt64(bitPattern: sample.periodMilliseconds))
        sum.add(UInt64(sample.known.rawValue) << 8 | UInt64(sample.unit?.rawValue ?? 255))
        for (bit, number) in [
            (Sample.Statistics.count, sample.rawCount), (.sum, sample.rawSum), (.average, sample.rawAverage),
            (.minimum, sample.rawMinimum), (.maximum, sample.rawMaximum),
        ] where sample.known.contains(bit) {
            // SQLite stores -0 as 0.
            sum.add(number == 0 ? 0 : number.bitPattern)
        }
        return Int64(bitPattern: sum.value)
    }

    static func of(_ extra: ExtraStatistic, start: Int64, period: Int64) -> Int64 {
        var sum = Checksum()
        sum.add(UInt64(bitPattern: start))
        sum.add(UInt64(bitPattern: period))
        sum.add(extra.name)
        sum.add(extra.value == 0 ? 0 : extra.value.bitPattern)
        return Int64(bitPattern: sum.value)
    }

    /// The functions of SQL that triggers and checks use.
    static func register(in database: Database) {
        database.add(
            function: DatabaseFunction("advisorChecksum", pure: true) { values in
                var sum = Checksum()
                for value in values { sum.add(value) }
                return Int64(bitPattern: sum.value)
            })
        database.add(
            function: DatabaseFunction("advisorSum", argumentCount: 2, pure: true) { values in
                (Int64.fromDatabaseValue(values[0]) ?? 0) &+ (Int64.fromDatabaseValue(values[1]) ?? 0)
            })
    }
}
