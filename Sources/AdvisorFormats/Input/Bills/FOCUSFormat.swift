internal import AdvisorCore

extension BillFormat {
    /// FOCUS 1.x of any provider.
    static let focus = BillFormat(
        id: "focus", words: "FOCUS 1.x, CSV or JSON Lines, of AWS or any other provider",
        detects: {
            BillDialect.focus.detects(
                $0,
                marks: [
                    "billedcost", "effectivecost", "billingcurrency", "chargecategory", "chargeperiodstart", "billingperiodstart",
                    "servicename", "servicecategory", "providername", "serviceprovidername",
                ], least: 3) || JSONBill.detects($0, keys: jsonKeys)
        },
        parser: { source, context, collector in
            let first = SampleFormat.firstByte(try source.prefix(64 << 10))
            let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
            try (isJSON ? JSONBill.read : BillReader.read)(source, .focus, context, collector)
        })

    private static let jsonKeys = [
        "BilledCost", "EffectiveCost", "BillingCurrency", "ChargeCategory", "ChargePeriodStart", "ServiceName",
    ]
}

extension BillDialect {
    static let focus = BillDialect(
        title: "FOCUS", source: .focus,
        names: [
            .payer: ["BillingAccountId"], .period: ["BillingPeriodStart"], .account: ["SubAccountId"], .service: ["ServiceName"],
            .serviceCode: ["x_ServiceCode"], .usageType: ["x_UsageType", "SkuMeter"], .kind: ["ChargeCategory"],
            .chargeClass: ["ChargeClass"], .commitment: ["CommitmentDiscountStatus"], .currency: ["BillingCurrency"],
            .unit: ["ConsumedUnit", "PricingUnit"],
            .provider: ["ServiceProviderName", "ProviderName"], .start: ["ChargePeriodStart"], .end: ["ChargePeriodEnd"],
            .cost: ["BilledCost"], .usage: ["ConsumedQuantity", "PricingQuantity"],
        ],
        required: [.service, .kind, .start, .cost, .currency, .provider], provider: nil, currency: nil,
        category: focusCategory)
}
