/// The configurations of Aurora's storage.
///
/// I/O-Optimized has higher prices of capacity, instances and storage, and free reads and writes. Source: Amazon Aurora pricing.
public enum AuroraStorage {
    /// The storage type of I/O-Optimized, under its AWS name.
    public static let ioOptimized = "aurora-iopt1"

    /// The tier at the prices of a configuration; nil for Standard, whose prices it has.
    static func tier(_ tier: Tier, storedOn type: String, in catalog: Catalog) -> Tier? {
        guard type == ioOptimized else { return nil }
        let unknown = Price(usd: nil, source: .notInCatalog, asOf: "")
        var result = tier
        (result.storageType, result.storageShape) = (type, nil)
        let storage = catalog.item("aurora-gb-io-optimized")?.price ?? unknown
        if tier.storage != nil { result.storage = storage }
        if tier.storageMultiAZ != nil { result.storageMultiAZ = storage }
        result.capacity?.price = catalog.item("aurora-acu-io-optimized")?.price ?? unknown
        // No source has the hours of its classes.
        if tier.hourly != nil { result.hourly = unknown }
        if tier.hourlyMultiAZ != nil { result.hourlyMultiAZ = unknown }
        return result
    }
}
