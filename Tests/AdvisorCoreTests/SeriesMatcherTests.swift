import AdvisorCore
import AdvisorTestSupport
import Testing

@Suite("Resources of a store")
struct SeriesMatcherTests {
    private static let cpu = Metric(
        id: "cpu", title: "CPU", kinds: [.database], origin: .series(namespace: "AWS/RDS", name: "CPUUtilization"),
        dimension: "DBInstanceIdentifier", unit: .percent, display: .percent, statistic: .average, nativePeriod: .seconds(60))

    private static func series(_ id: String) -> SeriesKey {
        SeriesKey(
            namespace: "AWS/RDS", name: "CPUUtilization", dimensions: [SeriesKey.Dimension("DBInstanceIdentifier", id)])
    }

    private static func matcher(_ ids: [String], declared: [String]) -> SeriesMatcher {
        SeriesMatcher(
            metrics: MetricCatalog(metrics: [cpu], kindOfDimension: ["DBInstanceIdentifier": .database]),
            declared: declared.map { Stack.Resource(id: $0, kind: .database) }, projectName: nil, series: ids.map(series))
    }

    @Test("of resources that are not declared the first are found, by the order in which they were stored")
    func limit() {
        let ids = (0..<20).map { "db-\((20 - $0) + 100)" }
        let found = Self.matcher(ids + ["own"], declared: ["own", "db-101"]).resources(limit: 3)
        #expect(found.all.map(\.resource.id) == ["own", "db-101", "db-118", "db-119", "db-120", "account", "project"])
        #expect(found.all.prefix(5).allSatisfy { $0.series["cpu"]?.count == 1 })
        #expect(found.ignored == 16)
    }

    @Test("the one that is asked for is found all the same")
    func including() {
        let found = Self.matcher((0..<20).map { "db-\($0 + 10)" }, declared: []).resources(limit: 2, including: "db-25")
        #expect(found.all.map(\.resource.id) == ["db-10", "db-11", "db-25", "account", "project"])
        #expect(found.ignored == 17)
    }

    @Test("without a limit all are found")
    func all() {
        let found = Self.matcher((0..<2000).map { "db-\($0)" }, declared: []).resources()
        #expect(found.all.count == 2002)
        #expect(found.ignored == 0)
    }
}
