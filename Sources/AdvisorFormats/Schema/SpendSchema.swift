import AdvisorCore

// What the files say of money: tips of rules, bills of scenarios, the account and the prices of the stack file.
extension Section {
    static let tip = Section(
        "a tip", "What following the rule's advice saves.",
        [
            Field(
                "saves", .choice(SavingsOpportunity.allCases.map(\.rawValue)), "How the saving is computed.",
                example: "nat-gateway", isRequired: true),
            Field(
                "effort", .choice(RuleTip.Effort.allCases.map(\.rawValue)), "How long it takes.", example: "hours",
                isRequired: true),
            Field("risk", .choice(RuleTip.Risk.allCases.map(\.rawValue)), "What can go wrong.", example: "low", isRequired: true),
            Field("how", .localized, "What to do, in one sentence, also by language.", fallback: "the summary"),
        ])

    static let spendOfScenario = [
        Field("bill", .list(.section(.charge)), "The bill of the whole month that the scenario starts in."),
        Field("allowance", .section(.allowanceUse), "How much of a free allowance is used; for resources of that kind."),
    ]

    static let charge = Section(
        "a charge", "One line of a bill.",
        [
            Field("service", .text, "Under any of its names.", example: "AmazonRDS", isRequired: true),
            Field("usage_type", .text, "As the bill has it.", example: "NatGateway-Hours"),
            Field("usage", .text, "How much was used.", example: "744"),
            Field("cost", .text, "What was charged.", example: "$33.48", isRequired: true),
            Field("category", .choice(ChargeCategory.allCases.map(\.rawValue)), "What kind of charge.", fallback: "usage"),
            Field("day", .day, "Its day.", example: "2026-03-10", fallback: "the month's first"),
        ])

    static let allowanceUse = Section(
        "an allowance's use", "What is known of it.",
        [
            Field("used", .share, "Used this month.", example: "81%"),
            Field("expected", .share, "Expected at the month's end.", example: "112%"),
            Field("time_left", .duration, "Until it ends.", example: "29d"),
        ])

    static let accountAndPrices = [
        Field("account", .section(.account), "The account that pays."),
        Field("region", .text, "The region whose prices apply.", example: "us-east-1", fallback: "us-east-1"),
        Field(
            "prices", .map(.either([.money, .section(.price)]), keys: nil), "Your own prices, by the ids of `advisor prices`.",
            example: "{ nat-gateway-hour: $0.045 }"),
    ]

    static let account = Section(
        "an account", "The account that pays.",
        [
            Field("created", .day, "When it was created; decides which free tier it has.", example: "2026-02-01"),
            Field("credits", .list(.section(.credit)), "Promotional credits."),
            Field("plans", .list(.text), "Plans of other providers.", example: "[vercel-hobby]"),
        ])

    static let credit = Section(
        "a credit", "Promotional credit of the provider.",
        [
            Field("amount", .money, "The amount granted.", example: "$1000", isRequired: true),
            Field("expires", .day, "The last day on which it is valid.", example: "2027-01-31"),
            Field("used", .money, "The amount used.", example: "$300", fallback: "nothing"),
            Field("used_on", .day, "The day up to which that counts; later bills come on top.", example: "2026-03-01"),
        ])

    static let price = Section(
        "a price", "A price of your own.",
        [
            Field("usd", .text, "US dollars for one unit.", example: "0.045", isRequired: true),
            Field("source", .text, "Where you have it from.", fallback: "your advisor.yaml"),
            Field("as_of", .day, "When you read it.", example: "2026-11-01"),
        ])
}
