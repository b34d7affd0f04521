internal import AdvisorCore
internal import AdvisorFormats
internal import Synchronization

extension ProjectLoader {
    /// The region with built-in prices.
    static let builtInRegion = "us-east-1"

    /// The catalog that was read last, and what it was read from.
    private static let lastParsed = Mutex<(text: String, file: String, value: (Catalog, [Diagnostic]))?>(nil)

    /// Reads the base catalog, which is nearly always the built-in one, once for all projects of a process.
    private static func parsed(_ text: String, file: String) -> (Catalog, [Diagnostic]) {
        lastParsed.withLock { last in
            if let last, last.text == text, last.file == file { return last.value }
            let value = CatalogFile.read(text, file: file)
            last = (text, file, value)
            return value
        }
    }

    /// The catalog of a region: the built-in one, overlaid with the user's files.
    ///
    /// In a region without a price file all tiers are known, but no prices: those of another region would be wrong.
    /// - Parameter region: nil for us-east-1.
    /// - Returns: The catalog, and all errors in its files.
    /// - Throws: If a file cannot be read.
    func regionalCatalog(_ region: String?) throws -> (value: Catalog, diagnostics: [Diagnostic]) {
        let region = region ?? Self.builtInRegion
        let support = ExtendedSupportFile.read(
            try dataText("extended-support.yaml"), file: dataName("extended-support.yaml"))
        var (catalog, diagnostics) = Self.parsed(
            try dataText("catalog/\(Self.builtInRegion).yaml"), file: dataName("catalog/\(Self.builtInRegion).yaml"))
        if region != Self.builtInRegion {
            catalog = catalog.withUnknownPrices(in: region)
            let text = try dataText("catalog/\(region).yaml")
            if !text.isEmpty {
                let own = CatalogFile.read(text, file: dataName("catalog/\(region).yaml"))
                diagnostics += own.diagnostics
                catalog = catalog.overlaid(with: own.value)
            }
        }
        // Files in data/catalog of the user's folder apply to the region they name, whatever their file name.
        let folder = paths.ownCatalog
        for name in files.yaml(in: folder) where paths.data == nil {
            let path = "\(folder)/\(name)"
            let own = CatalogFile.read(try files.text(path), file: path)
            diagnostics += own.diagnostics
            guard own.value.region == region else { continue }
            catalog = catalog.overlaid(with: own.value)
        }
        catalog.extendedSupport = support.value
        return (catalog, support.diagnostics + diagnostics)
    }
}
