public import AdvisorCore
internal import AdvisorFormats

extension ProjectLoader {
    /// The name of the built-in rules for `--against`.
    public static let builtInPack = "built-in"

    /// The rules of another folder, or the built-in ones, read like the project's own.
    /// - Parameters:
    ///   - folder: The folder, or `builtInPack`.
    ///   - project: Whose settings hold for them.
    /// - Returns: The rules that the stack file does not disable.
    /// - Throws: `ConfigurationError` when they have errors, `ExitError` when there are none.
    public func rules(of folder: String, for project: Project) throws -> [Rule] {
        let ruleFiles = try folder == Self.builtInPack ? bundledRules : comparisonFiles(in: folder)
        let read = RuleFile(vocabulary: project.vocabulary, catalog: project.catalog).read(
            ruleFiles, settings: project.stack.language)
        // What the stack file says about rules that only the other pack has is not an error of this one.
        let errors = read.diagnostics.filter { error in !error.isNote && ruleFiles.contains { $0.file == error.file } }
        guard errors.isEmpty else {
            throw ConfigurationError(errors, "advisor: the rules of \(folder) have errors; nothing was evaluated")
        }
        let disabled = Set(project.stack.language.disabled.map(\.name))
        return read.rules.filter { !disabled.contains($0.id) }
    }

    private func comparisonFiles(in folder: String) throws -> [(file: String, text: String)] {
        guard files.exists(folder) else { throw ExitError(.noInput, "\(folder): no such folder") }
        let found = try files.yaml(in: folder).map { ("\(folder)/\($0)", try files.text("\(folder)/\($0)")) }
        guard !found.isEmpty else { throw ExitError(.noInput, "\(folder): no rules in it") }
        return found
    }
}
