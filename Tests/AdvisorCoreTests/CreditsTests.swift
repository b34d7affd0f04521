import AdvisorCore
import Foundation
import Testing

@Suite("AWS credits")
struct CreditsTests {
    static let now = Timestamp(seconds: 1_774_915_200)  // 2026-03-31T00:00:00Z

    static func day(_ text: String) -> CivilDate { CivilDate(text: text) ?? CivilDate(daysSinceEpoch: 0) }

    /// A bill of March up to the 30th: so much spent, so much of it paid by credits, both on the 10th.
    static func march(spent: Int, paid: Int) -> BillingData {
        let statement = BillStatement(
            key: BillKey(source: .cur, provider: "AWS", payer: nil, month: BillingMonth(day("2026-03-01"))),
            days: day("2026-03-01")...day("2026-03-30"), granularity: .daily, lines: 2, readAt: now, isWhole: true)
        var lines = [Charge(day: day("2026-03-10"), service: "rds", usageType: "x", cost: Money(Decimal(spent)))]
        if paid > 0 {
            lines.append(Charge(day: day("2026-03-10"), service: "rds", category: .credit, cost: Money(Decimal(-paid))))
        }
        return BillingData([statement]) { _ in lines }
    }

    struct Row: Sendable {
        let name: String
        let credits: [CloudAccount.Credit]
        var charges = BillingData()
        let balance: String
        var burn: String?
        var end: String?
        var isSpent = false
        var lost: String?
    }

    static func credit(_ amount: Int, expires: String? = nil, used: Int = 0, usedOn: String? = nil) -> CloudAccount.Credit {
        CloudAccount.Credit(
            amount: Money(Decimal(amount)), expires: expires.map(day), used: Money(Decimal(used)), usedOn: usedOn.map(day))
    }

    static let rows = [
        Row(
            name: "without a bill the balance is known and its end is not", credits: [credit(1000, used: 300)], balance: "700.00"),
        Row(
            name: "ten dollars a day", credits: [credit(1000, expires: "2027-01-31", used: 300)],
            charges: march(spent: 400, paid: 300),
            balance: "700.00", burn: "10.00", end: "2026-06-09", isSpent: true, lost: "0.00"),
        Row(
            name: "counted on two days: what the later count holds is not taken off again",
            credits: [credit(100, usedOn: "2026-02-28"), credit(100, used: 30, usedOn: "2026-03-15")],
            charges: march(spent: 60, paid: 30), balance: "170.00", burn: "1.00", end: "2026-09-17", isSpent: true),
        Row(
            name: "what no credit paid yet is taken for what it will pay", credits: [credit(600)],
            charges: march(spent: 600, paid: 0),
            balance: "600.00", burn: "20.00", end: "2026-04-30", isSpent: true),
        Row(
            name: "the bill's credits after the day of the count come on top",
            credits: [credit(1000, used: 300, usedOn: "2026-03-05")], charges: march(spent: 300, paid: 300), balance: "400.00",
            burn: "10.00", end: "2026-05-10", isSpent: true),
        Row(
            name: "and those before it are counted already", credits: [credit(1000, used: 300, usedOn: "2026-03-15")],
            charges: march(spent: 300, paid: 300), balance: "700.00", burn: "10.00", end: "2026-06-09", isSpent: true),
        Row(
            name: "an expiry before the end loses the rest", credits: [credit(1000, expires: "2026-04-09")],
            charges: march(spent: 300, paid: 300), balance: "1000.00", burn: "10.00", end: "2026-04-10", lost: "900.00"),
        Row(
            name: "the next credit pays after the first has expired",
            credits: [credit(1000), credit(500, expires: "2026-04-09")], charges: march(spent: 300, paid: 300),
            balance: "1500.00",
            burn: "10.00", end: "2026-07-19", isSpent: true, lost: "400.00"),
        Row(name: "what has expired is nothing", credits: [credit(1000, expires: "2026-03-30")], balance: "0.00"),
    ]

    @Test("what is left of them, and until when", arguments: rows)
    func outlook(_ row: Row) throws {
        let outlook = try #require(PromotionalCredits(CloudAccount(credits: row.credits), charges: row.charges, at: Self.now))
        #expect(outlook.balance.exact == row.balance, "\(row.name)")
        #expect(outlook.burn?.exact == row.burn, "\(row.name)")
        #expect(outlook.endsOn?.description == row.end, "\(row.name)")
        #expect(outlook.isSpent == row.isSpent, "\(row.name)")
        #expect(outlook.lines.compactMap(\.lost).first?.exact == row.lost, "\(row.name)")
    }

