internal import Foundation

/// A file that appears when it is complete, or a device or a pipe that is written at once.
public final class OutputFile {
    private let path: String
    /// nil for a device or a pipe.
    private let file: PartialFile?
    private var handle: FileHandle?

    /// Opens it.
    /// - Throws: `ExitError`, also if the path is a link.
    public init(_ path: String, in files: FileSystem) throws {
        self.path = path
        let isSpecial = files.isSpecial(path)
        file = isSpecial ? nil : try PartialFile(path, in: files)
        handle = try file?.open() ?? FileHandle(forWritingAtPath: files.resolve(path))
        guard handle != nil else { throw ExitError(.io, "\(path): cannot be written") }
    }

    /// Adds text.
    /// - Throws: `ExitError`.
    public func write(_ text: String) throws {
        do { try handle?.write(contentsOf: Data(text.utf8)) } catch {
            throw ExitError(.io, "\(path): cannot be written; is the disk full?")
        }
    }

    /// Puts the complete file in place.
    /// - Throws: `ExitError`.
    public func finish() throws {
        do { try handle?.close() } catch { throw ExitError(.io, "\(path): cannot be written; is the disk full?") }
        handle = nil
        try file?.finish()
    }

    /// Removes what was not finished.
    public func abandon() {
        guard let handle else { return }
        try? handle.close()
        self.handle = nil
        file?.abandon()
    }
}
