import AdvisorCore
import AdvisorTestSupport
import Foundation
public import Testing

@testable public import AdvisorFormats

extension SampleFormat: CustomTestStringConvertible {
    /// The id.
    public var testDescription: String { id }

    fileprivate var fixture: [UInt8] { Array((ValidFiles.good[id] ?? "").utf8) }
}

@Suite("Conformance of sample formats", .serialized)
struct ConformanceTests {
    @Test("is found by its own fixture, first, and reads it without a problem", arguments: SampleFormat.all)
    func detection(_ format: SampleFormat) throws {
        let found = try SampleFormat.detect(ByteSource(format.fixture))
        #expect(found?.id == format.id)
        let result = try ingest(format.fixture, ValidFiles.naming)
        #expect(result.problems == [])
        #expect(result.rejected == 0)
        #expect(result.all.count >= 2)
    }

    @Test("is the only one that its fixture could be of", arguments: SampleFormat.all)
    func ambiguity(_ format: SampleFormat) {
        #expect(SampleFormat.all.filter { $0.detects(format.fixture[...]) }.map(\.id) == [format.id])
    }

    @Test("survives random bytes", arguments: SampleFormat.all)
    func randomBytes(_ format: SampleFormat) throws {
        var random = SplitMix(seed: 1)
        for _ in SlowTests.seeds(1000, quick: 150) {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            let result = try ingest(bytes, format: format, ValidFiles.naming)
            #expect(result.all.allSatisfy(isSound))
        }
    }

    @Test("survives random JSON punctuation", arguments: SampleFormat.all)
    func randomTokens(_ format: SampleFormat) throws {
        let tokens = [
            "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "-", "1e", "1.", "0x", "nan", "null", "tru", "\n", "\r", "\u{0}",
            " ",
            "\"value\"", "\"Datapoints\":", "\"MetricData\":", "\"MetricDataResults\":", "\"Values\":", "\"timestamp\":", "9e99",
        ]
        var random = SplitMix(seed: 2)
        for _ in SlowTests.seeds(1000, quick: 150) {
            let count = Int.random(in: 0...40, using: &random)
            let text = "{" + (0..<count).map { _ in tokens[Int.random(in: tokens.indices, using: &random)] }.joined()
            let result = try ingest(text, format: format, ValidFiles.naming)
            #expect(result.all.allSatisfy(isSound))
        }
    }

    @Test("survives being cut short at each byte, and keeps no more than the whole has", arguments: SampleFormat.all)
    func truncation(_ format: SampleFormat) throws {
        let whole = try ingest(format.fixture, format: format, ValidFiles.naming)
        for count in format.fixture.indices {
            let cut = try ingest(Array(format.fixture[..<count]), format: format, ValidFiles.naming)
            #expect(cut.all.count <= whole.all.count, "cut at \(count)")
            #expect(cut.all.count + cut.rejected <= whole.all.count + 1, "cut at \(count)")
        }
    }

    @Test("survives a change of any byte, and lets no number through that is not finite", arguments: SampleFormat.all)
    func mutation(_ format: SampleFormat) throws {
        let fixture = format.fixture
        var random = SplitMix(seed: 3)
        let replacements: [UInt8] = [0, 9, 10, 34, 44, 45, 46, 48, 57, 58, 69, 91, 92, 93, 101, 123, 125, 128, 0xC0, 0xFF]
        for _ in SlowTests.seeds(3000, quick: 250) {
            var bytes = fixture
            let index = Int.random(in: bytes.indices, using: &random)
            bytes[index] = replacements[Int.random(in: replacements.indices, using: &random)]
            let result = try ingest(bytes, format: format, ValidFiles.naming)
            #expect(result.all.allSatisfy(isSound), "byte \(index) as \(bytes[index])")
        }
    }

    private func isSound(_ sample: Sample) -> Bool {
        let numbers = [sample.count, sample.sum, sample.average, sample.minimum, sample.maximum].compactMap { $0 }
        return (numbers + sample.extras.map(\.value)).allSatisfy(\.isFinite) && sample.periodMilliseconds >= 0
            && sample.start.milliseconds >= 946_684_800_000 && sample.start <= ValidFiles.now + .seconds(86_400)
    }

    @Test("reads the same in chunks of any size", arguments: SampleFormat.all, [1, 2, 3, 7, 64])
    func chunks(_ format: SampleFormat, size: Int) throws {
        let whole = try ingest(format.fixture, ValidFiles.naming)
        #expect(try ingest(format.fixture, chunk: size, ValidFiles.naming) == whole)
    }

    @Test("reads the same in batches of one record", arguments: SampleFormat.all)
    func batches(_ format: SampleFormat) throws {
        let whole = try ingest(format.fixture, ValidFiles.naming)
        #expect(try ingest(format.fixture, batch: 1, ValidFiles.naming) == whole)
    }

    @Test("reads the same from gzip, in one chunk, in single bytes, and in two members", arguments: SampleFormat.all)
    func compressed(_ format: SampleFormat) throws {
        let whole = try ingest(format.fixture, ValidFiles.naming)
        let packed = try gzip(format.fixture)
        #expect(packed.starts(with: [0x1F, 0x8B]))
        #expect(try ingest(packed, ValidFiles.naming) == whole)
        #expect(try ingest(packed, chunk: 1, ValidFiles.naming) == whole)
        let middle = format.fixture.count / 2
        let members = try gzip(Array(format.fixture[..<middle])) + gzip(Array(format.fixture[middle...]))
        #expect(try ingest(members, ValidFiles.naming) == whole)
    }

