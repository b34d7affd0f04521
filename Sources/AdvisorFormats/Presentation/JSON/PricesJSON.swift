import AdvisorCore

/// A price book in JSON.
struct PricesJSON: Encodable {
    struct Entry: Encodable {
        let id: String
        let title: String
        let unit: String
        let price: Money?
        let source: String
        let sourceCode: String
        let asOf: String?
        let ageDays: Int?
        let stale: Bool
        let verified: Bool
        /// Whether the price is from advisor.yaml.
        let own: Bool

        init(_ entry: PriceBook.Entry, isOwn: Bool, now: Timestamp, _ language: any Language) {
            (id, title, unit, own) = (entry.id, language.title(entry), entry.unit, isOwn)
            (price, source) = (entry.price.usd.map { Money($0) }, language.title(entry.price.source))
            sourceCode = entry.price.source.code
            asOf = entry.price.asOf.isEmpty ? nil : entry.price.asOf
            (ageDays, stale, verified) = (entry.age(at: now), entry.isStale(at: now), entry.price.isVerified)
        }
    }

    let schema = "advisor.prices/1"
    let region: String
    let asOf: Timestamp
    let prices: [Entry]
}
