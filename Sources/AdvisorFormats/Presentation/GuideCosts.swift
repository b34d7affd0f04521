public import AdvisorCore
import Foundation

/// The guide's tiers and stacks beside what they really bill, as one Markdown document.
public enum GuideCosts {
    /// One of the guide's stacks, with the use that a list price needs.
    public struct Case: Sendable {
        /// As a heading.
        public var title: String
        /// The stack file that was read.
        public var file: String
        /// The stack, with a preset of what the guide expects; the preset's sum is not asked for where `expected` says one.
        public var stack: Stack
        /// What the guide says of the whole, where its table has no services.
        public var expected: String?

        /// A case by its parts.
        public init(title: String, file: String, stack: Stack, expected: String? = nil) {
            (self.title, self.file, self.stack, self.expected) = (title, file, stack, expected)
        }
    }

    /// The guide's 1.1, as it stands there, and why the bill is another.
    private static let tiers: [(tier: String, says: String, why: String)] = [
        (
            "db.t4g.micro", "$15-30, up to 5,000 users",
            "The range is the choice between Single-AZ and Multi-AZ; the first hard limits are about 80 connections and 1 GiB (E5, E7)."
        ),
        (
            "db.t4g.small", "$30-50, up to 10,000 users",
            "Multi-AZ is just above the range. It has the 2 vCPUs of the micro: CPU stays where it is (E5, E6)."
        ),
        (
            "aurora-serverless-v2", "$50-200, 100,000 users and more",
            "Writer and reader at 0.5 to 2 ACU each, before the NAT gateway that its stack brings (E1, E3)."
        ),
        (
            "supabase-free", "$0, 500 MB",
            "The 500 MB hold 40 to 60 MB of Supabase's own; above them the project is read-only (E8)."
        ),
        (
            "supabase-pro", "$25",
            "8 GB, 100,000 users, no pause: cheaper than either AWS stack, and not on the guide's path (E8)."
        ),
    ]

