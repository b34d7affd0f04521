internal import AdvisorCore
internal import Foundation

// The syntax of records, by bytes.
extension MetricStreamParser {
    /// The position after an object, by its braces; nil when it is not closed.
    static func end(ofObjectAt begin: Int, in line: UnsafeBufferPointer<UInt8>) -> Int? {
        var (position, depth, isInText) = (begin, 0, false)
        while position < line.count {
            switch line[position] {
            case UInt8(ascii: "\\") where isInText: position += 1
            case UInt8(ascii: "\""): isInText.toggle()
            case UInt8(ascii: "{") where !isInText: depth += 1
            case UInt8(ascii: "}") where !isInText:
                depth -= 1
                if depth <= 0 { return position + 1 }
            default: break
            }
            position += 1
        }
        return nil
    }

    @inline(__always)
    static func skipSpace(_ line: UnsafeBufferPointer<UInt8>, _ position: inout Int) {
        while position < line.count, line[position] == 32 || line[position] == 9 || line[position] == 13 || line[position] == 10 {
            position += 1
        }
    }

    static func equals(_ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount, let base = line.baseAddress else { return false }
        return memcmp(base + range.lowerBound, word.utf8Start, range.count) == 0
    }

    /// Calls `body` with each key of the object; the position is at its value.
    @inline(__always)
    static func members(
        _ line: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ body: (Range<Int>, inout Int) throws -> Void
    ) throws {
        guard position < line.count, line[position] == UInt8(ascii: "{") else {
            throw Failure(position: position, problem: "a record begins with '{'")
        }
        position += 1
        skipSpace(line, &position)
        if position < line.count, line[position] == UInt8(ascii: "}") {
            position += 1
            return
        }
        while true {
            skipSpace(line, &position)
            let key = try text(line, &position)
            skipSpace(line, &position)
            guard position < line.count, line[position] == UInt8(ascii: ":") else { throw cut(line, position, "':'") }
            position += 1
            skipSpace(line, &position)
            try body(key, &position)
            skipSpace(line, &position)
            guard position < line.count else { throw cut(line, position, "'}'") }
            let byte = line[position]
            position += 1
            if byte == UInt8(ascii: "}") { return }
            guard byte == UInt8(ascii: ",") else { throw Failure(position: position - 1, problem: "',' or '}' is missing") }
        }
    }

    static func cut(_ line: UnsafeBufferPointer<UInt8>, _ position: Int, _ wanted: String) -> Failure {
        Failure(
            position: position,
            problem: position >= line.count ? "unexpected end of line; expected \(wanted)" : "\(wanted) is missing")
    }

    /// The bytes between the quotes.
    @inline(__always)
    static func text(_ line: UnsafeBufferPointer<UInt8>, _ position: inout Int) throws -> Range<Int> {
        guard position < line.count, line[position] == UInt8(ascii: "\"") else { throw cut(line, position, "'\"'") }
        position += 1
        let start = position
        while position < line.count {
            let byte = line[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return start..<position - 1
            }
            if byte < 32 { throw Failure(position: position, problem: "unescaped control character in string") }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        throw Failure(position: line.count, problem: "unterminated string")
    }

    static func string(_ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws -> String {
        guard let text = String(validating: line[range], as: UTF8.self) else {
            throw Failure(position: range.lowerBound, problem: "string is not valid UTF-8")
        }
        guard text.contains("\\") else { return text }
        var scanner = JSONScanner(ByteSource(Array("\"\(text)\"".utf8)))
        guard let unescaped = try? scanner.text() else {
            throw Failure(position: range.lowerBound, problem: "unknown escape in string")
        }
        return unescaped
    }

    static func unit(_ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws -> MetricUnit {
        switch range.count {
        case 7 where equals(line, range, "Percent"): return .percent
        case 5 where equals(line, range, "Bytes"): return .bytes
        case 5 where equals(line, range, "Count"): return .count
        case 7 where equals(line, range, "Seconds"): return .seconds
        default: break
        }
        let name = try string(line, range)
        guard let unit = MetricUnit(name: name) else {
            throw Failure(position: range.lowerBound, problem: MetricUnit.unknown(name))
        }
        return unit
    }

    /// The members of `value`.
    static func values(_ line: UnsafeBufferPointer<UInt8>, _ position: inout Int, into sample: inout Sample) throws {
        guard position < line.count, line[position] == UInt8(ascii: "{") else {
            throw Failure(position: position, problem: "'value' must be an object of statistics")
        }
        try members(line, &position) { key, position in
            let begin = position
            guard let value = NumberScanner.double(line, &position) else {
                throw Failure(position: begin, problem: "'\(try string(line, key))' must be a finite number")
            }
            switch key.count {
            case 3 where equals(line, key, "max"): sample.maximum = value
            case 3 where equals(line, key, "min"): sample.minimum = value
            case 3 where equals(line, key, "sum"): sample.sum = value
            case 5 where equals(line, key, "count"):
                guard value >= 0 else { throw Failure(position: begin, problem: "'count' is below zero") }
                sample.count = value
            default: sample.extras.append(ExtraStatistic(name: try string(line, key), value: value))
            }
        }
    }

    /// Skips a value.
    static func skip(_ line: UnsafeBufferPointer<UInt8>, _ position: inout Int, depth: Int) throws {
        guard depth < 64 else { throw Failure(position: position, problem: "nested deeper than 64 levels") }
        guard position < line.count else {
            throw Failure(position: position, problem: "unexpected end of line; expected a value")
        }
        switch line[position] {
        case UInt8(ascii: "\""): _ = try text(line, &position)
        case UInt8(ascii: "{"): try members(line, &position) { _, position in try skip(line, &position, depth: depth + 1) }
        case UInt8(ascii: "["):
            position += 1
            skipSpace(line, &position)
            if position < line.count, line[position] == UInt8(ascii: "]") {
                position += 1
                return
            }
            while true {
                skipSpace(line, &position)
                try skip(line, &position, depth: depth + 1)
                skipSpace(line, &position)
                guard position < line.count else { throw cut(line, position, "']'") }
                let byte = line[position]
                position += 1
                if byte == UInt8(ascii: "]") { return }
                guard byte == UInt8(ascii: ",") else { throw Failure(position: position - 1, problem: "',' or ']' is missing") }
            }
        default:
            let begin = position
            for word in ["true", "false", "null"] where line[position...].starts(with: word.utf8) {
                position += word.utf8.count
                return
            }
            guard NumberScanner.double(line, &position) != nil else {
                throw Failure(position: begin, problem: "no JSON value; numbers must be finite")
            }
        }
    }
}
