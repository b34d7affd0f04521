/// A file that holds a bill or a part of one.
public struct BillFile: Hashable, Sendable {
    /// The path, by which the part is known; empty for standard input.
    public var path: String
    /// The folder or pattern that the file was found by; empty if it was named alone. Files of one collection are parts of
    /// one bill.
    public var collection: String
    /// The variant of the format, `legacy`; empty if the format has only one. Two variants hold the same charges.
    public var form = ""
    /// The number of its bytes.
    public var size = 0
    /// The checksum of its bytes.
    public var checksum = 0
    /// Whether all of its lines were valid.
    public var isWhole = true

    /// Creates a file.
    public init(path: String = "", collection: String = "") { (self.path, self.collection) = (path, collection) }

    /// Whether both have the same bytes; false if these are unknown.
    func hasBytes(of other: BillFile) -> Bool { size > 0 && size == other.size && checksum == other.checksum }
}
