public import AdvisorCore
import Foundation

/// Compares the guide's expected costs with list prices, as one Markdown document.
public enum GuideCosts {
    /// One of the guide's stacks, with the usage that list prices need.
    public struct Case: Sendable {
        /// The heading of its section.
        public var title: String
        /// The path of its stack file.
        public var file: String
        /// The stack; its budget preset holds the guide's cost of each service, unless `expected` gives a total.
        public var stack: Stack
        /// The guide's total, where its table does not list services.
        public var expected: String?

        /// Creates a case.
        public init(title: String, file: String, stack: Stack, expected: String? = nil) {
            (self.title, self.file, self.stack, self.expected) = (title, file, stack, expected)
        }
    }

    /// The guide's tiers (1.1) with its claims, and why the bill differs.
    private static let tiers: [(tier: String, says: String, why: String)] = [
        (
            "db.t4g.micro", "$15-30, up to 5,000 users",
            "The range spans Single-AZ to Multi-AZ; the first hard limits are about 80 connections and 1 GiB of memory (E5, E7)."
        ),
        (
            "db.t4g.small", "$30-50, up to 10,000 users",
            "Multi-AZ is just above the range. It has the same 2 vCPUs as micro, so CPU stays the same (E5, E6)."
        ),
        (
            "aurora-serverless-v2", "$50-200, 100,000 users and more",
            "Writer and reader at 0.5 to 2 ACU each, without the NAT gateway that its stack adds (E1, E3)."
        ),
        (
            "supabase-free", "$0, 500 MB",
            "Supabase itself uses 40 to 60 MB of the 500 MB; above the limit the project is read-only (E8)."
        ),
        (
            "supabase-pro", "$25",
            "8 GB, 100,000 users, no pausing: cheaper than either AWS stack, but not on the guide's path (E8)."
        ),
    ]

    /// Returns the document.
    /// - Parameters:
    ///   - cases: The guide's stacks.
    ///   - catalog: Tiers and prices.
    ///   - services: The services, with the guide's expected costs as presets.
    ///   - now: The time for which Extended Support is priced.
    ///   - language: The language of its words.
    /// - Returns: The document, ending in a line break.
    public static func markdown(
        _ cases: [Case], catalog: Catalog, services: ServiceCatalog, now: Timestamp, language: any Language
    ) -> String {
        var lines = [
            "# The guide's costs compared with list prices", "",
            "The deployment guide's expected costs compared with on-demand list prices of \(catalog.region), for a month of 730 hours.",
            "E-numbers refer to the notes at the end. A test generates this document from the catalog; `advisor report --bill --stack`",
            "with the file named below shows how each amount is computed.", "", "## Overview", "", "### Tiers", "",
            "| tier | guide (1.1, 8.1) | 20 GiB, Single-AZ | Multi-AZ | difference |", "| --- | --- | --- | --- | --- |",
        ]
        lines += tiers.compactMap { row in catalog.tier(row.tier).map { tierRow($0, row.says, row.why) } }
        for item in cases { lines += table(item, catalog: catalog, services: services, now: now, language) }
        lines += ["", "### Notes", ""] + notes
        return lines.joined(separator: "\n") + "\n"
    }

    private static func tierRow(_ tier: Tier, _ says: String, _ why: String) -> String {
        func cost(multiAZ: Bool) -> String {
            var resource = Stack.Resource(id: "", kind: .database)
            (resource.allocatedStorage, resource.multiAZ) = (20, multiAZ)
            let estimate = tier.monthlyCost(TierConfiguration(resource))
            guard let least = estimate.total else { return "unknown" }
            let mark = estimate.isVerified ? "" : " (unverified)"
            guard tier.capacity != nil else { return "\(least)\(mark)" }
            let most = tier.monthlyCost(TierConfiguration(resource), atMaximum: true).total
            return "\(least) to \(most.map { "\($0)" } ?? "unknown")\(mark)"
        }
        let second = tier.hourlyMultiAZ == nil ? "-" : cost(multiAZ: true)
        return "| \(tier.id) | \(SafeText.markdown(says)) | \(cost(multiAZ: false)) | \(second) | \(SafeText.markdown(why)) |"
    }

