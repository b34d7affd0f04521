extension AuroraServerless: FamilySizing {
    func maximumConnections(of tier: Tier, minimumCapacity: Double?, maximumCapacity: Double?) -> Double? {
        tier.capacity.map {
            Self.maximumConnections(minimum: minimumCapacity ?? $0.minimum, maximum: maximumCapacity ?? $0.maximum)
        }
    }

    /// PostgreSQL's connection limit by maximum capacity, interpolated conservatively; at most 2,000 if the minimum is at
    /// most half a unit.
    ///
    /// Source: Amazon Aurora User Guide, "Maximum connections for Aurora Serverless v2".
    public static func maximumConnections(minimum: Double, maximum: Double) -> Double {
        let table: [(units: Double, connections: Double)] = [(1, 189), (4, 823), (8, 1669), (16, 3360), (32, 5000)]
        let limit: Double
        if let next = table.first(where: { $0.units > maximum }), let last = table.last(where: { $0.units <= maximum }) {
            let share = (maximum - last.units) / (next.units - last.units)
            limit = (last.connections + share * (next.connections - last.connections)).rounded(.down)
        } else {
            limit = maximum < 1 ? (189 * maximum).rounded(.down) : 5000
        }
        return minimum <= 0.5 ? min(limit, 2000) : limit
    }
}
