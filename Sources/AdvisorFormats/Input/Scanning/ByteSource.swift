internal import CZlib
internal import Foundation

/// The bytes of an input in chunks; gzip is decompressed.
public final class ByteSource {
    private let refill: () throws -> [UInt8]?
    private var inflater: Inflater?
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private var hasStarted = false
    private var hasContent = false
    /// The number of the last line returned, from 1; 0 before the first.
    public private(set) var line = 0
    /// Whether the last line returned ended with the input instead of a line break: it may have been cut off.
    public private(set) var isUnterminated = false
    /// Why the input ended early, such as a truncated gzip file; nil otherwise.
    public private(set) var failure: String?
    /// The number of bytes read before decompression.
    public private(set) var bytesRead = 0
    /// The number of bytes after decompression.
    public private(set) var bytesGiven = 0
    /// The CRC-32 of the decompressed bytes: with their number it identifies the content, compressed or not.
    public private(set) var checksum: UInt = 0
    private static let longestLine = 16 << 20
    /// Read but not decompressed yet.
    private var waiting: ArraySlice<UInt8> = []
    private static let inflatedAtOnce = 64 << 10
    /// After so many bytes, data that are so many times as large as the file are no export: those expand 10 to 100 times.
    private static let expansion = (after: 32 << 20, times: 500)

    /// Creates a source from a function that returns the next chunk, and nil at the end.
    public init(refill: @escaping () throws -> [UInt8]?) { self.refill = refill }

    /// Creates a source from bytes in memory, in chunks of a size.
    public convenience init(_ bytes: [UInt8], chunk: Int = 1 << 20) {
        var position = 0
        self.init {
            guard position < bytes.count else { return nil }
            let end = min(position + chunk, bytes.count)
            defer { position = end }
            return Array(bytes[position..<end])
        }
    }

    /// Another chunk before decompression; nil at the end or behind damage.
    private func nextChunk() throws -> [UInt8]? {
        do { return try refill() } catch let damage as DamagedInput {
            failure = damage.problem
            return nil
        }
    }

    /// All bytes that are left.
    /// - Throws: The error of the source; ``DamagedInput`` when there are more than `limit`.
    func rest(limit: Int) throws -> [UInt8] {
        while try more() {
            guard buffer.count - position <= limit else { throw DamagedInput(problem: "larger than \(limit >> 20) MiB") }
        }
        defer { position = buffer.count }
        return Array(buffer[position...])
    }

    /// All bytes of a small document; empty where they cannot be read.
    public func contents() -> [UInt8] { (try? rest(limit: 64 << 20)) ?? [] }

    /// Reads another chunk; false at the end.
    private func more() throws -> Bool {
        while !isAtEnd {
            var chunk: [UInt8] = []
            if waiting.isEmpty {
                guard let next = try nextChunk() else {
                    isAtEnd = true
                    if inflater?.isInMember == true { failure = "truncated gzip file; the part before is kept" }
                    return false
                }
                chunk = next
                if chunk.isEmpty { continue }
                if !hasStarted {
                    // gzip is recognized by two bytes.
                    while chunk.count < 3, let next = try refill() { chunk += next }
                    hasStarted = true
                    if chunk.starts(with: [0x1F, 0x8B]) { inflater = Inflater() }
                }
                bytesRead += chunk.count
            }
            if let inflater {
                if bytesGiven > Self.expansion.after, bytesGiven / Self.expansion.times > bytesRead - waiting.count {
                    failure = "expands to more than \(Self.expansion.times) times its size; the part before is kept"
                    isAtEnd = true
                    return false
                }
                // In small parts: the decompressed data may be a thousand times as large.
                if waiting.isEmpty { waiting = chunk[...] }
                let (output, problem) = inflater.inflate(Array(waiting.prefix(Self.inflatedAtOnce)))
                waiting = waiting.dropFirst(Self.inflatedAtOnce)
                if let problem {
                    failure = problem
                    isAtEnd = true
                }
                if output.isEmpty, problem == nil { continue }
                chunk = output
            }
            if !hasContent, !chunk.isEmpty {
                // Skips a byte order mark.
                while chunk.count < 3, inflater == nil, let next = try refill() { chunk += next }
                if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { chunk.removeFirst(3) }
                hasContent = true
            }
            if position > 0 {
                buffer.removeSubrange(0..<position)
                position = 0
            }
            bytesGiven += chunk.count
            checksum = chunk.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
            buffer += chunk
            return true
        }
        return false
    }

