public import AdvisorCore
public import AdvisorFormats
internal import Foundation

/// Combines the built-in files and the user's own.
public struct ProjectLoader: Sendable {
    let paths: ProjectPaths
    let bundled: [BundledFile]
    let files: FileSystem

    /// Creates a loader.
    /// - Parameters:
    ///   - paths: Where the user's files are.
    ///   - bundled: The files that the program carries.
    ///   - files: Reads the user's files.
    public init(paths: ProjectPaths, bundled: [BundledFile], files: FileSystem) {
        (self.paths, self.bundled, self.files) = (paths, bundled, files)
    }

    /// The loaded files, with all errors.
    public struct Loaded: Sendable {
        /// The project, as far as it could be read.
        public var project: Project
        /// Every error and note.
        public var diagnostics: [Diagnostic]
        /// Those of rule files, and of what the stack file says about rules: samples can be stored in spite of them.
        public var ofRules: [Diagnostic]
    }

    /// What a project is loaded for.
    public enum Purpose: Sendable {
        /// Its rules are evaluated: no error is tolerated.
        case evaluation
        /// Samples are stored: errors in rules are tolerated.
        case ingest
    }

    /// The text of the bundled file of that path; empty when there is none.
    public func bundledText(_ path: String) -> String { bundled.first { $0.path == path }?.text ?? "" }

    /// Loads the project as far as possible.
    /// - Throws: `ExitError` when a file cannot be read.
    public func load() throws -> Loaded {
        var diagnostics: [Diagnostic] = []
        let metrics = MetricsFile.read(try dataText("metrics.yaml"), file: dataName("metrics.yaml"))
        let services = try services()
        let path = paths.stack
        let stackText = try files.exists(path) || paths.requiresStack ? files.yamlText(path) : nil
        let catalog = try regionalCatalog(stackText.flatMap(StackFile.region))
        let freeTier = FreeTierFile.read(
            try dataText("free-tier.yaml"), file: dataName("free-tier.yaml"), metrics: metrics.value, services: services.value)
        diagnostics += metrics.diagnostics + services.diagnostics + catalog.diagnostics + freeTier.diagnostics
        let vocabulary = Vocabulary(metrics: metrics.value, usages: services.value.usages)
        var stack = Stack()
        if let stackText {
            let read = StackFile.read(
                stackText, file: path, catalog: catalog.value, services: services.value, metrics: metrics.value)
            diagnostics += FileSystem.undecodable(in: stackText, of: path) + read.diagnostics
            stack = read.value
        }
        let ruleFiles = try self.ruleFiles() + packFiles(stack.language.packs, &diagnostics)
        var ofRules = ruleFiles.flatMap { FileSystem.undecodable(in: $0.text, of: $0.file) }
        // With `--rules` the stack file may refer to rules that are not loaded.
        let rules = RuleFile(vocabulary: vocabulary, catalog: catalog.value)
            .read(ruleFiles, settings: stack.language, isPartial: paths.rules != nil)
        ofRules += rules.diagnostics
        let disabled = Set(stack.language.disabled.map(\.name))
        var project = Project(
            rules: rules.rules.filter { !disabled.contains($0.id) }, stack: stack,
            catalog: catalog.value.replacingPrices(stack.prices),
            vocabulary: vocabulary, services: services.value)
        project.freeTier = freeTier.value
        project.disabledRules = rules.rules.filter { disabled.contains($0.id) }
        return Loaded(project: project, diagnostics: diagnostics + ofRules, ofRules: ofRules)
    }

    /// The catalog of the region that the stack file names.
    /// - Throws: `ExitError` when a file cannot be read.
    public func catalog() throws -> Catalog {
        let path = paths.stack
        return try regionalCatalog(files.exists(path) ? StackFile.region(files.yamlText(path)) : nil).value
    }

    /// The services with their billed usage.
    private func services() throws -> (value: ServiceCatalog, diagnostics: [Diagnostic]) {
        var services = ServicesFile.read(try dataText("services.yaml"), file: dataName("services.yaml"))
        let usages = UsageTypesFile.read(
            try dataText("usage-types.yaml"), file: dataName("usage-types.yaml"), services: services.value)
        services.value.usages = usages.value
        services.diagnostics += usages.diagnostics
        return services
    }

