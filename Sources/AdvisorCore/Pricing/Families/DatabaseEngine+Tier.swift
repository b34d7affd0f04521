extension DatabaseEngine {
    /// Whether a database of the engine runs on a tier of another one: Supabase is PostgreSQL, and Aurora has no MariaDB. True
    /// where nothing is known.
    func runs(onTier other: DatabaseEngine) -> Bool {
        switch self {
        case .mysql, .auroraMySQL, .mariadb:
            other.rawValue != "supabase" && (self == .mariadb) == (other == .mariadb)
        case .postgres, .auroraPostgres, .other: true
        }
    }
}
