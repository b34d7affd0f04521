import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

@Suite("Shapes of instance classes")
struct ShapeTests {
    @Test("the bundled file loads without a word, and every class, limit and storage type has a source and a date")
    func loads() throws {
        let read = ShapesFile.read(try BundledFiles.text("data/shapes.yaml"), file: "shapes.yaml")
        #expect(read.diagnostics == [])
        let shapes = read.value
        #expect(shapes.shapes.count > 200)
        #expect(Set(shapes.shapes.map(\.id)).count == shapes.shapes.count)
        for series in shapes.series { #expect(!series.source.isEmpty && CivilDate(text: series.asOf) != nil, "\(series.id)") }
        for limit in shapes.connections { #expect(!limit.source.isEmpty && CivilDate(text: limit.asOf) != nil) }
        for type in shapes.storage { #expect(!type.source.isEmpty && CivilDate(text: type.asOf) != nil, "\(type.id)") }
        for shape in shapes.shapes { #expect(shape.vcpu > 0 && shape.memory > 0 && shapes.series(shape.series) != nil) }
    }

    @Test("every series that the guide, the packs and people have is there")
    func series() throws {
        let known = Set(try BundledFiles.shapes().series.map(\.id))
        let wanted = "t2 t3 t4g m4 m5 m5d m6g m6gd m6i m7g m7i m8g r4 r5 r5b r6g r6gd r6i r6in r7g r7i r8g x2g m3 r3"
        #expect(wanted.split(separator: " ").filter { !known.contains(String($0)) } == [])
    }

    @Test(
        "sizes, credits and EBS limits",
        arguments: [
            ("db.t4g.micro", 2, 1, 12, 500), ("db.t4g.large", 2, 8, 36, 4000), ("db.t3.2xlarge", 8, 32, 192, 4000),
            ("db.t2.micro", 1, 1, 6, nil), ("db.m7g.large", 2, 8, nil, 3600), ("db.r6g.xlarge", 4, 32, nil, 6000),
            ("db.r4.large", 2, 15.25, nil, nil), ("db.m4.10xlarge", 40, 160, nil, nil), ("db.r8g.48xlarge", 192, 1536, nil, nil),
            ("db.x2g.large", 2, 32, nil, 3600), ("db.m3.medium", 1, 3.75, nil, nil),
        ] as [(String, Int, Double, Double?, Double?)])
    func sizes(_ row: (id: String, vcpu: Int, gibibytes: Double, credits: Double?, operations: Double?)) throws {
        let shape = try #require(try BundledFiles.shapes().shape(row.id))
        #expect(shape.vcpu == row.vcpu && shape.memory == row.gibibytes * 1_073_741_824)
        #expect(shape.credits?.perHour == row.credits)
        if let operations = row.operations { #expect(shape.storageOperations?.baseline == operations) }
    }

    @Test(
        "the connection limit of each engine",
        arguments: [
            ("postgres", 1, 112), ("postgres", 64, 5000), ("aurora-postgres", 16, 1802), ("mysql", 1, 85), ("mariadb", 1, 42),
            ("aurora-mysql", 4, 108), ("aurora-mysql", 16, 1069), ("aurora-mysql", 0.5, 0),
        ] as [(String, Double, Double)])
    func connections(_ row: (engine: String, gibibytes: Double, limit: Double)) throws {
        let formula = try #require(try BundledFiles.shapes().connections(of: DatabaseEngine(rawValue: row.engine)))
        #expect(formula.limit(memory: row.gibibytes * 1_073_741_824) == row.limit)
    }

    @Test(
        "the operations per second that a volume sustains",
        arguments: [
            ("gp3", 20, 3000), ("gp3", 399, 3000), ("gp3", 400, 12_000), ("gp2", 20, 100), ("gp2", 200, 600),
            ("gp2", 30_000, 64_000),
            ("io1", 100, nil), ("standard", 100, nil),
        ] as [(String, Double, Double?)])
    func storage(_ row: (type: String, size: Double, operations: Double?)) throws {
        let type = try #require(try BundledFiles.shapes().storageType(row.type))
        #expect(type.sustainedOperations(size: row.size) == row.operations)
    }

    @Test("classes rank as the catalog's tiers do, and none above the scaling tier")
    func ranks() throws {
        let catalog = try BundledFiles.catalog()
        for tier in catalog.tiers where tier.shape == nil && tier.vcpu != nil {
            #expect(catalog.tier(tier.id, engine: .mysql)?.rank == tier.rank, "\(tier.id)")
        }
        let ranks = try ["db.t3.micro", "db.t3.large", "db.m5.large", "db.r5.large", "db.m5.xlarge", "db.m5.24xlarge"].map {
            try #require(catalog.tier($0, engine: .postgres)).rank
        }
        #expect(ranks == [20, 50, 55, 57, 65, 99])
    }

    static let errors: [(String, [String])] = [
        ("sizes: { micro: { vcpu: 0, memory: 1GiB } }", ["5:19: invalid number '0'; use 1 or more"]),
        ("sizes: { micro: { vcpu: 2 } }", ["5:19: 'memory' is missing"]),
        ("sizes: { micro: { vcpu: 2, memory: 1GiB, ebs_mbps: [87] } }", ["expected two numbers such as [87, 2085]"]),
    ]

    @Test("an error in shapes is named, and the rest is read", arguments: errors)
    func invalid(_ row: (text: String, problems: [String])) {
        let text = """
            as_of: 2026-08-17
            source: s
            connections: []
            storage: []
            series: [{ id: t9, processor: p, graviton: false, generation: current, \(row.text) }]
            """
        let read = ShapesFile.read(text, file: "s")
        #expect(read.diagnostics.count == row.problems.count && read.value.series.map(\.id) == ["t9"])
    }
}
