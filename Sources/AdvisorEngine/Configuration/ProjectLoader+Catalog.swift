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

    /// The shapes that were read last, and what they were read from.
    private static let lastShapes = Mutex<(text: String, file: String, value: (ShapeCatalog, [Diagnostic]))?>(nil)

    /// Reads the shapes, once for all projects of a process.
    private static func shapes(_ text: String, file: String) -> (ShapeCatalog, [Diagnostic]) {
        lastShapes.withLock { last in
            if let last, last.text == text, last.file == file { return last.value }
            let value = ShapesFile.read(text, file: file)
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
        let commitments = CommitmentsFile.read(try dataText("commitments.yaml"), file: dataName("commitments.yaml"))
        var (catalog, diagnostics) = Self.parsed(
            try dataText("catalog/\(Self.builtInRegion).yaml"), file: dataName("catalog/\(Self.builtInRegion).yaml"))
        let shapes = Self.shapes(try dataText("shapes.yaml"), file: dataName("shapes.yaml"))
        (catalog.shapes, catalog.commitments) = (shapes.0, commitments.value)
        diagnostics += shapes.1 + commitments.diagnostics
        if region != Self.builtInRegion { catalog = catalog.withUnknownPrices(in: region) }
        let prices = try dataText("prices/\(region).yaml")
        if !prices.isEmpty {
            let own = PricesFile.read(prices, file: dataName("prices/\(region).yaml"))
            diagnostics += own.diagnostics
            catalog = catalog.applying(own.value, keepsKnown: true)
        }
        if region != Self.builtInRegion {
            let text = try dataText("catalog/\(region).yaml")
            if !text.isEmpty {
                let own = CatalogFile.read(text, file: dataName("catalog/\(region).yaml"))
                diagnostics += own.diagnostics
                catalog = catalog.overlaid(with: own.value)
            }
        }
        guard paths.data == nil else { return (catalog, diagnostics) }
        // Files in data/catalog and data/prices of the user's folder apply to the region they name, whatever their file name.
        for name in files.yaml(in: paths.ownCatalog) {
            let path = "\(paths.ownCatalog)/\(name)"
            let own = CatalogFile.read(try files.text(path), file: path)
            diagnostics += own.diagnostics
            guard own.value.region == region else { continue }
            catalog = catalog.overlaid(with: own.value)
        }
        for name in files.yaml(in: paths.ownPrices) {
            let path = "\(paths.ownPrices)/\(name)"
            let own = PricesFile.read(try files.text(path), file: path)
            diagnostics += own.diagnostics
            if own.value.region == region { catalog = catalog.applying(own.value) }
        }
        catalog.extendedSupport = support.value
        return (catalog, support.diagnostics + diagnostics)
    }
}