    private static func table(
        _ item: Case, catalog: Catalog, services: ServiceCatalog, now: Timestamp, _ language: any Language
    ) -> [String] {
        let bill = StackBill(stack: item.stack, catalog: catalog, now: now)
        let most = StackBill(stack: item.stack, catalog: catalog, now: now, atMaximum: true)
        let expected = item.expected == nil ? item.stack.budget?.preset.flatMap { services.presets[$0] } ?? [:] : [:]
        var lines = ["", "### \(item.title)", "", "| service | guide | list price | computation | difference |"]
        lines.append("| --- | --- | --- | --- | --- |")
        var seen: Set<StackBill.Group> = []
        for group in bill.lines.map(\.group) where seen.insert(group).inserted {
            let own = bill.lines.filter { $0.group == group }
            let id = group.id ?? language.title(group)
            let service = own.first?.service ?? id
            let said = expected[id] ?? expected[service]
            let isBeside = item.expected == nil && said == nil
            let computed = own.map { line in
                let text = BillSection.estimator(line.cost, language)
                return line.cost.monthly?.amount == 0
                    ? "\(language.title(line.cost.item)): $0.00" : "\(language.title(line.cost.item)): \(text)"
            }
            let ceiling = Self.sum(most, group)
            let amount = Self.sum(bill, group)
            let cells = [
                services.services.first { $0.id == (expected[id] == nil ? service : id) }?.title ?? id,
                said.map { "\(Money($0))" } ?? (isBeside ? "not in the total" : ""),
                amount == ceiling ? amount : "\(amount) to \(ceiling)", computed.joined(separator: "; "),
                own.compactMap(\.note).first.map(language.clause) ?? "",
            ]
            lines.append("| " + cells.map(SafeText.markdown).joined(separator: " | ") + " |")
        }
        let sum = item.expected ?? "\(Money(expected.values.reduce(0, +)))"
        let total = bill.atLeast == most.atLeast ? "\(bill.atLeast)" : "\(bill.atLeast) to \(most.atLeast)"
        lines.append(
            "| **Total** | **\(SafeText.markdown(sum))** | **\(total)\(bill.total == nil ? " or more" : "")** | | \(item.file) |")
        let nat = bill.lines.filter { $0.group == .id("nat-gateway") }.compactMap(\.cost.monthly).reduce(Money(0), +)
        if nat.amount > 0 { lines += ["", "Without the NAT gateway, its address and its data: \(bill.atLeast - nat)."] }
        if !bill.unknown.isEmpty {
            lines += ["", "Not included, because the usage is unknown:", ""]
            lines += bill.unknown.map {
                "- \(SafeText.markdown("\(language.title($0.group)): \(BillSection.words($0, language))"))"
            }
        }
        return lines
    }

    private static func sum(_ bill: StackBill, _ group: StackBill.Group) -> String {
        let own = bill.lines.filter { $0.group == group }.map(\.cost.monthly)
        return own.contains(nil) ? "unknown" : "\(own.compactMap { $0 }.reduce(Money(0), +))"
    }

    private static let notes = [
        "- **E1.** Aurora as the guide configures it cannot cost $50 or $100: two instances cost $87.60 at 0.5 ACU and $350.40 at 2 ACU; with the NAT gateway and its address $124.10 to $386.90.",
        "- **E2.** Cognito is free up to 10,000 users a month on Lite and Essentials; the guide's 50,000 apply to pools created before November 2024.",
        "- **E3.** A NAT gateway costs $32.85, plus $3.65 for its public address and $0.045 per GB; the guide says $32 and leaves it out of its totals.",
        "- **E4.** Ten more GiB cost $1.15 (Single-AZ) or $2.30 (Multi-AZ), not $2; and RDS storage cannot be reduced.",
        "- **E5.** The ranges of the tier table are the difference between Single-AZ and Multi-AZ, a factor of two.",
        "- **E6.** Micro and small have the same 2 vCPUs: at a sustained 80 % CPU both cost about $89 including surplus credits.",
        "- **E7.** 5,000, 10,000 and 100,000 users are not AWS limits; connections and memory are.",
        "- **E8.** Supabase Pro at $25 is missing from the guide's path.",
        "- **E9.** \"Seed funding over $50K\" is not a metric: it is a dated fact in advisor.yaml.",
        "- **E10.** ReadLatency is the duration of a disk operation in seconds; the guide's milliseconds must come from the application or API Gateway.",
        "- **E11.** Always-free allowances make most of the guide's small amounts $0; its larger amounts correspond to more usage than it names.",
        "- **E12.** Costs that the guide leaves out: public addresses, Extended Support ($146.00 a month for PostgreSQL 13 on 2 vCPUs), surplus CPU credits, backup above the allocated size, data transfer out at $0.09 per GB.",
        "- **E13.** EstimatedCharges is cumulative and hours old: an alarm at $50 comes late and caps nothing.",
        "- **E14.** Aurora can now pause at 0 ACU when no connection is open; a poller or a warm Lambda function prevents it.",
    ]
}
