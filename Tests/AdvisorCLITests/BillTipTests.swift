import AdvisorTestSupport
import Foundation
import Testing

@Suite("Tips and allowances agree with the bill's total")
struct BillTipTests {
    private static let cur =
        "bill_payer_account_id,bill_billing_period_start_date,line_item_line_item_type,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit\n"
    private static let focus =
        "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ConsumedQuantity,ProviderName,ServiceName,x_ServiceCode,x_UsageType\n"

    private static func cur(
        _ type: String, _ usage: String, _ cost: String, kind: String = "Usage", month: Int = 10, product: String = "AmazonEC2"
    ) -> String {
        let (start, end) = ("2026-\(two(month))-01T00:00:00Z", "2026-\(two(month + 1))-01T00:00:00Z")
        return "1,\(start),\(kind),\(start),\(end),\(product),\(type),\(usage),USD,\(cost),Hrs\n"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func focus(_ type: String, _ usage: String, _ cost: String, product: String = "AmazonEC2") -> String {
        "\(cost),USD,2026-10-01T00:00:00Z,Usage,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,\(usage),AWS,\(product),\(product),\(type)\n"
    }

    private static func report(_ bill: String, now: String, stack: String = "name: T\n") throws -> [String: Any] {
        let folder = try TemporaryFolder()
        _ = try folder.write(stack, to: "advisor.yaml")
        let read = try Program.run(["ingest", "-", "--now", now], in: folder.url, input: bill)
        #expect(read.status == 0, "\(read.errors)")
        let run = try Program.run(["report", "--format", "json", "--now", now], in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    private static func tips(_ bill: String, now: String) throws -> [String: String] {
        let tips = try report(bill, now: now)["tips"] as? [[String: Any]] ?? []
        return Dictionary(
            tips.compactMap { tip in
                guard let rule = tip["rule"] as? String, let saving = tip["monthly_saving"] as? [String: Any] else { return nil }
                return (rule, saving["amount"] as? String ?? "unknown")
            }, uniquingKeysWith: { first, _ in first })
    }

    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var bill: String
        var now = "2026-11-01T00:00:00Z"
        var tips: [String: String]
    }

    static let rows = [
        Row(
            testDescription: "a month in FOCUS: one gateway and one idle address",
            bill: focus + focus("NatGateway-Hours", "744", "33.48") + focus("NatGateway-Bytes", "120", "5.40")
                + focus("PublicIPv4:IdleAddress", "744", "3.72", product: "AmazonVPC"),
            tips: ["nat-gateway-paid": "35.23", "idle-addresses-billed": "3.72"]),
        Row(
            testDescription: "a month in CUR: Extended Support",
            bill: cur + cur("APS2-ExtendedSupport:Yr3:MySQL5.7", "1488", "357.12", product: "AmazonRDS"),
            tips: ["extended-support-billed": "357.12"]),
        Row(
            testDescription: "ten days of a month that is not over are a third of it",
            bill: cur + cur("PublicIPv4:IdleAddress", "240", "1.20", month: 11, product: "AmazonVPC"),
            now: "2026-11-11T00:00:00Z", tips: ["idle-addresses-billed": "3.60"]),
        Row(
            testDescription: "a short month of two gateways",
            bill: cur + cur("NatGateway-Hours", "1344", "60.48", month: 2), now: "2026-03-01T00:00:00Z",
            tips: ["nat-gateway-paid": "53.18"]),
        Row(
            testDescription: "a discount is not saved again",
            bill: cur + cur("PublicIPv4:IdleAddress", "744", "3.72", product: "AmazonVPC")
                + cur("PublicIPv4:IdleAddress", "744", "-0.72", kind: "EdpDiscount", product: "AmazonVPC"),
            tips: ["idle-addresses-billed": "3.00"]),
        Row(
            testDescription: "volumes and logs that were billed less than their list price",
            bill: cur + cur("EBS:VolumeUsage.gp2", "100", "0.50")
                + cur("USE1-DataProcessing-Bytes", "105", "1.25", product: "AmazonCloudWatch"),
            tips: ["gp2-volumes-billed": "0.50", "log-data-billed": "1.25"]),
        Row(testDescription: "volumes that were free", bill: cur + cur("EBS:VolumeUsage.gp2", "30", "0"), tips: [:]),
        Row(
            testDescription: "three addresses in a month of 31 days",
            bill: cur + cur("PublicIPv4:InUseAddress", "2232", "11.16", product: "AmazonVPC"), tips: [:]),
        Row(
            testDescription: "three addresses in ten of 31 days",
            bill: cur + cur("PublicIPv4:InUseAddress", "720", "3.60", product: "AmazonVPC"), now: "2026-10-11T00:00:00Z",
            tips: [:]),
        Row(
            testDescription: "four addresses in February",
            bill: cur + cur("PublicIPv4:InUseAddress", "2688", "13.44", month: 2, product: "AmazonVPC"),
            now: "2026-03-01T00:00:00Z", tips: ["public-addresses-billed": "13.44"]),
    ]

    @Test("no tip saves more than was billed", arguments: rows)
    func tips(_ row: Row) throws { #expect(try Self.tips(row.bill, now: row.now) == row.tips) }

    static let months: [Row] = [
        Row(
            testDescription: "a month in FOCUS",
            bill: focus + focus("NatGateway-Hours", "744", "33.48") + focus("NatGateway-Bytes", "120", "5.40")
                + focus("PublicIPv4:IdleAddress", "744", "3.72", product: "AmazonVPC"), tips: ["": "42.60"]),
        Row(
            testDescription: "a month in CUR, with a credit",
            bill: cur + cur("NatGateway-Hours", "744", "33.48") + cur("NatGateway-Hours", "0", "-0.20", kind: "Credit")
                + cur("PublicIPv4:IdleAddress", "744", "3.72", product: "AmazonVPC"), tips: ["": "37.00"]),
        Row(
            testDescription: "a month of Cost Explorer",
            bill: """
                {"GroupDefinitions":[{"Type":"DIMENSION","Key":"SERVICE"}],"ResultsByTime":[{"TimePeriod":{"Start":"2026-10-01",                "End":"2026-11-01"},"Total":{},"Groups":[{"Keys":["Amazon Elastic Compute Cloud - Compute"],"Metrics":                {"UnblendedCost":{"Amount":"38.88","Unit":"USD"}}},{"Keys":["Amazon Virtual Private Cloud"],"Metrics":                {"UnblendedCost":{"Amount":"3.72","Unit":"USD"}}}],"Estimated":false}]}
                """, tips: ["": "42.60"]),
    ]

    @Test("the bill of a month that is dated by its beginning is the whole of it", arguments: months)
    func spent(_ row: Row) throws {
        let money = try Self.report(row.bill, now: row.now)["money"] as? [String: Any]
        #expect((money?["spent"] as? [String: Any])?["amount"] as? String == row.tips[""])
    }

    @Test("what a savings plan covers uses an allowance once")
    func allowance() throws {
        let lines = ["SavingsPlanCoveredUsage", "SavingsPlanNegation"].map { kind in
            Self.cur(
                "Lambda-GB-Second", "240000", kind == "SavingsPlanNegation" ? "-4.00" : "4.00", kind: kind, month: 11,
                product: "AWSLambda")
        }
        let fee = Self.cur(
            "ComputeSP:1yrNoUpfront", "720", "7.20", kind: "SavingsPlanRecurringFee", month: 11, product: "ComputeSavingsPlans")
        let report = try Self.report(Self.cur + lines.joined() + fee, now: "2026-11-30T23:00:00Z")
        let allowances = try #require(report["free_tier"] as? [[String: Any]])
        let lambda = try #require(allowances.first { $0["id"] as? String == "lambda-gb-seconds" })
        #expect(lambda["used"] as? Double == 240_000)
        #expect(lambda["used_percent"] as? Double == 60)
        let money = try #require(report["money"] as? [String: Any])
        #expect("\(money)".contains("7.20"))
    }
}
