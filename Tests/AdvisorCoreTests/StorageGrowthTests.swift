import Foundation
import Testing

@testable import AdvisorCore

@Suite("Feasible steps: storage and versions")
struct StorageGrowthTests {
    private static let gp3: StorageType = {
        var type = StorageType(id: "gp3", title: "gp3", minimum: 20, maximum: 65_536, source: "test", asOf: "2026-11-23")
        type.included = [
            StorageType.Included(from: 20, operations: 3000, throughput: 125),
            StorageType.Included(from: 400, operations: 12_000, throughput: 500),
        ]
        return type
    }()

    @Test(
        "at least 10 % more, in whole GiB; near 400 GiB up to it; never more than the largest volume",
        arguments: [
            (20.0, 30.0), (100, 110), (101, 112), (200, 220), (340, 374), (346, 400), (362, 400), (395, 435), (65_000, 65_536),
        ])
    func size(_ before: Double, _ after: Double) {
        #expect(StorageGrowth.size(from: before, by: 10, on: Self.gp3) == after)
    }

    @Test("what a larger volume includes is more only from 400 GiB on")
    func operations() {
        #expect(StorageGrowth.addedOperations(from: 395, to: 435, on: Self.gp3) == 12_000)
        #expect(StorageGrowth.addedOperations(from: 200, to: 220, on: Self.gp3) == nil)
        #expect(StorageGrowth.addedOperations(from: 435, to: 479, on: Self.gp3) == nil)
        #expect(StorageGrowth.addedOperations(from: 20, to: 500, on: nil) == nil)
    }

    @Test(
        "the version that a move needs",
        arguments: [
            ("postgres 12.19", "13.6"), ("postgres 13.4", "13.6"), ("postgres 13.14", nil), ("postgres 13", nil),
            ("postgres 14.2", "14.3"), ("postgres 15", nil), ("postgres 17.2", nil), ("postgres", nil), ("mysql 5.7", nil),
        ] as [(String, String?)])
    func versions(_ engine: String, _ needed: String?) {
        var aurora = Tier(id: "a", title: "a", engine: "aurora-postgres", rank: 100)
        aurora.minimumVersions = ["13.6", "14.3", "15.2", "16.1"]
        #expect(aurora.neededVersion(of: EngineVersion(text: engine)) == needed)
    }
}
