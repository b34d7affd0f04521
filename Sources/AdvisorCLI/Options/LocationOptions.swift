import AdvisorCore
import AdvisorEngine
import AdvisorStore
import ArgumentParser

/// Where store, stack file and rules are looked for.
struct FolderOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("Folder of store, stack file and rules (default: current folder).", valueName: "dir"),
        completion: .directory)
    var dir: String?

    var path: String { OptionValue.of(dir, or: "ADVISOR_DIR") ?? "." }

    /// The path of a file in the folder.
    func file(_ name: String) -> String { path == "." ? name : path + "/" + name }
}

/// The store's file.
struct DatabaseOption: ParsableArguments {
    @Option(help: ArgumentHelp("Store (default: advisor.db).", valueName: "file"), completion: .file())
    var db: String?
}

/// The project's files besides the store.
struct ProjectFileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Stack file (default: advisor.yaml).", valueName: "file"), completion: .file())
    var stack: String?
    @Option(
        help: ArgumentHelp("Use only these rules (default: built-in packs and the folder rules).", valueName: "dir"),
        completion: .directory)
    var rules: String?
    @Option(
        help: ArgumentHelp("Catalog and metrics that replace the built-in ones.", valueName: "dir"), completion: .directory)
    var data: String?
}

/// A value of an option or, without it, of an environment variable.
enum OptionValue {
    static func of(_ given: String?, or variable: String) -> String? { given ?? Console.environment(variable) }
}

/// Options of commands that use the store alone.
struct StoreOptions: ParsableArguments, StoreLocation {
    @OptionGroup var folderOption: FolderOption
    @OptionGroup var database: DatabaseOption
}

/// Options of commands that use the project's files and not the store.
struct ProjectOptions: ParsableArguments, ProjectLocation {
    @OptionGroup var folderOption: FolderOption
    @OptionGroup var files: ProjectFileOptions
}

/// Options of commands that use the project's files and the store.
struct WorkspaceOptions: ParsableArguments, ProjectLocation, StoreLocation {
    @OptionGroup var folderOption: FolderOption
    @OptionGroup var database: DatabaseOption
    @OptionGroup var files: ProjectFileOptions
}

/// Where the store is.
protocol StoreLocation {
    var folderOption: FolderOption { get }
    var database: DatabaseOption { get }
}

extension StoreLocation {
    var storePath: String { OptionValue.of(database.db, or: "ADVISOR_DB") ?? folderOption.file("advisor.db") }

    func openStore(create: Bool) throws -> Store {
        let path = storePath
        let environment = CommandEnvironment.current
        return try Store(
            path: FileSystem.current.resolve(path), name: path, create: create, exists: FileSystem.current.exists(path)
        ) {
            CommandEnvironment.$current.withValue(environment) {
                Console.error("advisor: waiting for another process to finish with \(path)")
            }
        }
    }
}

/// Where the project's files are.
protocol ProjectLocation {
    var folderOption: FolderOption { get }
    var files: ProjectFileOptions { get }
}

extension ProjectLocation {
    var folder: String { folderOption.path }

    /// The stack file, and whether it was asked for by name.
    var stackPath: (path: String, isAsked: Bool) {
        OptionValue.of(files.stack, or: "ADVISOR_STACK").map { ($0, true) } ?? (folderOption.file("advisor.yaml"), false)
    }

    /// The folder whose rules alone are used; nil for the built-in packs and the project's own.
    var rulesFolder: String? { OptionValue.of(files.rules, or: "ADVISOR_RULES") }
    var ownRulesFolder: String { folderOption.file("rules") }
    var ownCatalogFolder: String { folderOption.file("data/catalog") }

    /// The folder whose catalog and metrics replace the built-in ones; nil for the built-in ones.
    var dataFolder: String? { OptionValue.of(files.data, or: "ADVISOR_DATA") }
}

/// Reads nothing of the user's: built-in rules, catalog and metrics.
struct BuiltInLocation: ProjectLocation {
    var folderOption: FolderOption { Self.parsed(FolderOption.self, ["--dir", "/nonexistent"]) }
    var files: ProjectFileOptions { Self.parsed(ProjectFileOptions.self, []) }

    private static func parsed<Options: ParsableArguments>(_ type: Options.Type, _ arguments: [String]) -> Options {
        // These arguments parse: every option has a default.
        (try? type.parse(arguments)) ?? Options()
    }
}
