public import AdvisorCore
internal import Foundation

/// Reads `advisor.yaml`.
public enum StackFile {
    /// Reads a stack file.
    /// - Parameters:
    ///   - text: The file.
    ///   - file: Its name, as the user gave it.
    ///   - catalog: The tiers that resources may name.
    ///   - services: The services and presets that the file may name.
    ///   - metrics: The metrics that `metrics:` of a resource may name; nil when any name is allowed.
    /// - Returns: The stack, as far as it could be read, and every error.
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
    /// The region whose prices hold, before anything else of the file is read; nil when it names none.
    public static func region(_ text: String) -> String? {
        let root = YAMLReader(file: "").root(text)
        return root?.members?.first { $0.key.text == "region" }?.value.text.flatMap(StackReader.region)
    }
}
