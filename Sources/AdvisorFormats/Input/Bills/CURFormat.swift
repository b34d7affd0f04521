internal import AdvisorCore

extension BillFormat {
    /// AWS's Cost and Usage Report: 2.0, or legacy with `lineItem/…` headers.
    static let cur = BillFormat(
        id: "cur", words: "AWS Cost and Usage Report, CSV: 2.0, or legacy with headers such as `lineItem/UnblendedCost`",
        detects: { BillDialect.cur.detects($0, marks: ["line_item_*", "lineitem/*"], least: 1) },
        parser: { try BillReader.read($0, .cur, $1, $2) })
}

extension BillDialect {
    static let cur = BillDialect(
        title: "CUR", source: .cur,
        names: [
            .payer: ["bill_payer_account_id", "bill/PayerAccountId"],
            .period: ["bill_billing_period_start_date", "bill/BillingPeriodStartDate"],
            .account: ["line_item_usage_account_id", "lineItem/UsageAccountId"],
            .service: ["line_item_product_code", "lineItem/ProductCode"],
            .usageType: ["line_item_usage_type", "lineItem/UsageType"],
            .kind: ["line_item_line_item_type", "lineItem/LineItemType"],
            .currency: ["line_item_currency_code", "lineItem/CurrencyCode"],
            .unit: ["pricing_unit", "pricing/unit"],
            .start: ["line_item_usage_start_date", "lineItem/UsageStartDate"],
            .end: ["line_item_usage_end_date", "lineItem/UsageEndDate"],
            .cost: ["line_item_unblended_cost", "lineItem/UnblendedCost"],
            .usage: ["line_item_usage_amount", "lineItem/UsageAmount"],
        ],
        required: [.service, .kind, .start, .cost], provider: "AWS", currency: "USD",
        category: { awsCategory($0.kind) })
}
