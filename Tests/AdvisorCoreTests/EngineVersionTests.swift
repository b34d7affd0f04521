import AdvisorCore
import Testing

@Suite("Declared engines and environments")
struct EngineVersionTests {
    @Test(
        "an engine keeps its name and its version, whether it is known or not",
        arguments: [
            ("postgres 15", DatabaseEngine.postgres, "15", 15), ("postgres 13.4", .postgres, "13.4", 13),
            ("aurora-mysql 8.0.mysql_aurora.3.05.2", .auroraMySQL, "8.0.mysql_aurora.3.05.2", 8),
            ("cockroach v23", .other("cockroach"), "v23", nil), ("mariadb", .mariadb, nil, nil),
        ] as [(String, DatabaseEngine, String?, Int?)])
    func engine(text: String, engine: DatabaseEngine, version: String?, major: Int?) throws {
        let read = try #require(EngineVersion(text: text))
        #expect(read.engine == engine)
        #expect(read.version == version)
        #expect(read.major == major)
        #expect(read.description == text)
    }

    @Test("a blank text is no engine", arguments: ["", "  "])
    func blank(text: String) { #expect(EngineVersion(text: text) == nil) }

    @Test("an environment keeps its name", arguments: ["prod", "dev", "staging"])
    func environment(name: String) { #expect(DeploymentEnvironment(rawValue: name).rawValue == name) }
}
