internal import CZlib

/// A zip archive in memory: its files, stored or deflated, each to be read as an input.
struct ZipArchive {
    /// A file in the archive.
    struct Entry {
        /// Its path in the archive.
        var name: String
        /// 0 stored, 8 deflated.
        fileprivate var method: Int
        fileprivate var isEncrypted: Bool
        fileprivate var size: Int
        fileprivate var compressedSize: Int
        fileprivate var checksum: UInt
        fileprivate var header: Int
    }

    /// The files in the order of the archive's directory; folders and hidden files are left out.
    let entries: [Entry]
    private let bytes: [UInt8]
    static let longest = 2 << 30

    /// Reads the directory of an archive.
    /// - Throws: ``DamagedInput`` when it has none.
    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        guard let end = Self.endRecord(bytes) else { throw DamagedInput(problem: "truncated zip file") }
        let count = Self.number(bytes, end + 10, 2)
        var position = Self.number(bytes, end + 16, 4)
        guard position != 0xFFFF_FFFF, count != 0xFFFF else {
            throw DamagedInput(problem: "a zip file in the Zip64 format, for more than 4 GiB; use gzip")
        }
        var entries: [Entry] = []
        for _ in 0..<count {
            guard position + 46 <= bytes.count, Self.number(bytes, position, 4) == 0x0201_4B50 else {
                throw DamagedInput(problem: "damaged zip file: its directory is incomplete")
            }
            let nameEnd = position + 46 + Self.number(bytes, position + 28, 2)
            guard nameEnd <= bytes.count else { throw DamagedInput(problem: "damaged zip file: its directory is incomplete") }
            let entry = Entry(
                name: String(decoding: bytes[position + 46..<nameEnd], as: UTF8.self),
                method: Self.number(bytes, position + 10, 2), isEncrypted: Self.number(bytes, position + 8, 2) & 1 == 1,
                size: Self.number(bytes, position + 24, 4), compressedSize: Self.number(bytes, position + 20, 4),
                checksum: UInt(Self.number(bytes, position + 16, 4)), header: Self.number(bytes, position + 42, 4))
            if Self.isData(entry.name) { entries.append(entry) }
            position = nameEnd + Self.number(bytes, position + 30, 2) + Self.number(bytes, position + 32, 2)
        }
        self.entries = entries
    }

    private static func isData(_ name: String) -> Bool {
        !name.hasSuffix("/") && !name.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
    }

    /// The record at the end of an archive that says where its directory is; a comment may follow it.
    private static func endRecord(_ bytes: [UInt8]) -> Int? {
        var position = bytes.count - 22
        let first = max(0, position - 0xFFFF)
        while position >= first {
            if bytes[position] == 0x50, number(bytes, position, 4) == 0x0605_4B50 { return position }
            position -= 1
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ position: Int, _ length: Int) -> Int {
        (0..<length).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
    }

    /// The content of a file; its `failure` says what is wrong with it.
    func source(of entry: Entry) -> ByteSource {
        func failing(_ problem: String) -> ByteSource { ByteSource { throw DamagedInput(problem: problem) } }
        if entry.isEncrypted { return failing("encrypted in the zip file; give it without a password") }
        guard entry.header + 30 <= bytes.count else { return failing("damaged zip file") }
        let start =
            entry.header + 30 + Self.number(bytes, entry.header + 26, 2) + Self.number(bytes, entry.header + 28, 2)
        guard start + entry.compressedSize <= bytes.count else { return failing("truncated zip file") }
        let content = bytes[start..<start + entry.compressedSize]
        switch entry.method {
        case 0: return ByteSource(refill: checked(entry, Self.chunks(of: content)))
        case 8: return ByteSource(refill: checked(entry, RawInflater(content).next))
        default: return failing("compressed in the zip file by method \(entry.method); use deflate, or gzip")
        }
    }

    private static func chunks(of content: ArraySlice<UInt8>) -> () throws -> [UInt8]? {
        var rest = content
        return {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(1 << 20) }
            return Array(rest.prefix(1 << 20))
        }
    }

    /// Compares size and checksum at the end.
    private func checked(_ entry: Entry, _ next: @escaping () throws -> [UInt8]?) -> () throws -> [UInt8]? {
        var (size, checksum): (Int, UInt) = (0, 0)
        return {
            if let chunk = try next() {
                size += chunk.count
                checksum = chunk.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
                guard size <= entry.size else { throw DamagedInput(problem: "damaged zip file; the part before is kept") }
                return chunk
            }
            guard size == entry.size, checksum == entry.checksum else {
                throw DamagedInput(problem: "damaged zip file; what was read may be wrong")
            }
            return nil
        }
    }
}

/// Decompresses a deflated file of a zip archive, chunk by chunk.
private final class RawInflater {
    private var stream = z_stream()
    private var rest: ArraySlice<UInt8>
    private var isAtEnd = false
    private static let atOnce = 64 << 10
    private static let room = 256 << 10

    init(_ content: ArraySlice<UInt8>) {
        rest = content
        // A negative window: raw deflate, without a header.
        isAtEnd = inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) != Z_OK
    }

    deinit { inflateEnd(&stream) }

    /// The next chunk; nil at the end.
    /// - Throws: ``DamagedInput``.
    func next() throws -> [UInt8]? {
        guard !isAtEnd else { return nil }
        var input = Array(rest.prefix(Self.atOnce))
        var code = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: Self.room) { out, count in
            input.withUnsafeMutableBufferPointer { bytes in
                (stream.next_in, stream.avail_in) = (bytes.baseAddress, UInt32(bytes.count))
                (stream.next_out, stream.avail_out) = (out.baseAddress, UInt32(Self.room))
                code = inflate(&stream, Z_NO_FLUSH)
                count = Self.room - Int(stream.avail_out)
            }
        }
        rest = rest.dropFirst(input.count - Int(stream.avail_in))
        if code == Z_STREAM_END { isAtEnd = true }
        let isStuck = output.isEmpty && !isAtEnd && rest.isEmpty
        guard code == Z_STREAM_END || code == Z_OK || code == Z_BUF_ERROR, !isStuck else {
            throw DamagedInput(problem: "damaged zip file; the part before is kept")
        }
        return output
    }
}

extension ByteSource {
    /// The files of a zip archive with their names; nil when the input is none.
    /// - Returns: A name and a source for each; where the archive cannot be read, one source that fails.
    /// - Throws: The error of the source.
    public func archivedFiles() throws -> [(name: String, source: ByteSource)]? {
        guard try prefix(4).elementsEqual([0x50, 0x4B, 3, 4]) else { return nil }
        do {
            let archive = try ZipArchive(try rest(limit: ZipArchive.longest))
            return archive.entries.map { ($0.name, archive.source(of: $0)) }
        } catch let damage as DamagedInput {
            return [("", ByteSource { throw damage })]
        }
    }
}