    /// The document.
    /// - Parameters:
    ///   - cases: The guide's stacks.
    ///   - catalog: Tiers and prices.
    ///   - services: What the guide expects of each service.
    ///   - now: The time that Extended Support is evaluated at.
    /// - Returns: With its last line break.
    public static func markdown(_ cases: [Case], catalog: Catalog, services: ServiceCatalog, now: Timestamp) -> String {
        var lines = [
            "# What the guide's stacks really bill", "",
            "The deployment guide's expected costs beside list prices of \(catalog.region), on demand, a month of 730 hours.",
            "E-numbers are the notes at the end. A test writes this document from the catalogue; every amount can be unfolded with",
            "`advisor report --bill --stack` and the file named.", "", "## Overview", "", "### Tiers", "",
            "| tier | the guide (1.1, 8.1) | with 20 GiB, one zone | Multi-AZ | difference |", "| --- | --- | --- | --- | --- |",
        ]
        lines += tiers.compactMap { row in catalog.tier(row.tier).map { tierRow($0, row.says, row.why) } }
        for item in cases { lines += table(item, catalog: catalog, services: services, now: now) }
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

    private static func table(_ item: Case, catalog: Catalog, services: ServiceCatalog, now: Timestamp) -> [String] {
        let bill = StackBill(stack: item.stack, catalog: catalog, now: now)
        let most = StackBill(stack: item.stack, catalog: catalog, now: now, atMaximum: true)
        let expected = item.expected == nil ? item.stack.budget?.preset.flatMap { services.presets[$0] } ?? [:] : [:]
        var lines = ["", "### \(item.title)", "", "| service | the guide | list price | reckoned | difference |"]
        lines.append("| --- | --- | --- | --- | --- |")
        var seen: Set<String> = []
        for group in bill.lines.map(\.group) where seen.insert(group).inserted {
            let own = bill.lines.filter { $0.group == group }
            let service = own.first?.service ?? group
            let said = expected[group] ?? expected[service]
            let isBeside = item.expected == nil && said == nil
            let computed = own.map { line in
                let text = BillSection.estimator(line.cost)
                return line.cost.monthly?.amount == 0 ? "\(line.cost.item): $0.00" : "\(line.cost.item): \(text)"
            }
            let ceiling = Self.sum(most, group)
            let amount = Self.sum(bill, group)
            let cells = [
                services.services.first { $0.id == (expected[group] == nil ? service : group) }?.title ?? group,
                said.map { "\(Money($0))" } ?? (isBeside ? "not in the sum" : ""),
                amount == ceiling ? amount : "\(amount) to \(ceiling)", computed.joined(separator: "; "),
                own.compactMap(\.note).first ?? "",
            ]
            lines.append("| " + cells.map(SafeText.markdown).joined(separator: " | ") + " |")
        }
        let sum = item.expected ?? "\(Money(expected.values.reduce(0, +)))"
        let total = bill.atLeast == most.atLeast ? "\(bill.atLeast)" : "\(bill.atLeast) to \(most.atLeast)"
        lines.append(
            "| **Sum** | **\(SafeText.markdown(sum))** | **\(total)\(bill.total == nil ? " or more" : "")** | | \(item.file) |")
        let nat = bill.lines.filter { $0.group == "nat-gateway" }.compactMap(\.cost.monthly).reduce(Money(0), +)
        if nat.amount > 0 { lines += ["", "Without the NAT gateway, its address and its data: \(bill.atLeast - nat)."] }
        if !bill.unknown.isEmpty {
            lines += ["", "Not in the list price, because nobody knows how much of it there is:", ""]
            lines += bill.unknown.map { "- \(SafeText.markdown("\($0.group): \(BillSection.words($0))"))" }
        }
        return lines
    }

    private static func sum(_ bill: StackBill, _ group: String) -> String {
        let own = bill.lines.filter { $0.group == group }.map(\.cost.monthly)
        return own.contains(nil) ? "unknown" : "\(own.compactMap { $0 }.reduce(Money(0), +))"
    }

    private static let notes = [
        "- **E1.** Aurora as the guide configures it cannot cost $50 or $100: two instances of at least 0.5 ACU are $87.60, at 2 ACU $350.40; with its NAT gateway and address $124.10 to $386.90.",
        "- **E2.** Cognito is free up to 10,000 users a month on Lite and Essentials; the guide's 50,000 are of old pools.",
        "- **E3.** A NAT gateway is $32.85 and $3.65 for its public address, and $0.045 a GB; the guide says $32 and leaves it out of its sums.",
        "- **E4.** Ten GiB more are $1.15 Single-AZ and $2.30 Multi-AZ, not $2; and RDS storage never shrinks.",
        "- **E5.** The ranges of the tier table hide the choice of zones, which is the factor of two.",
        "- **E6.** Micro and small have the same 2 vCPUs: at a sustained 80 % both bill about $89 with surplus credits.",
        "- **E7.** 5,000, 10,000 and 100,000 users are no limit of AWS; connections and memory are.",
        "- **E8.** Supabase Pro at $25 is a tier that the guide's path leaves out.",
        "- **E9.** \"Seed funding over $50K\" is no metric: it is a fact of advisor.yaml, with its date.",
        "- **E10.** ReadLatency is seconds of a disk operation; the guide's milliseconds have to come from the application or API Gateway.",
        "- **E11.** What is free for ever makes most of the guide's small amounts $0, and its larger ones are other uses than it names.",
        "- **E12.** Lines that the guide does not have: public addresses, Extended Support ($146.00 a month for PostgreSQL 13 on 2 vCPUs), surplus CPU credits, backup above what is allocated, data out at $0.09 a GB.",
        "- **E13.** EstimatedCharges is cumulative and hours old: an alarm at $50 comes late, and never caps anything.",
        "- **E14.** Aurora can pause at 0 ACU now, when no connection is open; a poller or a warm Lambda keeps it awake.",
    ]
}
