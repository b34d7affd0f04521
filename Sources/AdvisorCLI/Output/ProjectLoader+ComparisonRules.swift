import AdvisorCore
import AdvisorEngine
import AdvisorFormats

extension ProjectLoader {
    /// What `--against` calls the shipped rules.
    static let builtInPack = "built-in"

    /// The rules of another folder, or the shipped ones, read as the project's own are.
    func rules(of folder: String, for project: Project) throws -> [Rule] {
        let files: [(file: String, text: String)]
        if folder == Self.builtInPack {
            files = Embedded.files.filter { $0.path.hasPrefix("rules/") && !$0.path.hasPrefix("rules/tests/") }
                .map { ("built-in \($0.path)", $0.text) }
        } else {
            guard Files.exists(folder) else { throw ExitError(.noInput, "\(folder): no such folder") }
            files = try Files.yaml(in: folder).map { ("\(folder)/\($0)", try Files.text("\(folder)/\($0)")) }
            guard !files.isEmpty else { throw ExitError(.noInput, "\(folder): no rules in it") }
        }
        let read = RuleFile(vocabulary: project.vocabulary, catalog: project.catalog).read(
            files, settings: project.stack.language)
        // What the stack file says of rules that only the other pack has is no error of this one.
        let errors = read.diagnostics.filter { error in !error.isNote && files.contains { $0.file == error.file } }
        guard errors.isEmpty else {
            for error in errors { Console.error(error.description) }
            throw ExitError(.configuration, "advisor: the rules of \(folder) have errors; nothing was evaluated")
        }
        let disabled = Set(project.stack.language.disabled.map(\.name))
        return read.rules.filter { !disabled.contains($0.id) }
    }
}
