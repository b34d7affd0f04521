import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import Foundation

/// Brings together the built-in files and the user's own.
struct ProjectLoader {
    let options: any ProjectLocation

    /// What was loaded, with every error found.
    struct Loaded {
        var project: Project
        var diagnostics: [Diagnostic]
        /// Those of rule files, and of what the stack file says of rules: samples can be stored in spite of them.
        var ofRules: [Diagnostic]
    }

    /// The embedded file of that path.
    static func embedded(_ path: String) -> String { Embedded.files.first { $0.path == path }?.text ?? "" }

    func load() throws -> Loaded {
        var diagnostics: [Diagnostic] = []
        let metrics = MetricsFile.read(try dataText("metrics.yaml"), file: dataName("metrics.yaml"))
        let services = ServicesFile.read(try dataText("services.yaml"), file: dataName("services.yaml"))
        let (path, isAsked) = options.stackPath
        let stackText = try Files.exists(path) || isAsked ? Files.yamlText(path) : nil
        let catalog = try regionalCatalog(stackText.flatMap(StackFile.region))
        let freeTier = FreeTierFile.read(
            try dataText("free-tier.yaml"), file: dataName("free-tier.yaml"), metrics: metrics.value)
        diagnostics += metrics.diagnostics + services.diagnostics + catalog.diagnostics + freeTier.diagnostics
        let vocabulary = Vocabulary(metrics: metrics.value)
        var stack = Stack()
        if let stackText {
            let read = StackFile.read(
                stackText, file: path, catalog: catalog.value, services: services.value, metrics: metrics.value)
            diagnostics += Files.strangers(in: stackText, of: path) + read.diagnostics
            stack = read.value
        }
        let files = try ruleFiles() + packs(stack.language.packs, &diagnostics)
        var ofRules = files.flatMap { Files.strangers(in: $0.text, of: $0.file) }
        // With `--rules` alone the stack file may speak of rules that are not there now.
        let rules = RuleFile(vocabulary: vocabulary, catalog: catalog.value)
            .read(files, settings: stack.language, isPartial: options.rulesFolder != nil)
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

    /// The catalog alone, of the region that the stack file names.
    func catalog() throws -> Catalog {
        let path = options.stackPath.path
        return try regionalCatalog(Files.exists(path) ? StackFile.region(Files.yamlText(path)) : nil).value
    }

    /// The metrics alone.
    func metrics() throws -> MetricCatalog {
        MetricsFile.read(try dataText("metrics.yaml"), file: dataName("metrics.yaml")).value
    }

    /// Loads the project, naming every error.
    /// - Parameter isEvaluated: Whether its rules are asked; else errors in them stop nothing.
    /// - Returns: The project.
    /// - Throws: `ExitError` with 78 where an error stops it.
    func project(isEvaluated: Bool = true) throws -> Project {
        let loaded = try load()
        let errors = loaded.diagnostics.filter { !$0.isNote }
        for error in errors { Console.error(error.description) }
        guard errors.isEmpty || !isEvaluated && errors.allSatisfy(loaded.ofRules.contains) else {
            throw ExitError(
                .configuration,
                "advisor: \(errors.count) \(errors.count == 1 ? "error" : "errors") in the configuration; nothing was evaluated"
            )
        }
        return loaded.project
    }

    func dataName(_ name: String) -> String { options.dataFolder.map { "\($0)/\(name)" } ?? "built-in data/\(name)" }

    /// A file of the data folder where it has one, else the built-in.
    func dataText(_ name: String) throws -> String {
        if let folder = options.dataFolder {
            guard Files.exists(folder) else { throw ExitError(.noInput, "\(folder): no such folder") }
            if Files.exists("\(folder)/\(name)") { return try Files.text("\(folder)/\(name)") }
        }
        return Self.embedded("data/\(name)")
    }

    /// The files of the packs that the stack file names, whose folders stand beside it.
    private func packs(_ packs: [RuleSettings.SourceReference], _ diagnostics: inout [Diagnostic]) throws -> [(
        file: String, text: String
    )] {
        guard options.rulesFolder == nil else { return [] }
        let base = (options.stackPath.path as NSString).deletingLastPathComponent
        return try packs.flatMap { pack in
            let folder = base.isEmpty || pack.name.hasPrefix("/") ? pack.name : "\(base)/\(pack.name)"
            let names = Files.yaml(in: folder)
            if names.isEmpty {
                diagnostics.append(
                    Diagnostic(
                        file: pack.file, line: pack.line, column: pack.column,
                        problem: Files.exists(folder)
                            ? "no rule files in the folder '\(folder)'" : "no folder '\(folder)'"))
            }
            return try names.map { ("\(folder)/\($0)", try Files.yamlText("\(folder)/\($0)")) }
        }
    }

    /// Built-in packs, replaced by the user's files of the same name; or the folder of `--rules` alone.
    func ruleFiles() throws -> [(file: String, text: String)] {
        if let folder = options.rulesFolder {
            guard Files.exists(folder) else { throw ExitError(.noInput, "\(folder): no such folder") }
            let names = Files.yaml(in: folder)
            guard !names.isEmpty else { throw ExitError(.noInput, "\(folder): no rules in it") }
            return try names.map { ("\(folder)/\($0)", try Files.yamlText("\(folder)/\($0)")) }
        }
        var files: [String: (file: String, text: String)] = [:]
        for (path, text) in Embedded.files where path.hasPrefix("rules/") && !path.hasPrefix("rules/tests/") {
            files[String(path.dropFirst("rules/".count))] = ("built-in \(path)", text)
        }
        let own = options.ownRulesFolder
        for name in Files.yaml(in: own) { files[name] = ("\(own)/\(name)", try Files.yamlText("\(own)/\(name)")) }
        return files.sorted { $0.key < $1.key }.map(\.value)
    }
}
