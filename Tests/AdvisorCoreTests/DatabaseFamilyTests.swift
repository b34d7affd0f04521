import AdvisorCore
import Testing

@Suite("Database families")
struct DatabaseFamilyTests {
    @Test("every family has its three parts and a unique id")
    func parts() {
        #expect(DatabaseFamilies.incomplete == [])
        let ids = DatabaseFamilies.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(DatabaseFamilies.family(id)?.id == id) }
    }

    @Test(
        "a tier without a family gets the one that claims its engine",
        arguments: [
            ("postgres", "rds-instance"), ("mysql", "rds-instance"), ("aurora-postgres", "aurora-serverless"),
            ("supabase", "supabase"),
        ])
    func claims(_ engine: String, _ family: String) {
        let tier = Tier(id: "x", title: "x", engine: engine, rank: 1)
        #expect(tier.familyID.rawValue == family && tier.family.id == tier.familyID)
        let other = Tier(id: "x", title: "x", engine: engine, rank: 1, family: DatabaseFamilyID(rawValue: "supabase"))
        #expect(other.familyID.rawValue == "supabase")
    }

    @Test(
        "an instance that AWS describes becomes a declaration",
        arguments: [
            ("db.t4g.micro", "postgres", "db.t4g.micro", "postgres", true),
            ("db.t4g.micro", "mysql", "db.t4g.micro", "mysql", true),
            ("db.serverless", "aurora-postgresql", "aurora-serverless-v2", "aurora-postgres", false),
            ("db.r6g.large", "aurora-postgresql", "db.r6g.large", "aurora-postgres", false),
            ("db.r5.large", "aurora", "db.r5.large", "aurora-mysql", false),
            ("db.serverless", "aurora-mysql", "aurora-serverless-v2", "aurora-mysql", false),
            ("db.serverless", "neptune", "db.serverless", "neptune", false),
        ])
    func declarations(_ row: (instanceClass: String, engine: String, tier: String, declared: String, allocates: Bool)) {
        let described = DescribedInstance(instanceClass: row.instanceClass, engine: row.engine)
        let declaration = DatabaseFamilies.declaration(of: described)
        #expect(declaration.tier == row.tier && declaration.engine.rawValue == row.declared)
        #expect(declaration.allocatesStorage == row.allocates)
    }
}
