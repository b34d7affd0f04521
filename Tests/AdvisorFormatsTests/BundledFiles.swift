import AdvisorCore
import AdvisorFormats
import Foundation

/// The files that the project ships, as its repository has them.
enum BundledFiles {
    static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    static func text(_ path: String) throws -> String { try String(contentsOf: root.appending(path: path), encoding: .utf8) }

    /// The YAML files directly in a folder, in the order of their names, from the root on.
    static func yaml(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path(percentEncoded: false)).sorted()
            .filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
    }

    static func metrics() throws -> MetricCatalog { MetricsFile.read(try text("data/metrics.yaml"), file: "metrics.yaml").value }
    static func shapes() throws -> ShapeCatalog { ShapesFile.read(try text("data/shapes.yaml"), file: "shapes.yaml").value }

    /// The catalog of a region, as the program loads it.
    static func catalog(_ region: String = "us-east-1") throws -> Catalog {
        var catalog = CatalogFile.read(try text("data/catalog/us-east-1.yaml"), file: "us-east-1.yaml").value
        catalog.shapes = try shapes()
        catalog.extendedSupport =
            ExtendedSupportFile.read(try text("data/extended-support.yaml"), file: "extended-support.yaml").value
        catalog.commitments = CommitmentsFile.read(try text("data/commitments.yaml"), file: "commitments.yaml").value
        if region != "us-east-1" { catalog = catalog.withUnknownPrices(in: region) }
        guard let prices = try? text("data/prices/\(region).yaml") else { return catalog }
        return catalog.applying(PricesFile.read(prices, file: "\(region).yaml").value, keepsKnown: true)
    }
    static func services() throws -> ServiceCatalog {
        var services = ServicesFile.read(try text("data/services.yaml"), file: "services.yaml").value
        services.usages =
            UsageTypesFile.read(
                try text("data/usage-types.yaml"), file: "usage-types.yaml", services: services
            ).value
        return services
    }
    static func vocabulary() throws -> Vocabulary { Vocabulary(metrics: try metrics(), usages: try services().usages) }

    static func rules(_ files: [(file: String, text: String)]) throws -> (rules: [Rule], diagnostics: [Diagnostic]) {
        RuleFile(vocabulary: try vocabulary(), catalog: try catalog()).read(files)
    }

    static func stack(_ text: String) throws -> (value: Stack, diagnostics: [Diagnostic]) {
        StackFile.read(text, file: "advisor.yaml", catalog: try catalog(), services: try services(), metrics: try metrics())
    }

    static func scenarios(_ text: String, file: String = "s.yaml") throws -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
        ScenarioFile.read(text, file: file, metrics: try metrics(), catalog: try catalog(), services: try services())
    }
}