    @Test("says that gzip is cut short, at whatever byte", arguments: SampleFormat.all)
    func cutGzip(_ format: SampleFormat) throws {
        let packed = try gzip(format.fixture)
        for count in 2..<packed.count {
            let cut = try ingest(Array(packed[..<count]), format: format, ValidFiles.naming)
            #expect(
                cut.problems.contains { $0.problem == "truncated gzip file; the part before is kept" }, "at \(count)")
        }
    }

    @Test("reads the same behind a byte order mark, plain or within gzip", arguments: SampleFormat.all)
    func byteOrderMark(_ format: SampleFormat) throws {
        let whole = try ingest(format.fixture, ValidFiles.naming)
        let marked = [0xEF, 0xBB, 0xBF] + format.fixture
        #expect(try ingest(marked, ValidFiles.naming) == whole)
        #expect(try ingest(marked, chunk: 1, ValidFiles.naming) == whole)
        #expect(try ingest(gzip(marked), ValidFiles.naming) == whole)
    }

    @Test("reads nothing as nothing", arguments: SampleFormat.all)
    func empty(_ format: SampleFormat) throws {
        #expect(try ingest("", format: format) == Ingested())
        #expect(try ingest(" \n\n", format: format) == Ingested())
    }

    @Test("gives the same set from shuffled lines", arguments: ["metric-stream", "csv"])
    func shuffled(_ id: String) throws {
        var lines = (ValidFiles.good[id] ?? "").split(separator: "\n").map(String.init)
        let header = id == "csv" ? [lines.removeFirst()] : []
        let whole = try ingest((header + lines).joined(separator: "\n"))
        var random = SplitMix(seed: 4)
        for _ in 0..<20 {
            lines.shuffle(using: &random)
            let result = try ingest((header + lines).joined(separator: "\r\n"))
            #expect(result.problems == [])
            #expect(result.samples.mapValues(Set.init) == whole.samples.mapValues(Set.init))
        }
    }

    @Test("a file that expands without end is ended, and named")
    func bomb() throws {
        let source = ByteSource(try gzip([UInt8](repeating: 0, count: 100 << 20)))
        #expect(try source.prefix(100 << 20).count < 80 << 20)
        #expect(source.failure == "expands to more than 500 times its size; the part before is kept")
    }

    @Test("a gzip file cut in the middle keeps the lines before")
    func keepsWhatCameBefore() throws {
        var random = SplitMix(seed: 5)
        var text = "timestamp,metric,resource,value\n"
        let indices = SlowTests.seeds(20_000, quick: 2000)
        for index in indices {
            text += "\(1_770_000_000 + index * 60),cpu,db-1,\(Double.random(in: 0...100, using: &random))\n"
        }
        let packed = try gzip(Array(text.utf8))
        let cut = try ingest(Array(packed[..<(packed.count / 2)]))
        #expect(cut.all.count > indices.count / 4 && cut.all.count < indices.count * 3 / 4)
        #expect(cut.problems.last?.problem == "truncated gzip file; the part before is kept")
        let whole = try ingest(packed)
        #expect(whole.all.count == indices.count)
        #expect(whole.all.starts(with: cut.all.dropLast()))
    }

    @Test("damaged gzip is a problem")
    func damagedGzip() throws {
        var packed = try gzip(Array((ValidFiles.good["csv"] ?? "").utf8))
        packed[packed.count - 6] ^= 0xFF
        #expect(try ingest(packed).problems.map(\.problem) == ["damaged gzip file; the part before is kept"])
    }

    @Test("counts all bytes it read", arguments: [1, 2, 3, 100])
    func bytesRead(_ chunk: Int) throws {
        let source = ByteSource(Array("0123456789".utf8), chunk: chunk)
        _ = try source.prefix(100)
        #expect(source.bytesRead == 10)
    }

    @Test("numbers are what Swift reads, for 20,000 of them")
    func numbers() {
        var random = SplitMix(seed: 6)
        for index in SlowTests.seeds(20_000, quick: 2000) {
            let text: String
            switch index % 5 {
            case 0: text = "\(Double(bitPattern: random.next()))"
            case 1: text = "\(Double.random(in: -1000...1000, using: &random))"
            case 2: text = "\(Int64.random(in: .min ... .max, using: &random))"
            case 3:
                let digits = (0..<Int.random(in: 1...30, using: &random)).map { _ in "\(Int.random(in: 0...9, using: &random))" }
                text = "0.\(digits.joined())e\(Int.random(in: -330...310, using: &random))"
            default:
                let whole = Int.random(in: 0...99_999, using: &random)
                text = "\(whole).\(random.next())E+\(Int.random(in: 0...25, using: &random))"
            }
            guard let wanted = Double(text), wanted.isFinite, !text.contains("nan") else { continue }
            for suffix in ["", ",", "}"] {
                var position = 0
                let bytes = Array((text + suffix).utf8)
                let value = bytes.withUnsafeBufferPointer { NumberScanner.double($0, &position) }
                #expect(value?.bitPattern == wanted.bitPattern, "\(text)")
                #expect(position == text.utf8.count, "\(text)")
            }
        }
    }

    @Test(
        "what is no JSON number is none",
        arguments: ["", "-", "+1", "01", "-01", ".5", "1.", "1e", "1e+", "1.e3", "NaN", "1e999", "Infinity"])
    func noNumbers(_ text: String) {
        var position = 0
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBufferPointer { NumberScanner.double($0, &position) } == nil)
    }
}
