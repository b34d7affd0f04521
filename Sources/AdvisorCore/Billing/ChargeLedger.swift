/// The estimated charges of AWS/Billing by scope, so that nothing is counted twice.
///
/// `{Currency}` is the total. `{ServiceName}` and `{LinkedAccount}` are parts of it and never added to it. If several
/// accounts publish their own totals, an account that another names as linked is part of that one's total.
public struct ChargeLedger: Sendable {
    /// The scope of a series.
    public enum Scope: Hashable, Sendable {
        /// The total.
        case total
        /// A service, by its id or else its billing name.
        case service(String)
        /// An account, by its number.
        case account(String)
    }

    /// The series by scope; scopes without data are absent.
    public private(set) var curves: [Scope: MonthToDateSeries]
    /// Other currencies in the data; they are ignored, since amounts of several currencies cannot be added.
    public private(set) var otherCurrencies: [String]

    /// The metric with the charges.
    public static let namespace = "AWS/Billing"
    /// The name of the metric.
    public static let metric = "EstimatedCharges"

    /// Whether a series contains estimated charges.
    public static func holds(_ key: SeriesKey) -> Bool { key.namespace == namespace && key.name == metric }

    /// Reads the charges from series.
    /// - Parameters:
    ///   - series: The series; those of other metrics are ignored.
    ///   - services: The names of services.
    ///   - asOf: Samples at or after this time are ignored.
    public init(_ series: [(key: SeriesKey, samples: [Sample])], services: ServiceCatalog, asOf: Timestamp) {
        var currencies: Set<String> = []
        // By scope, then by publishing account.
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
            // The same charges may exist with and without an account; with several accounts the assignment is unknown.
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
            // The totals that an account and its payer publish for it are the same charges.
            if bySender["linked"] != nil || bySender["self"] != nil {
                return MonthToDateSeries(samples: bySender["linked"] ?? bySender["self"] ?? [], asOf: asOf)
            }
            let curves = bySender.sorted { $0.key < $1.key }.map { MonthToDateSeries(samples: $0.value, asOf: asOf) }
            return curves.count == 1 ? curves[0] : MonthToDateSeries(sumOf: curves)
        }.filter { !$0.value.points.isEmpty }
        otherCurrencies = currencies.sorted()
    }

    /// Whether there are no charges.
    public var isEmpty: Bool { curves.isEmpty }
    /// The ids of the services with charges, sorted.
    public var services: [String] { curves.keys.compactMap { if case .service(let id) = $0 { id } else { nil } }.sorted() }
}
