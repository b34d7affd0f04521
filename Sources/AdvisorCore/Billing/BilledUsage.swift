/// A kind of billed usage, with the usage types that stand for it.
public struct BilledUsage: Hashable, Sendable {
    /// The name in rules after `billed.`: `nat_gateway_hours`.
    public var name: String
    /// The title for people.
    public var title: String
    /// The services whose bill contains it, as ids of the service catalog; the same usage type of other services does not
    /// count.
    public var services: Set<String>
    /// The usage types without region prefix; `*` at either end matches anything.
    public var types: [String]
    /// The kind of quantity on the bill: hours, gigabytes, or a plain number.
    public var measure: QuantityKind

    /// All billed usage that rules and allowances can use.
    ///
    /// Source of the usage types: AWS Price List, offers AmazonEC2, AmazonVPC, AmazonRDS, AmazonCloudWatch, AWSLambda,
    /// AmazonApiGateway, AmazonS3, AmazonCognito, AWSDataTransfer, AmazonCloudFront.
    public static let all: [BilledUsage] = [
        BilledUsage("nat_gateway_hours", "NAT gateway hours", ["ec2"], ["NatGateway-Hours"], .time),
        BilledUsage("nat_gateway_bytes", "NAT gateway data", ["ec2"], ["NatGateway-Bytes"], .bytes),
        BilledUsage("public_ipv4_hours", "public IPv4 addresses in use", ["vpc", "ec2"], ["PublicIPv4:InUseAddress"], .time),
        BilledUsage(
            "idle_ipv4_hours", "idle public IPv4 addresses", ["vpc", "ec2"],
            ["PublicIPv4:IdleAddress", "ElasticIP:IdleAddress"], .time),
        BilledUsage("log_bytes", "log ingestion", ["cloudwatch"], ["DataProcessing-Bytes"], .bytes),
        BilledUsage("log_storage", "log storage", ["cloudwatch"], ["TimedStorage-ByteHrs"], .bytes),
        BilledUsage("extended_support_hours", "Extended Support, vCPU-hours", ["rds"], ["*ExtendedSupport*"], .time),
        BilledUsage(
            "backup_storage", "backup storage above the free allowance", ["rds"],
            ["RDS:ChargedBackupUsage", "Aurora:BackupUsage"], .bytes
        ),
        BilledUsage("gp2_storage", "gp2 volumes", ["ec2"], ["EBS:VolumeUsage.gp2"], .bytes),
        BilledUsage("surplus_credit_hours", "surplus CPU credits, vCPU-hours", ["rds"], ["*CPUCredits:*"], .time),
        BilledUsage("lambda_requests", "Lambda requests", ["lambda"], ["Request", "Request-ARM"], .count),
        BilledUsage("lambda_gb_seconds", "Lambda GB-seconds", ["lambda"], ["Lambda-GB-Second*"], .count),
        BilledUsage(
            "api_requests", "API Gateway requests", ["api-gateway"], ["ApiGatewayRequest", "ApiGatewayHttpRequest"], .count),
        BilledUsage("s3_storage", "S3 Standard storage", ["s3"], ["TimedStorage-ByteHrs"], .bytes),
        BilledUsage("cognito_users", "Cognito monthly active users", ["cognito"], ["*MAU*"], .count),
        BilledUsage(
            "micro_database_hours", "hours of micro instances", ["rds"],
            ["InstanceUsage:db.t2.micro", "InstanceUsage:db.t3.micro", "InstanceUsage:db.t4g.micro"], .time),
        BilledUsage("database_storage", "database storage", ["rds"], ["RDS:GP2-Storage", "RDS:GP3-Storage"], .bytes),
        BilledUsage("data_out", "data transfer out to the internet", [], ["DataTransfer-Out-Bytes"], .bytes),
        BilledUsage("cloudfront_bytes", "CloudFront data transfer out", ["cloudfront"], ["DataTransfer-Out-Bytes"], .bytes),
        BilledUsage("cloudfront_requests", "CloudFront requests", ["cloudfront"], ["Requests-*"], .count),
    ]

    /// The usage with a name; nil if there is none.
    public static func named(_ name: String) -> BilledUsage? { all.first { $0.name == name } }

    private init(_ name: String, _ title: String, _ services: Set<String>, _ types: [String], _ measure: QuantityKind) {
        (self.name, self.title, self.services, self.types, self.measure) = (name, title, services, types, measure)
    }

    /// Whether a charge counts; tax, credits and refunds never do.
    public func counts(_ charge: Charge) -> Bool {
        guard charge.category == .usage || charge.category == .net, let type = charge.usageType else { return false }
        if services.isEmpty ? charge.service == "cloudfront" : !services.contains(charge.service) { return false }
        let plain = Self.withoutRegion(type)
        return types.contains { Self.matches(plain, $0) }
    }

    /// Removes the region prefix: `NatGateway-Hours` for `USE1-NatGateway-Hours`.
    static func withoutRegion(_ type: String) -> Substring {
        guard let dash = type.firstIndex(of: "-") else { return type[...] }
        let head = type[..<dash]
        let letters = head.prefix { $0.isASCII && $0.isUppercase }
        let digits = head.dropFirst(letters.count)
        guard (2...4).contains(letters.count), digits.count <= 1, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return type[...]
        }
        return type[type.index(after: dash)...]
    }

    private static func matches(_ type: Substring, _ pattern: String) -> Bool {
        switch (pattern.hasPrefix("*"), pattern.hasSuffix("*")) {
        case (true, true): type.contains(pattern.dropFirst().dropLast())
        case (true, false): type.hasSuffix(pattern.dropFirst())
        case (false, true): type.hasPrefix(pattern.dropLast())
        case (false, false): type == pattern
        }
    }
}
