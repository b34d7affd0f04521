import AdvisorCore
import AdvisorFormats
import Testing

/// A bill as it is read, without a store.
struct BillReading {
    var lines: [ChargeBatch.Line] = []
    var covered: [BillKey: ClosedRange<Int>] = [:]
    var problems: [String] = []
    var rejected = 0

    init(_ text: String, now: String = "2026-11-10T00:00:00Z") throws {
        var context = IngestContext(now: try #require(Timestamp(text: now)), metrics: MetricCatalog())
        context.services = try BundledFiles.services()
        let source = ByteSource(Array(text.utf8), chunk: 97)
        let format = try #require(try BillFormat.detect(source), "no format")
        var found: [ChargeBatch] = []
        let collector = ChargeCollector { found.append($0) }
        try format.parse(source, context, collector)
        lines = found.flatMap(\.lines)
        for batch in found {
            covered.merge(batch.covered) { min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound) }
        }
        problems = collector.problems.map { "\($0.line):\($0.column.map { "\($0)" } ?? "-"): \($0.problem)" }
        rejected = collector.rejected
    }

    /// The exact cost of all lines.
    var total: String { Self.money(lines.reduce(Int128(0)) { $0 + $1.cost }) }
    /// The number of lines of the input.
    var count: Int { lines.reduce(0) { $0 + $1.count } }
    /// The exact usage of all lines that state one; nil if none does.
    var usage: String? {
        let known = lines.compactMap(\.usage)
        return known.isEmpty ? nil : FixedPoint.text(known.reduce(0, +), digits: FixedPoint.usageDigits)
    }

    /// The cost of each day: `10-01 1.08`; long ones end with `~`.
    var days: [String] {
        lines.sorted { $0.day < $1.day }.map { line in
            "\(CivilDate(daysSinceEpoch: line.day).text.dropFirst(5)) \(Self.money(line.cost))\(line.isLong ? "~" : "")"
        }
    }

    private static func money(_ units: Int128) -> String { FixedPoint.text(units, digits: FixedPoint.moneyDigits) }

    static let curHeader =
        "bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit\n"
    static let legacyHeader =
        "bill/PayerAccountId,bill/BillingPeriodStartDate,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,lineItem/UsageType,lineItem/UsageAmount,lineItem/CurrencyCode,lineItem/UnblendedCost,pricing/unit\n"
    static let focusHeader =
        "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargeClass,CommitmentDiscountStatus,ChargePeriodStart,ChargePeriodEnd,ConsumedQuantity,ConsumedUnit,ProviderName,ServiceName,x_ServiceCode,x_UsageType\n"

    /// A line of a CUR of October 2026.
    static func cur(
        _ kind: String = "Usage", _ start: String = "2026-10-01T00:00:00Z", _ end: String = "2026-11-01T00:00:00Z",
        usage: String = "744", cost: String, type: String = "NatGateway-Hours"
    ) -> String {
        let product = type.hasPrefix("Lambda") ? "AWSLambda" : "AmazonEC2"
        return
            "111122223333,2026-10-01T00:00:00Z,111122223333,\(kind),\(start),\(end),\(product),\(type),\(usage),USD,\(cost),Hrs\n"
    }

    /// A line of a FOCUS file of October 2026.
    static func focus(
        _ kind: String = "Usage", _ chargeClass: String = "", _ commitment: String = "", start: String = "2026-10-01T00:00:00Z",
        end: String = "2026-11-01T00:00:00Z", usage: String = "744", cost: String, type: String = "NatGateway-Hours"
    ) -> String {
        let (name, code) = type.hasPrefix("Lambda") ? ("AWS Lambda", "AWSLambda") : ("Amazon EC2", "AmazonEC2")
        return
            "\(cost),USD,2026-10-01T00:00:00Z,\(kind),\(chargeClass),\(commitment),\(start),\(end),\(usage),Hrs,AWS,\(name),\(code),\(type)\n"
    }

    /// An answer of Cost Explorer with one group.
    static func costExplorer(
        _ record: String = "Usage", from start: String = "2026-10-01", to end: String = "2026-11-01", usage: String = "744",
        cost: String, type: String = "NatGateway-Hours"
    ) -> String {
        """
        {"GroupDefinitions":[{"Type":"DIMENSION","Key":"SERVICE"},{"Type":"DIMENSION","Key":"USAGE_TYPE"},\
        {"Type":"DIMENSION","Key":"RECORD_TYPE"}],"ResultsByTime":[{"TimePeriod":{"Start":"\(start)","End":"\(end)"},"Total":{},\
        "Groups":[{"Keys":["\(type.hasPrefix("Lambda") ? "AWS Lambda" : "EC2 - Other")","\(type)","\(record)"],"Metrics":{\
        "UnblendedCost":{"Amount":"\(cost)","Unit":"USD"},"UsageQuantity":{"Amount":"\(usage)","Unit":"Hrs"}}}]}]}

        """
    }
}