    /// The first bytes, without consuming them.
    public func prefix(_ count: Int) throws -> ArraySlice<UInt8> {
        while buffer.count - position < count, try more() {}
        return buffer[position..<min(buffer.count, position + count)]
    }

    /// Calls `body` with the next line without its line break; false at the end.
    ///
    /// A line longer than 16 MiB is returned as an empty one with `isTooLong`.
    func nextLine(_ body: (UnsafeBufferPointer<UInt8>, _ isTooLong: Bool) throws -> Void) throws -> Bool {
        var searched = 0
        var isTooLong = false
        while true {
            let found: Int? = buffer.withUnsafeBufferPointer { (bytes: UnsafeBufferPointer<UInt8>) -> Int? in
                guard let base = bytes.baseAddress, position + searched < bytes.count else { return nil }
                guard let hit = memchr(base + position + searched, 10, bytes.count - position - searched) else { return nil }
                return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(hit))
            }
            if let end = found {
                line += 1
                try give(position, end, isTooLong, body)
                position = end + 1
                return true
            }
            searched = buffer.count - position
            if searched > Self.longestLine {
                isTooLong = true
                position = buffer.count
                searched = 0
            }
            guard try more() else {
                guard position < buffer.count || isTooLong else { return false }
                line += 1
                isUnterminated = true
                try give(position, buffer.count, isTooLong, body)
                position = buffer.count
                return true
            }
        }
    }

    private func give(_ start: Int, _ end: Int, _ isTooLong: Bool, _ body: (UnsafeBufferPointer<UInt8>, Bool) throws -> Void)
        throws
    {
        try buffer.withUnsafeBufferPointer { bytes in
            var last = isTooLong ? start : end
            if last > start, bytes[last - 1] == 13 { last -= 1 }
            try body(UnsafeBufferPointer(rebasing: bytes[start..<last]), isTooLong)
        }
    }

    /// The next byte, without consuming it; nil at the end.
    func peek() throws -> UInt8? {
        if position >= buffer.count, try !more() { return nil }
        return position < buffer.count ? buffer[position] : nil
    }

    /// Consumes the byte returned by `peek`.
    func advance() { position += 1 }
}

/// Why the rest of an input cannot be read; what was read is kept.
struct DamagedInput: Error, CustomStringConvertible {
    var problem: String
    var description: String { problem }
}

/// Decompresses a gzip file of one or more members.
private final class Inflater {
    private var stream = z_stream()
    private var isReady = false
    private(set) var isInMember = false

    deinit { if isReady { inflateEnd(&stream) } }

    /// The decompressed bytes, and the error if there is one.
    func inflate(_ input: [UInt8]) -> (output: [UInt8], problem: String?) {
        var output: [UInt8] = []
        var input = input
        var problem: String?
        input.withUnsafeMutableBufferPointer { bytes in
            stream.next_in = bytes.baseAddress
            stream.avail_in = UInt32(bytes.count)
            while stream.avail_in > 0, problem == nil {
                if !isInMember {
                    if isReady {
                        inflateReset(&stream)
                    } else {
                        isReady = inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
                    }
                    isInMember = true
                }
                let room = min(256 << 10, max(4 << 10, bytes.count * 4))
                var code = Z_OK
                output += [UInt8](unsafeUninitializedCapacity: room) { out, count in
                    stream.next_out = out.baseAddress
                    stream.avail_out = UInt32(room)
                    code = CZlib.inflate(&stream, Z_NO_FLUSH)
                    count = room - Int(stream.avail_out)
                }
                switch code {
                case Z_STREAM_END: isInMember = false
                case Z_OK, Z_BUF_ERROR: break
                default: problem = "damaged gzip file; the part before is kept"
                }
            }
        }
        return (output, problem)
    }
}
