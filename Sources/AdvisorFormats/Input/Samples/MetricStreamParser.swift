internal import AdvisorCore

/// Reads records as bytes; a series is resolved once by the bytes that identify it.
struct MetricStreamParser {
    private let context: IngestContext
    private let collector: IngestCollector
    /// By the bytes of account, region, namespace, name and dimensions.
    private var seriesByBytes: [[UInt8]: Int32] = [:]
    private var scratch: [UInt8] = []
    /// The series of recent records by a hash of their bytes, checked before the dictionary.
    private var recent: [(hash: UInt64, bytes: [UInt8], number: Int32)] = []
    private static let slots = 4096

    init(context: IngestContext, collector: IngestCollector) {
        (self.context, self.collector) = (context, collector)
        recent = Array(repeating: (0, [], -1), count: Self.slots)
    }

    struct Failure: Error {
        var position: Int
        var problem: String
    }

    private struct Fields {
        var account: Range<Int>?
        var region: Range<Int>?
        var namespace: Range<Int>?
        var name: Range<Int>?
        var dimensions: Range<Int>?
        var timestamp: Double?
        var unit: Range<Int>?
        var sample = Sample(start: Timestamp(milliseconds: 0))
        var hasValue = false
    }

    /// Reads the records of a line, usually one; `place` gives the line and column of a byte.
    mutating func parse(_ line: UnsafeBufferPointer<UInt8>, place: (Int) -> (line: Int, column: Int)) throws {
        var position = 0
        Self.skipSpace(line, &position)
        while position < line.count {
            let begin = position
            let record: SampleBatch.Record
            do {
                record = try self.record(line, &position)
            } catch let failure as Failure {
                let place = place(min(max(failure.position, begin), line.count))
                collector.note(failure.problem, line: place.line, column: place.column)
                guard let end = Self.end(ofObjectAt: begin, in: line) else { return }
                position = end
                Self.skipSpace(line, &position)
                guard position < line.count, line[position] == UInt8(ascii: "{") else { return }
                continue
            }
            try collector.add(record, line: place(begin).line)
        }
    }

    private mutating func record(_ line: UnsafeBufferPointer<UInt8>, _ position: inout Int) throws -> SampleBatch.Record {
        var fields = Fields()
        try Self.members(line, &position) { key, position in
            let begin = position
            switch key.count {
            case 4 where Self.equals(line, key, "unit"): fields.unit = try Self.text(line, &position)
            case 5 where Self.equals(line, key, "value"):
                try Self.values(line, &position, into: &fields.sample)
                fields.hasValue = true
            case 6 where Self.equals(line, key, "region"): fields.region = try Self.text(line, &position)
            case 9 where Self.equals(line, key, "namespace"): fields.namespace = try Self.text(line, &position)
            case 9 where Self.equals(line, key, "timestamp"):
                guard let value = NumberScanner.double(line, &position) else {
                    throw Failure(position: begin, problem: "'timestamp' must be a number of milliseconds since 1970")
                }
                fields.timestamp = value
            case 10 where Self.equals(line, key, "account_id"): fields.account = try Self.text(line, &position)
            case 10 where Self.equals(line, key, "dimensions"):
                guard begin < line.count, line[begin] == UInt8(ascii: "{") else {
                    throw Failure(position: begin, problem: "'dimensions' must be an object of names and values")
                }
                try Self.skip(line, &position, depth: 0)
                fields.dimensions = begin..<position
            case 11 where Self.equals(line, key, "metric_name"): fields.name = try Self.text(line, &position)
            default: try Self.skip(line, &position, depth: 0)
            }
        }
        Self.skipSpace(line, &position)
        guard position == line.count || line[position] == UInt8(ascii: "{") else {
            throw Failure(position: position, problem: "unexpected text after the record; write one record a line")
        }
        return try record(of: fields, line)
    }

    private mutating func record(of fields: Fields, _ line: UnsafeBufferPointer<UInt8>) throws -> SampleBatch.Record {
        guard fields.name != nil, fields.namespace != nil else {
            throw Failure(position: 0, problem: "'\(fields.name == nil ? "metric_name" : "namespace")' is missing")
        }
        guard let milliseconds = fields.timestamp else { throw Failure(position: 0, problem: "'timestamp' is missing") }
        guard abs(milliseconds) < 1e16 else { throw Failure(position: 0, problem: "impossible time \(milliseconds)") }
        let wanted: Sample.Statistics = [.count, .sum, .minimum, .maximum]
        guard fields.hasValue, fields.sample.known.isSuperset(of: wanted) else {
            throw Failure(position: 0, problem: "'value' must have max, min, sum and count")
        }
        var sample = fields.sample
        sample.start = Timestamp(milliseconds: Int64(milliseconds))
        if let objection = context.objection(to: sample.start) { throw Failure(position: 0, problem: objection) }
        if let range = fields.unit { sample.unit = try Self.unit(line, range) }
        return SampleBatch.Record(series: try series(fields, line), sample: sample)
    }

    // MARK: Series

    private mutating func series(_ fields: Fields, _ line: UnsafeBufferPointer<UInt8>) throws -> Int32 {
        scratch.removeAll(keepingCapacity: true)
        for range in [fields.account, fields.region, fields.namespace, fields.name, fields.dimensions] {
            if let range { scratch.append(contentsOf: line[range]) }
            scratch.append(range == nil ? 1 : 0)
        }
        let hash = scratch.withUnsafeBufferPointer(ByteHash.of)
        let slot = Int((hash ^ hash >> 32) % UInt64(Self.slots))
        if recent[slot].hash == hash, recent[slot].number >= 0, recent[slot].bytes == scratch { return recent[slot].number }
        let number: Int32
        if let known = seriesByBytes[scratch] {
            number = known
        } else {
            number = collector.number(of: try key(fields, line))
            if number >= 0 { seriesByBytes[scratch] = number }
        }
        recent[slot] = (hash, scratch, number)
        return number
    }

    private func key(_ fields: Fields, _ line: UnsafeBufferPointer<UInt8>) throws -> SeriesKey {
        func text(_ range: Range<Int>?) throws -> String? { try range.map { try Self.string(line, $0) } }
        var dimensions: [SeriesKey.Dimension] = []
        if let range = fields.dimensions {
            var position = range.lowerBound
            try Self.members(line, &position) { key, position in
                let begin = position
                guard begin < line.count, line[begin] == UInt8(ascii: "\"") else {
                    throw Failure(position: begin, problem: "a dimension's value must be a string")
                }
                dimensions.append(
                    SeriesKey.Dimension(try Self.string(line, key), try Self.string(line, try Self.text(line, &position))))
            }
        }
        return SeriesKey(
            account: try text(fields.account), region: try text(fields.region), namespace: try text(fields.namespace) ?? "",
            name: try text(fields.name) ?? "", dimensions: dimensions)
    }
}
