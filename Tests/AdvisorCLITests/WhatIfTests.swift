import AdvisorTestSupport
import Foundation
import Testing

@Suite("advisor whatif")
struct WhatIfTests {
    @Test("a plan on paper: the guide's path by users alone", arguments: [100, 60])
    func paper(_ columns: Int) throws {
        let folder = try TemporaryFolder()
        let run = try Program.run(
            ["whatif", "--tier", "db.t4g.micro", "--users", "800", "--growth", "25%/month", "--now", "2026-03-31"],
            in: folder.url, environment: ["COLUMNS": "\(columns)"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= columns })
        try Golden.expect(run.output, is: "whatif-paper-\(columns).txt")
    }

    @Test("the same for programs: each tier is entered when the guide says, and the first limit is named")
    func json() throws {
        let folder = try TemporaryFolder()
        let run = try Program.run(
            [
                "whatif", "--tier", "db.t4g.micro", "--users", "800", "--growth", "25%/month", "--now", "2026-03-31", "--format",
                "json",
            ], in: folder.url)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let months = try #require(document["months"] as? [[String: Any]])
        #expect(months.count == 12)
        let users = months.compactMap { $0["users"] as? Double }
        #expect(users.first == 800 && users == users.sorted())
        for month in months {
            let (tier, count) = (month["tier"] as? String, month["users"] as? Double ?? 0)
            #expect(tier == (count < 1000 ? "db.t4g.micro" : count < 10_000 ? "db.t4g.small" : "aurora-serverless-v2"))
        }
        let first = try #require(document["first_limit"] as? [String: Any])
        #expect(first["rule"] as? String == "active-users-1000")
        #expect(first["month"] as? String == "2026-04")
    }

    struct Ending: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        let says: String
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let endings = [
        Ending(arguments: ["--tier", "db.t4g.mirco"], status: 64, says: "did you mean 'db.t4g.micro'?"),
        Ending(
            arguments: ["--tier", "db.t4g.micro", "--growth", "fast"], status: 64,
            says: "invalid growth rate 'fast'; use e.g. 10%/month"),
        Ending(arguments: ["--tier", "db.t4g.micro", "--users", "many"], status: 64, says: "invalid user count 'many'"),
        Ending(
            arguments: ["--tier", "db.t4g.micro", "--months", "0"], status: 64, says: "invalid number of months '0'; use 1 to 60"),
        Ending(arguments: ["--resource", "db"], status: 66, says: "no such store"),
    ]

    @Test("errors are named", arguments: endings)
    func errors(_ ending: Ending) throws {
        let folder = try TemporaryFolder()
        let run = try Program.run(["whatif"] + ending.arguments, in: folder.url)
        #expect(run.status == ending.status)
        #expect(run.errors.contains(ending.says), "\(run.errors)")
    }
}
