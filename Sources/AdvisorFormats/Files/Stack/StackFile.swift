public import AdvisorCore
internal import Foundation

/// Reads `advisor.yaml`.
public enum StackFile {
    /// Reads a stack file.
    /// - Parameters:
    ///   - text: The text of the file.
    ///   - file: The name of the file, as given by the user.
    ///   - catalog: The tiers.
    ///   - services: The services and presets.
    ///   - metrics: The metrics that `metrics:` of a resource may name; nil when any name is allowed.
    /// - Returns: The stack as far as it is valid, and all errors.
    public static func read(
        _ text: String, file: String, catalog: Catalog, services: ServiceCatalog, metrics: MetricCatalog? = nil
    ) -> (value: Stack, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var stack = Stack()
        if let root = reader.root(text) {
            stack = StackReader(catalog: catalog, services: services, metrics: metrics).stack(root)
        }
        return (stack, reader.diagnostics)
    }
}

extension StackFile {
    /// The region of the prices, read before the rest of the file; nil if it names none.
    public static func region(_ text: String) -> String? {
        let root = YAMLReader(file: "").root(text)
        return root?.members?.first { $0.key.text == "region" }?.value.text.flatMap(StackReader.region)
    }
}
