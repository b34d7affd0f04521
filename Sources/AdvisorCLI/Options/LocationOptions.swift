import AdvisorCore
import AdvisorEngine
import AdvisorStore
import ArgumentParser

/// A value of an option or, without it, of an environment variable.
enum OptionValue {
    static func of(_ given: String?, or variable: String) -> String? { given ?? Console.environment(variable) }
}

/// The help of options that several groups have.
///
/// The groups are flat: in a debug build ArgumentParser validates each level of nesting several times for every command.
private enum LocationHelp {
    static let dir = ArgumentHelp("Folder of store, stack file and rules (default: current folder).", valueName: "dir")
    static let db = ArgumentHelp("Store (default: advisor.db).", valueName: "file")
    static let stack = ArgumentHelp("Stack file (default: advisor.yaml).", valueName: "file")
    static let rules = ArgumentHelp("Use only these rules (default: built-in packs and the folder rules).", valueName: "dir")
    static let data = ArgumentHelp("Catalog and metrics that replace the built-in ones.", valueName: "dir")
}

/// Options of commands that use the store alone.
struct StoreOptions: ParsableArguments, StoreLocation {
    @Option(help: LocationHelp.dir, completion: .directory) var dir: String?
    @Option(help: LocationHelp.db, completion: .file()) var db: String?
}

/// Options of commands that use the project's files and not the store.
struct ProjectOptions: ParsableArguments, ProjectLocation {
    @Option(help: LocationHelp.dir, completion: .directory) var dir: String?
    @Option(help: LocationHelp.stack, completion: .file()) var stack: String?
    @Option(help: LocationHelp.rules, completion: .directory) var rules: String?
    @Option(help: LocationHelp.data, completion: .directory) var data: String?
}

/// Options of commands that use the project's files and the store.
struct WorkspaceOptions: ParsableArguments, ProjectLocation, StoreLocation {
    @Option(help: LocationHelp.dir, completion: .directory) var dir: String?
    @Option(help: LocationHelp.db, completion: .file()) var db: String?
    @Option(help: LocationHelp.stack, completion: .file()) var stack: String?
    @Option(help: LocationHelp.rules, completion: .directory) var rules: String?
    @Option(help: LocationHelp.data, completion: .directory) var data: String?
}

/// The folder of store, stack file and rules.
protocol FolderLocation {
    /// `--dir`.
    var dir: String? { get }
}

extension FolderLocation {
    var folder: String { OptionValue.of(dir, or: "ADVISOR_DIR") ?? "." }

    /// The path of a file in the folder.
    func file(_ name: String) -> String { folder == "." ? name : folder + "/" + name }
}

/// Where the store is.
protocol StoreLocation: FolderLocation {
    /// `--db`.
    var db: String? { get }
}

extension StoreLocation {
    var storePath: String { OptionValue.of(db, or: "ADVISOR_DB") ?? file("advisor.db") }

    func openStore(create: Bool) throws -> Store {
        try Store(
            path: FileSystem.current.resolve(storePath), name: storePath, create: create,
            exists: FileSystem.current.exists(storePath), onWait: onWait)
    }

    /// The store for a command that only reads it; nothing needs to be writable.
    func readStore() throws -> Store {
        try Store.reading(
            path: FileSystem.current.resolve(storePath), name: storePath, exists: FileSystem.current.exists(storePath),
            onWait: onWait)
    }

    private var onWait: @Sendable () -> Void {
        let (path, environment) = (storePath, CommandEnvironment.current)
        return {
            CommandEnvironment.$current.withValue(environment) {
                Console.error("advisor: waiting for another process to finish with \(path)")
            }
        }
    }
}

/// Where the project's files are.
protocol ProjectLocation: FolderLocation {
    /// `--stack`.
    var stack: String? { get }
    /// `--rules`.
    var rules: String? { get }
    /// `--data`.
    var data: String? { get }
}

extension ProjectLocation {
    /// The stack file, and whether it was asked for by name.
    var stackPath: (path: String, isAsked: Bool) {
        OptionValue.of(stack, or: "ADVISOR_STACK").map { ($0, true) } ?? (file("advisor.yaml"), false)
    }

    /// The folder whose rules alone are used; nil for the built-in packs and the project's own.
    var rulesFolder: String? { OptionValue.of(rules, or: "ADVISOR_RULES") }
    var ownRulesFolder: String { file("rules") }
    var ownCatalogFolder: String { file("data/catalog") }

    /// The folder whose catalog and metrics replace the built-in ones; nil for the built-in ones.
    var dataFolder: String? { OptionValue.of(data, or: "ADVISOR_DATA") }
}

/// Reads nothing of the user's: built-in rules, catalog and metrics.
struct BuiltInLocation: ProjectLocation {
    let dir: String? = "/nonexistent"
    let stack: String? = nil, rules: String? = nil, data: String? = nil
}
