import AdvisorEngine
import AdvisorFormats

extension FileSystem {
    /// The files that the running command sees.
    static var current: FileSystem { FileSystem(folder: CommandEnvironment.current.folder) }
}

/// Standard input of the running command.
enum StandardInput {
    private static let chunkSize = 1 << 20

    /// All of it.
    static func bytes() throws -> [UInt8] {
        let read = try reader()
        var bytes: [UInt8] = []
        do {
            while case let chunk = try read(chunkSize), !chunk.isEmpty { bytes += chunk }
        } catch {
            throw ExitError(.noInput, "-: standard input cannot be read")
        }
        return bytes
    }

    /// Its bytes, chunk by chunk.
    static func source() throws -> ByteSource {
        let read = try reader()
        var isOpen = true
        return ByteSource {
            guard isOpen else { return nil }
            let chunk = try read(chunkSize)
            if chunk.isEmpty { isOpen = false }
            return chunk.isEmpty ? nil : chunk
        }
    }

    private static func reader() throws -> @Sendable (_ limit: Int) throws -> [UInt8] {
        guard let read = CommandEnvironment.current.streams.read else {
            throw ExitError(.noInput, "-: standard input is closed")
        }
        return read
    }
}