    /// The metrics.
    /// - Throws: `ExitError` when a file cannot be read.
    public func metrics() throws -> MetricCatalog {
        MetricsFile.read(try dataText("metrics.yaml"), file: dataName("metrics.yaml")).value
    }

    /// Loads the project.
    /// - Parameter purpose: What it is loaded for.
    /// - Returns: The project, with the errors that the purpose tolerates.
    /// - Throws: `ConfigurationError` where an error prevents the purpose, `ExitError` when a file cannot be read.
    public func load(for purpose: Purpose) throws -> Loaded {
        let loaded = try load()
        let errors = loaded.diagnostics.filter { !$0.isNote }
        let tolerated =
            switch purpose {
            case .evaluation: [] as [Diagnostic]
            case .ingest: loaded.ofRules
            }
        guard errors.allSatisfy(tolerated.contains) else {
            throw ConfigurationError(
                errors,
                "advisor: \(errors.count) \(errors.count == 1 ? "error" : "errors") in the configuration; nothing was evaluated"
            )
        }
        return loaded
    }

    /// Loads the project for an evaluation.
    /// - Throws: `ConfigurationError` when there is an error, `ExitError` when a file cannot be read.
    public func project() throws -> Project { try load(for: .evaluation).project }

    func dataName(_ name: String) -> String { paths.data.map { "\($0)/\(name)" } ?? "built-in data/\(name)" }

    /// A file of the data folder if it has one, otherwise the built-in one.
    func dataText(_ name: String) throws -> String {
        if let folder = paths.data {
            guard files.exists(folder) else { throw ExitError(.noInput, "\(folder): no such folder") }
            if files.exists("\(folder)/\(name)") { return try files.text("\(folder)/\(name)") }
        }
        return bundledText("data/\(name)")
    }

    /// The files of the rule folders that the stack file names, relative to it.
    private func packFiles(_ packs: [RuleSettings.SourceReference], _ diagnostics: inout [Diagnostic]) throws -> [(
        file: String, text: String
    )] {
        guard paths.rules == nil else { return [] }
        let base = (paths.stack as NSString).deletingLastPathComponent
        return try packs.flatMap { pack in
            let folder = base.isEmpty || pack.name.hasPrefix("/") ? pack.name : "\(base)/\(pack.name)"
            let names = files.yaml(in: folder)
            if names.isEmpty {
                diagnostics.append(
                    Diagnostic(
                        file: pack.file, line: pack.line, column: pack.column,
                        problem: files.exists(folder)
                            ? "no rule files in the folder '\(folder)'" : "no folder '\(folder)'"))
            }
            return try names.map { ("\(folder)/\($0)", try files.yamlText("\(folder)/\($0)")) }
        }
    }

    /// The built-in rules, replaced by the user's files of the same name; or only the folder of `--rules`.
    func ruleFiles() throws -> [(file: String, text: String)] {
        if let folder = paths.rules {
            guard files.exists(folder) else { throw ExitError(.noInput, "\(folder): no such folder") }
            let names = files.yaml(in: folder)
            guard !names.isEmpty else { throw ExitError(.noInput, "\(folder): no rules in it") }
            return try names.map { ("\(folder)/\($0)", try files.yamlText("\(folder)/\($0)")) }
        }
        var result: [String: (file: String, text: String)] = [:]
        for (file, text) in bundledRules { result[String(file.dropFirst("built-in rules/".count))] = (file, text) }
        let own = paths.ownRules
        for name in files.yaml(in: own) { result[name] = ("\(own)/\(name)", try files.yamlText("\(own)/\(name)")) }
        return result.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The rule files that the program carries, without their scenarios.
    var bundledRules: [(file: String, text: String)] {
        bundled.filter { $0.path.hasPrefix("rules/") && !$0.path.hasPrefix("rules/tests/") }
            .map { ("built-in \($0.path)", $0.text) }
    }
}
