import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Article GuideCosts: the guide's costs compared with list prices")
struct GuideCostsTests {
    private static func read(_ path: String) throws -> String {
        try String(contentsOf: Program.repository.appending(path: path), encoding: .utf8)
    }

    private static let cases = [
        ("Development, 1.2: about $32", "data/guide/dev.yaml", nil as String?),
        ("Production, 1.2: about $92", "data/guide/prod.yaml", nil),
        ("Aurora, 4.2 option B: about $50 (dev), $100 (prod)", "data/guide/aurora.yaml", "$50 to $100"),
    ]

    private static func document() throws -> (text: String, catalog: Catalog) {
        let services = ServicesFile.read(try read("data/services.yaml"), file: "services.yaml").value
        let catalog = CatalogFile.read(try read("data/catalog/us-east-1.yaml"), file: "us-east-1.yaml")
        #expect(catalog.diagnostics.isEmpty, "\(catalog.diagnostics)")
        let stacks = try cases.map { title, file, expected in
            let stack = StackFile.read(try read(file), file: file, catalog: catalog.value, services: services)
            #expect(stack.diagnostics.isEmpty, "\(stack.diagnostics)")
            return GuideCosts.Case(title: title, file: file, stack: stack.value, expected: expected)
        }
        let now = try #require(Timestamp(text: "2026-11-24"))
        return (
            GuideCosts.markdown(stacks, catalog: catalog.value, services: services, now: now, language: Languages.english),
            catalog.value
        )
    }

    @Test("the article is generated from the catalog; RECORD=1 rewrites it")
    func golden() throws {
        let text = try Self.document().text
        let file = Program.repository.appending(path: "Sources/AdvisorCore/Documentation.docc/GuideCosts.md")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "RECORD=1 records it anew")
    }

    @Test("the guide's totals and the list prices are right")
    func sums() throws {
        let (text, catalog) = try Self.document()
        for (title, sum) in [("Development", "$32.00"), ("Production", "$92.00")] {
            let part = text.components(separatedBy: "### \(title)").last ?? ""
            #expect(part.contains("| **Total** | **\(sum)** |"), "\(title)")
        }
        // prices.md E1, E3 and E5.
        for amount in ["$13.98", "$25.66", "$52.05", "$87.60 to $350.40", "$36.50", "$1,350"] where !text.contains(amount) {
            #expect(amount == "$1,350" && text.contains("$1350.00"), "\(amount)")
        }
        #expect((1...14).allSatisfy { text.contains("**E\($0).**") })
        #expect(catalog.items.count > 30)
    }

    @Test(
        "every item belongs to a known service, and the required items exist")
    func items() throws {
        let services = ServicesFile.read(try Self.read("data/services.yaml"), file: "services.yaml").value
        let catalog = try Self.document().catalog
        for item in catalog.items { #expect(services.id(of: item.service) == item.service, "\(item.id)") }
        for id in ["rds-backup", "aurora-backup", "aurora-io", "rds-extended-support", "rds-extended-support-third-year"] {
            #expect(catalog.item(id) != nil, "\(id)")
        }
    }

    @Test("errors in what is used have their place and what would be right")
    func errors() throws {
        let services = ServicesFile.read(try Self.read("data/services.yaml"), file: "services.yaml").value
        let catalog = try Self.document().catalog
        let text = """
            resources: []
            stack:
              - service: lambda
                usage: { lambda-request: 3, lambda-gb-second: many }
              - service: sns
                usage: { topics: 1 }
            """
        let read = StackFile.read(text, file: "advisor.yaml", catalog: catalog, services: services)
        #expect(
            read.diagnostics.map(\.description) == [
                "advisor.yaml:4:14: unknown item 'lambda-request'; did you mean 'lambda-requests'?",
                "advisor.yaml:4:51: invalid number 'many'; use 3",
                "advisor.yaml:6:14: unknown item 'topics'; the catalog has no items of sns",
            ])
    }
}
