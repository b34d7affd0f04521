public import AdvisorCore
internal import Foundation

/// Reads `free-tier.yaml`.
public enum FreeTierFile {
    /// Reads the file.
    /// - Parameters:
    ///   - text: The content of the file.
    ///   - file: The name for errors.
    ///   - metrics: The metrics.
    ///   - services: The services with their billed usage.
    /// - Returns: The valid allowances, and all errors.
    public static func read(_ text: String, file: String, metrics: MetricCatalog, services: ServiceCatalog) -> (
        value: FreeTier, diagnostics: [Diagnostic]
    ) {
        let reader = YAMLReader(file: file)
        var result = FreeTier()
        if let root = reader.root(text)?.mapping(.freeTierFile) {
            if let new = root["new_accounts"]?.mapping(.newAccounts) {
                result.creditsSince = new["since"]?.day()
                result.planMonths = new["plan_months"]?.integer(atLeast: 1) ?? result.planMonths
                result.creditMonths = new["credit_months"]?.integer(atLeast: 1) ?? result.creditMonths
                _ = new["source"]?.string()
                _ = new["as_of"]?.day()
            }
            for value in root["allowances"]?.elements("a list of allowances") ?? [] {
                guard let allowance = allowance(value, metrics, services, result.creditsSince) else { continue }
                if result.allowances.contains(where: { $0.id == allowance.id }) {
                    value.fail("duplicate allowance '\(allowance.id)'")
                }
                result.allowances.append(allowance)
            }
        }
        return (result, reader.diagnostics)
    }

    private static func allowance(
        _ value: YAMLValue, _ metrics: MetricCatalog, _ services: ServiceCatalog, _ since: CivilDate?
    ) -> Allowance? {
        let before = value.reader.errors
        guard let mapping = value.mapping(.allowance) else { return nil }
        let id = mapping["id"]?.string()
        let title = mapping["title"]?.string()
        let offer = mapping["offer"]?.read("offer", "always, 12-months or a plan such as supabase-free") { Self.offer($0, since) }
        let span = mapping["span"]?.choice(Allowance.Span.self) ?? .month
        let amount = mapping["amount"]?.read("amount", "1000000, 5GB or 750h", amount)
        let billed = mapping["billed"]?.elements().compactMap { element in
            element.read("billed usage", "a name such as lambda_requests") { services.usage(BilledUsageID(rawValue: $0))?.id }
        }
        let reading = mapping["metric"]?.read("metric", "a name of metrics.yaml") { name in
            metrics.metric(named: name).map { Allowance.UsageMetric(metric: $0.id, isSum: true) }
        }
        let isSum = mapping["sums"]?.boolean() ?? true
        let beyond = mapping["beyond"]?.string() ?? ""
        let source = mapping["source"]?.string()
        let asOf = mapping["as_of"]?.day()
        let isVerified = mapping["verified"]?.boolean() ?? true
        guard value.reader.errors == before, let id, let title, let offer, let amount, let source, let asOf else { return nil }
        return Allowance(
            id: id, title: title, offer: offer, span: span, amount: amount.0, measure: amount.1, billed: billed ?? [],
            reading: reading.map { Allowance.UsageMetric(metric: $0.metric, isSum: isSum) }, beyond: beyond, source: source,
            asOf: asOf.description, isVerified: isVerified)
    }

    private static func offer(_ text: String, _ since: CivilDate?) -> Allowance.Offer? {
        if text == "always" { return .always }
        if text == "12-months" { return since.map { .firstMonths(12, madeBefore: $0) } }
        return text.contains("-") ? .plan(text) : nil
    }

    /// In the base unit of its kind.
    private static func amount(_ text: String) -> (Decimal, QuantityKind)? {
        if let bytes = QuantityText.bytes(text) { return (Decimal(bytes), .bytes) }
        if let time = QuantityText.duration(text) { return (Decimal(time.milliseconds) / 1000, .time) }
        return QuantityText.decimal(text).map { ($0, .count) }
    }
}