    @Test("no credit, no outlook")
    func none() { #expect(PromotionalCredits(CloudAccount(), charges: BillingData(), at: Self.now) == nil) }

    static let year = Allowance(
        id: "a", title: "a", offer: .firstMonths(12, madeBefore: day("2025-07-15")), span: .month, amount: 1000, measure: .count,
        source: "a test", asOf: "2026-03-01")

    static let accounts: [(String, Bool?, String)] = [
        ("2025-07-14", true, "2026-07-14"), ("2025-07-15", false, "2026-07-15"), ("2025-03-31", false, "2026-03-31"),
        ("2025-04-01", true, "2026-04-01"), ("2024-02-29", false, "2025-02-28"), ("", nil, ""),
    ]

    @Test("twelve months are for accounts from before 15 July 2025, and for a year", arguments: accounts)
    func twelveMonths(_ created: String, _ applies: Bool?, _ end: String) {
        var stack = Stack()
        if !created.isEmpty { stack.account = CloudAccount(created: Self.day(created)) }
        #expect(Self.year.applies(to: stack, at: Self.now) == applies)
        #expect(Self.year.end(for: stack)?.description ?? "" == end)
        let tier = FreeTier(creditsSince: Self.day("2025-07-15"))
        #expect(tier.planEnd(for: stack)?.description == (created == "2025-07-15" ? "2026-01-15" : nil))
    }

    @Test("a month's use is expected to go on, from its fourth day on")
    func expected() {
        func use(_ used: Decimal, _ until: String) -> FreeTierUsage {
            FreeTierUsage(
                Self.year, used: used, until: Timestamp(Self.day(until)), source: nil, ends: nil, at: Timestamp(Self.day(until)))
        }
        #expect(use(500, "2026-03-16").expected == (Decimal(500) * 31 / 15).rounded(scale: 6))
        #expect(use(500, "2026-03-16").share == 0.5)
        #expect(use(500, "2026-03-03").expected == nil)
        #expect(use(300, "2026-03-04").expected == 3100)
    }
}

@Suite("Price book")
struct PriceBookTests {
    static let price = Price(usd: 1, source: "a test", asOf: "2026-03-01")

    static var catalog: Catalog {
        var micro = Tier(id: "db.t4g.micro", title: "micro", engine: "postgres", rank: 1)
        micro.hourly = price
        micro.storage = Price(usd: nil, source: "unknown", asOf: "2025-01-01")
        var free = Tier(id: "supabase-free", title: "free", engine: "supabase", rank: 0)
        free.monthly = Price(usd: 0, source: "a test", asOf: "2026-03-01")
        let item = CatalogItem(id: "nat-gateway-hour", title: "NAT", service: "nat-gateway", unit: "h", price: price)
        return Catalog(region: "us-east-1", tiers: [micro, free], items: [item])
    }

    @Test("has every price by an id, in the order of the path")
    func ids() {
        #expect(
            PriceBook(Self.catalog).entries.map(\.id) == [
                "supabase-free.monthly", "db.t4g.micro.hourly", "db.t4g.micro.storage", "nat-gateway-hour",
            ])
    }

    @Test(
        "is stale after 180 days, not on the 180th",
        arguments: [("2026-08-28", false), ("2026-08-29", true), ("2025-12-01", false)])
    func stale(_ now: String, _ isStale: Bool) {
        let entry = PriceBook(Self.catalog).entry("nat-gateway-hour")
        #expect(entry?.isStale(at: Timestamp(CivilDate(text: now) ?? CivilDate(daysSinceEpoch: 0))) == isStale)
    }

    @Test("takes the user's prices in place")
    func own() {
        let catalog = Self.catalog.replacingPrices(["db.t4g.micro.hourly": Price(usd: 2, source: "mine", asOf: "")])
        #expect(catalog.tier("db.t4g.micro")?.hourly?.usd == 2)
        #expect(catalog.item("nat-gateway-hour")?.price.usd == 1)
    }

    @Test("of an unknown region knows no price but those that hold everywhere")
    func unknownRegion() {
        let catalog = Self.catalog.withUnknownPrices(in: "eu-west-1")
        #expect(catalog.region == "eu-west-1")
        #expect(PriceBook(catalog).entries.filter { $0.price.usd != nil }.map(\.id) == ["supabase-free.monthly"])
        #expect(PriceBook(catalog).entry("nat-gateway-hour")?.price.source == .noPrices(region: "eu-west-1"))
    }
}
