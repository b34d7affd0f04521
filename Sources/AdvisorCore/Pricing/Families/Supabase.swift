/// Plans of Supabase: a flat monthly price that includes storage, backups, sign-in and an API.
public struct Supabase: DatabaseFamily {
    /// `supabase`.
    public let id = DatabaseFamilyID(rawValue: "supabase")
    /// `Supabase`.
    public let title = "Supabase"
    /// Supabase.
    public let billingService = "supabase"
    /// False.
    public let hasRegionalPrices = false
    /// Included.
    public let storageBilling = StorageBilling.included
    /// What secrets, functions, an API and sign-in cost on AWS.
    public let includedServices: Set<String> = ["secrets-manager", "lambda", "api-gateway", "cognito"]
    /// None: CloudWatch has none.
    public let collectedMetrics: [MetricID] = []

    /// Creates the family.
    public init() {}

    /// Whether it is a plan of Supabase.
    public func claims(engine: DatabaseEngine) -> Bool { engine.rawValue == "supabase" }

    /// Only of its own plans.
    public func prices(_ engine: DatabaseEngine) -> Bool { engine.rawValue == "supabase" }
}
