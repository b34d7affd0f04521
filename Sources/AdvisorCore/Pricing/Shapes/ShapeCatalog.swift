/// What the classes and volumes of RDS are, the same in all regions.
public struct ShapeCatalog: Hashable, Sendable {
    /// The series, in the order of the file.
    public let series: [InstanceSeries]
    /// The shapes, by series and size, in the order of the file.
    public let shapes: [InstanceShape]
    /// The connection limits by engine.
    public let connections: [ConnectionFormula]
    /// The storage types.
    public let storage: [StorageType]
    private let byID: [String: Int]

    /// Creates a catalog.
    public init(
        series: [InstanceSeries] = [], shapes: [InstanceShape] = [], connections: [ConnectionFormula] = [],
        storage: [StorageType] = []
    ) {
        (self.series, self.shapes, self.connections, self.storage) = (series, shapes, connections, storage)
        byID = Dictionary(zip(shapes.map(\.id), shapes.indices), uniquingKeysWith: { first, _ in first })
    }

    /// The shape of a class; nil if it is not listed.
    public func shape(_ id: String) -> InstanceShape? { byID[id].map { shapes[$0] } }

    /// The series with an id; nil if it is not listed.
    public func series(_ id: String) -> InstanceSeries? { series.first { $0.id == id } }

    /// The connection limit of an engine; nil if it is not listed.
    public func connections(of engine: DatabaseEngine) -> ConnectionFormula? { connections.first { $0.engine == engine } }

    /// A storage type; nil if it is not listed.
    public func storageType(_ id: String) -> StorageType? { storage.first { $0.id == id } }

    /// The shapes that a move from a shape usually goes to: the next sizes of its series, and its size in the newest series of
    /// the same purpose that run on the provider's own processors.
    func neighbors(of shape: InstanceShape) -> [InstanceShape] {
        let own = shapes.filter { $0.series == shape.series }
        let position = own.firstIndex { $0.id == shape.id } ?? 0
        let sizes = own.indices.filter { abs($0 - position) == 1 }.map { own[$0] }
        guard let present = series(shape.series) else { return sizes }
        let newer = series.filter { $0.isGraviton && $0.purpose == present.purpose && $0.number > present.number }
        let plain = newer.filter { !$0.id.hasSuffix("d") }.sorted { $0.number > $1.number }.prefix(2)
        return sizes + plain.flatMap { series in shapes.filter { $0.series == series.id && $0.isAsLarge(as: shape) } }
    }
}

extension InstanceShape {
    /// Whether it has the same vCPUs, and about the same memory.
    fileprivate func isAsLarge(as other: InstanceShape) -> Bool {
        vcpu == other.vcpu && memory >= other.memory * 0.9 && memory <= other.memory * 1.1
    }
}
