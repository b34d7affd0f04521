import AdvisorCore
import AdvisorFormats
import Testing

@Suite("Free tier file")
struct FreeTierFileTests {
    @Test("ships without an error, and says where everything is from")
    func shipped() throws {
        let (value, diagnostics) = FreeTierFile.read(
            try BundledFiles.text("data/free-tier.yaml"), file: "free-tier.yaml", metrics: try BundledFiles.metrics(),
            services: try BundledFiles.services())
        #expect(diagnostics.map(\.description) == [])
        #expect(value.creditsSince?.description == "2025-07-15")
        #expect(value.allowances.count == 19)
        for allowance in value.allowances {
            #expect(!allowance.source.isEmpty && !allowance.beyond.isEmpty, "\(allowance.id)")
            #expect(CivilDate(text: allowance.asOf) != nil, "\(allowance.id)")
        }
    }

    @Test("names what is wrong with its place")
    func errors() throws {
        let (value, diagnostics) = FreeTierFile.read(
            """
            allowances:
              - { id: a, title: a, offer: sometimes, amount: 5GB, source: x, as_of: 2026-03-01 }
              - { id: b, title: b, offer: always, amount: lots, source: x, as_of: 2026-03-01 }
              - { id: c, title: c, offer: always, amount: 5GB, billed: [nothing], metric: cpus, source: x, as_of: 2026-03-01 }
              - { id: d, title: d, offer: always, amount: 5GB, source: x, as_of: 2026-03-01 }

            """, file: "f.yaml", metrics: try BundledFiles.metrics(),
            services: try BundledFiles.services())
        #expect(value.allowances.map(\.id) == ["d"])
        #expect(
            diagnostics.map(\.description) == [
                "f.yaml:2:31: invalid offer 'sometimes'; use always, 12-months or a plan such as supabase-free",
                "f.yaml:3:47: invalid amount 'lots'; use 1000000, 5GB or 750h",
                "f.yaml:4:61: invalid billed usage 'nothing'; use a name such as lambda_requests",
                "f.yaml:4:79: invalid metric 'cpus'; use a name of metrics.yaml",
            ])
    }
}
