/// AWS/Billing's estimated charges, told apart by what they are of, so that nothing is counted twice.
///
/// `{Currency}` is the whole bill. `{ServiceName}` and `{LinkedAccount}` are parts of it and are never added to it. Where
/// several accounts send their own bills, one that another names as its linked account is part of that one's.
public struct ChargeLedger: Sendable {
    /// What a curve is of.
    public enum Scope: Hashable, Sendable {
        /// The whole bill.
        case total
        /// A service, by its id in the catalog, else by its billing name.
        case service(String)
        /// An account, by its number.
        case account(String)
    }

    /// By what they are of; what was never seen is absent.
    public private(set) var curves: [Scope: MonthToDateSeries]
    /// Currencies other than US dollars in which charges were seen; those are left out, as amounts of two currencies have no sum.
    public private(set) var otherCurrencies: [String]

    /// The metric that tells of them.
    public static let namespace = "AWS/Billing"
    /// The metric's name.
    public static let metric = "EstimatedCharges"

    /// Whether a series belongs in the book.
    public static func holds(_ key: SeriesKey) -> Bool { key.namespace == namespace && key.name == metric }

    /// A book of these series.
    /// - Parameters:
    ///   - series: Others than the metric's are left out.
    ///   - services: The names that services go by.
    ///   - asOf: Samples stamped at or after it do not count.
    public init(_ series: [(key: SeriesKey, samples: [Sample])], services: ServiceCatalog, asOf: Timestamp) {
        var currencies: Set<String> = []
        // By what it is of, then by who sent it.
        var samples: [Scope: [String: [Sample]]] = [:]
        let own = series.filter { Self.holds($0.key) }
        let linked = Set(
            own.filter { $0.key.account != nil }.compactMap { series in
                series.key.value(ofDimension: "LinkedAccount").flatMap { $0 == series.key.account ? nil : $0 }
            })
        let senders = Set(own.compactMap(\.key.account)).subtracting(linked)
        for (key, own) in own {
            if let currency = key.value(ofDimension: "Currency"), currency != "USD" {
                currencies.insert(currency)
                continue
            }
            // One bill may have come in two forms, of which one names no account; of several it cannot be told whose it is.
            guard key.account != nil || senders.count <= 1 else { continue }
            let sender = key.account ?? senders.first ?? ""
            let service = key.value(ofDimension: "ServiceName")
            let account = key.value(ofDimension: "LinkedAccount")
            switch (service, account) {
            case (nil, nil):
                if !linked.contains(sender) { samples[.total, default: [:]][sender, default: []] += own }
                if !sender.isEmpty { samples[.account(sender), default: [:]]["self", default: []] += own }
            case (let service?, nil):
                guard !linked.contains(sender) else { continue }
                samples[.service(services.id(of: service) ?? service), default: [:]]["\(sender) \(service)", default: []] += own
            case (nil, let account?): samples[.account(account), default: [:]]["linked", default: []] += own
            case (.some, .some): continue
            }
        }
        curves = samples.mapValues { bySender in
            // What an account says of itself and what its payer says of it is one bill.
            if bySender["linked"] != nil || bySender["self"] != nil {
                return MonthToDateSeries(samples: bySender["linked"] ?? bySender["self"] ?? [], asOf: asOf)
            }
            let curves = bySender.sorted { $0.key < $1.key }.map { MonthToDateSeries(samples: $0.value, asOf: asOf) }
            return curves.count == 1 ? curves[0] : MonthToDateSeries(sumOf: curves)
        }.filter { !$0.value.points.isEmpty }
        otherCurrencies = currencies.sorted()
    }

    /// Whether anything is known.
    public var isEmpty: Bool { curves.isEmpty }
    /// Ids of the services seen, in order.
    public var services: [String] { curves.keys.compactMap { if case .service(let id) = $0 { id } else { nil } }.sorted() }
}
