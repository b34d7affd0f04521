import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

@Suite("Usage types file")
struct UsageTypesFileTests {
    @Test("the bundled file has no errors and every usage that code names")
    func bundled() throws {
        let services = try BundledFiles.services()
        let (usages, diagnostics) = UsageTypesFile.read(
            try BundledFiles.text("data/usage-types.yaml"), file: "usage-types.yaml", services: services)
        #expect(diagnostics.map(\.description) == [])
        #expect(Set(BilledUsageID.named).isSubset(of: usages.map(\.id)))
        #expect(usages.count == 20)
    }

    @Test("an error has its position")
    func errors() throws {
        let (usages, diagnostics) = UsageTypesFile.read(
            """
            usages:
              - { name: a, title: a, services: [rdss], types: [x], unit: hours, source: x, as_of: 2026-03-01 }
              - { name: b, title: b, types: [x], unit: hours, source: x, as_of: 2026-03-01 }
              - { name: c, title: c, services: [rds], types: [x], unit: days, source: x, as_of: 2026-03-01 }
              - { name: d, title: d, services: [rds], types: [x], unit: hours, source: x, as_of: 2026-03-01 }
              - { name: d, title: d, services: [rds], types: [x], unit: hours, source: x, as_of: 2026-03-01 }

            """, file: "u.yaml", services: try BundledFiles.services())
        #expect(
            diagnostics.map(\.description) == [
                "u.yaml:2:37: unknown service 'rdss'; did you mean 'rds'?",
                "u.yaml:3:5: set either 'services' or 'except'",
                "u.yaml:4:61: invalid unit 'days'; use hours, GB or count",
                "u.yaml:6:5: duplicate usage 'd'",
            ])
        #expect(usages.map(\.id.rawValue) == ["d", "d"])
    }

    @Test(
        "a usage counts only charges of its services",
        arguments: [
            ("data_out", "ec2", "DataTransfer-Out-Bytes", true), ("data_out", "cloudfront", "DataTransfer-Out-Bytes", false),
            ("cloudfront_bytes", "cloudfront", "EU-DataTransfer-Out-Bytes", true),
            ("log_storage", "cloudwatch", "USE1-TimedStorage-ByteHrs", true),
            ("log_storage", "s3", "USE1-TimedStorage-ByteHrs", false),
        ])
    func services(_ name: String, _ service: String, _ type: String, _ counts: Bool) throws {
        let usage = try #require(try BundledFiles.services().usage(BilledUsageID(rawValue: name)))
        let charge = Charge(day: CivilDate(daysSinceEpoch: 20_000), service: service, usageType: type, cost: Money(1))
        #expect(usage.counts(charge) == counts)
    }
}
