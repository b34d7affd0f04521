// The sections of the data files; no schema of them is published.
extension Section {
    static let catalogFile = Section(
        "the file", required: ["region", "tiers"], optional: ["currency", "items"])
    static let extendedSupportFile = Section("the file", required: ["versions"])
    static let extendedSupport = Section(
        "a version", required: ["engine", "version", "from", "source", "as_of"], optional: ["third_year"])
    static let commitmentsFile = Section("the file", required: ["commitments"])
    static let commitment = Section(
        "a commitment", required: ["id", "months", "discount", "covers", "source", "as_of"], optional: ["generation"])
    static let catalogItem = Section(
        "an item", required: ["id", "title", "service", "unit", "price"], optional: ["free", "global"])
    static let shapesFile = Section(
        "the file", required: ["as_of", "source", "series", "connections", "storage"])
    static let series = Section(
        "a series", required: ["id", "processor", "graviton", "generation", "sizes"], optional: ["aurora", "source", "as_of"])
    static let shape = Section(
        "a size", required: ["vcpu", "memory"], optional: ["network", "ebs_mbps", "ebs_iops", "credits", "baseline"])
    static let connectionFormula = Section(
        "a limit", required: ["engine", "source", "as_of"], optional: ["divisor", "at_most", "logarithms"])
    static let logarithm = Section("a term", required: ["divisor", "factor"])
    static let storageType = Section(
        "a storage type", required: ["id", "title", "minimum", "maximum", "source", "as_of"],
        optional: [
            "included", "provisioned", "iops_per_gib", "minimum_iops", "maximum_iops", "burst_iops", "bills_iops",
            "bills_requests",
        ])
    static let includedPerformance = Section("an inclusion", required: ["from", "iops", "mbps"])
    static let provisionedOperations = Section("a range", required: ["from", "least", "most"])
    static let pricesFile = Section(
        "the file", required: ["region"], optional: ["currency", "published", "instances", "prices"])
    static let instancePrices = Section(
        "a list of prices", required: ["engines", "source", "as_of", "hourly"], optional: ["verified"])
    static let tier = Section(
        "a tier", required: ["id", "title", "engine", "rank"],
        optional: [
            "family", "guide_path", "vcpu", "memory", "max_users", "max_connections", "max_storage", "credits", "capacity",
            "minimum_storage", "storage_type", "prices", "remarks", "minimum_versions",
        ])
    static let tierPrices = Section(
        "prices", required: [], optional: ["hourly", "hourly_multi_az", "monthly", "storage", "storage_multi_az"])
    static let tierCredits = Section("credits", required: ["per_hour", "max_balance", "baseline"], optional: ["surplus"])
    static let tierCapacity = Section("capacity", required: ["min", "max", "instances", "price"])
    static let sourcedPrice = Section("a price", required: ["usd", "source", "as_of"], optional: ["verified"])
    static let servicesFile = Section("the file", required: ["services"], optional: ["presets", "totals"])
    static let service = Section("a service", required: ["id"], optional: ["title", "aliases"])
    static let usageTypesFile = Section("the file", required: ["usages"])
    static let usage = Section(
        "a usage", required: ["name", "title", "types", "unit", "source", "as_of"], optional: ["services", "except"])
    static let freeTierFile = Section("the file", required: ["allowances"], optional: ["new_accounts"])
    static let newAccounts = Section(
        "'new_accounts'", required: ["since", "plan_months", "credit_months", "source", "as_of"])
    static let allowance = Section(
        "an allowance", required: ["id", "title", "offer", "amount", "source", "as_of"],
        optional: ["span", "billed", "metric", "sums", "beyond", "verified"])
    static let metricsFile = Section("the file", required: ["metrics"], optional: ["kinds"])
    static let metric = Section(
        "a metric", required: ["title", "kinds", "unit", "display", "statistic", "period"],
        optional: ["namespace", "name", "dimension", "other_dimensions", "derived", "minimum", "maximum"])
}
