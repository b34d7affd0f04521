/// The engine of a database, under the names of advisor.yaml.
///
/// A name that is not listed is kept as it is: rules can compare it, and nothing else is known of it.
public enum DatabaseEngine: Hashable, Sendable, RawRepresentable {
    case postgres, mysql, mariadb
    case auroraPostgres, auroraMySQL
    case other(String)

    /// The engines with a name of their own.
    static let listed: [DatabaseEngine] = [.postgres, .mysql, .mariadb, .auroraPostgres, .auroraMySQL]

    /// Other names of engines: AWS calls Aurora MySQL 5.6 `aurora`.
    static let aliases: [String: DatabaseEngine] = [
        "aurora": .auroraMySQL, "aurora-postgresql": .auroraPostgres, "postgresql": .postgres,
    ]

    /// Whether it is an engine of Aurora.
    public var isAurora: Bool { self == .auroraPostgres || self == .auroraMySQL }

    /// An engine by its name, `aurora-postgres`, or another name of it.
    public init(rawValue: String) {
        self = Self.listed.first { $0.rawValue == rawValue } ?? Self.aliases[rawValue] ?? .other(rawValue)
    }

    /// Whether the name is of an engine that is not listed.
    public var isOther: Bool { if case .other = self { true } else { false } }

    /// The name for people.
    public var title: String {
        switch self {
        case .postgres: "PostgreSQL"
        case .mysql: "MySQL"
        case .mariadb: "MariaDB"
        case .auroraPostgres: "Aurora PostgreSQL"
        case .auroraMySQL: "Aurora MySQL"
        case .other(let name): name
        }
    }

    /// The name in commands of the AWS CLI; nil for an engine that is not listed.
    var commandLineName: String? {
        switch self {
        case .postgres: "postgres"
        case .mysql: "mysql"
        case .mariadb: "mariadb"
        case .auroraPostgres: "aurora-postgresql"
        case .auroraMySQL: "aurora-mysql"
        case .other: nil
        }
    }

    /// The name in advisor.yaml and in rules.
    public var rawValue: String {
        switch self {
        case .postgres: "postgres"
        case .mysql: "mysql"
        case .mariadb: "mariadb"
        case .auroraPostgres: "aurora-postgres"
        case .auroraMySQL: "aurora-mysql"
        case .other(let name): name
        }
    }
}

/// An engine and, if declared, its version: `postgres 15.4`.
public struct EngineVersion: Hashable, Sendable, CustomStringConvertible {
    /// The engine.
    public var engine: DatabaseEngine
    /// The version as declared, `15.4`; nil if not declared.
    public var version: String?

    /// Creates a version of an engine.
    public init(_ engine: DatabaseEngine, version: String? = nil) { (self.engine, self.version) = (engine, version) }

    /// Reads `engine version` or `engine`; nil if the text is blank.
    public init?(text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let engine = parts.first else { return nil }
        self.init(DatabaseEngine(rawValue: engine), version: parts.count > 1 ? parts[1] : nil)
    }

    /// The leading number of the version, 15; nil if the version does not begin with a number.
    public var major: Int? { version.flatMap { Int($0.prefix { $0.isASCII && $0.isNumber }) } }

    /// The major version in the engine's own sense: `15` of PostgreSQL 15.4, `8.0` of MySQL 8.0.35; nil if not declared.
    public var majorVersion: String? {
        guard let parts = version?.split(separator: "."), let first = parts.first else { return nil }
        switch engine {
        case .mysql, .auroraMySQL, .mariadb: return parts.prefix(2).joined(separator: ".")
        case .postgres, .auroraPostgres, .other: return String(first)
        }
    }

    /// The name for people: `PostgreSQL 15.4`.
    public var title: String { [engine.title, version].compactMap { $0 }.joined(separator: " ") }

    /// Whether the version is lower, part by part: `8.0` than `8.4`, `9` than `17`. Only of versions of one engine.
    func isBefore(_ other: EngineVersion) -> Bool {
        func parts(_ version: String?) -> [Int] { (version ?? "").split(separator: ".").map { Int($0) ?? 0 } }
        return parts(version).lexicographicallyPrecedes(parts(other.version))
    }

    /// The same version of another engine that has the same versions: PostgreSQL and Aurora PostgreSQL, MySQL and Aurora MySQL;
    /// nil for any other.
    func counterpart(on engine: DatabaseEngine) -> EngineVersion? {
        if engine == self.engine { return self }
        let isSame = self.engine.ofAurora == engine || self.engine == engine.ofAurora
        return isSame && !self.engine.isOther && !engine.isOther ? EngineVersion(engine, version: version) : nil
    }

    /// The declared text, with one blank.
    public var description: String { [engine.rawValue, version].compactMap { $0 }.joined(separator: " ") }
}
