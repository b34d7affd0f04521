public import AdvisorCore

/// Reads `extended-support.yaml`.
public enum ExtendedSupportFile {
    /// The valid versions in file order, and all errors.
    public static func read(_ text: String, file: String) -> (value: [ExtendedSupport], diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        let values = reader.root(text)?.mapping(.extendedSupportFile)?["versions"]?.elements("a list of versions") ?? []
        let versions = values.compactMap(version)
        return (versions, reader.diagnostics)
    }

    private static func version(_ value: YAMLValue) -> ExtendedSupport? {
        guard let mapping = value.mapping(.extendedSupport) else { return nil }
        let engine = mapping["engine"]?.string()
        let version = mapping["version"]?.string()
        let from = mapping["from"]?.day()?.description
        let third = mapping["third_year"]?.day()?.description
        _ = (mapping["source"]?.string(), mapping["as_of"]?.day())
        guard let engine, let version, let from else { return nil }
        return ExtendedSupport(engine: DatabaseEngine(rawValue: engine), version: version, from: from, third: third)
    }
}
