import AdvisorCore

extension FileSchema {
    /// A scenario file.
    static let scenario = FileSchema(id: "scenario", root: .scenarioFile, definitions: [:])
}

extension Section {
    static let scenarioFile = Section(
        "a scenario file", "Tests of rules: samples, and the results they must give. `advisor rules test` runs it.",
        [
            Field(
                "rules", .list(.text), "The rule files, relative to this one.", example: "[../guide-7.2-upgrade.yaml]",
                isRequired: true),
            Field("scenarios", .list(.section(.scenario)), "The tests.", isRequired: true),
        ])

    static let scenario = Section(
        "a scenario", "One resource, its samples, and the results that its rules must give.",
        [
            Field(
                "name", .text, "As a sentence; failures show it.", example: "sustained across a short gap", isRequired: true),
            Field("resource", .section(.resource), "The resource that is evaluated.", isRequired: true),
            Field(
                "stack", .section(.stack), "What the stack file would add.", fallback: "nothing is known"),
            Field("start", .time, "The time of the first values.", example: "2026-01-01T00:00:00Z", isRequired: true),
            Field("interval", .duration, "Between two values; it is also each sample's period.", example: "1m"),
            Field(
                "series", .mapOf(.either([.values, .section(.scenarioSeries)]), keys: .metrics),
                "Values by metric, in the metric's display unit (percent, GB, ms, USD, count).",
                example: "{ cpu: 50 85x3 _x2 90x10 }"),
            Field("expect", .list(.section(.expectation)), "What must hold, and when.", isRequired: true).filled(),
            Field("quiet", .boolean, "Whether a rule in ALARM that no expectation names is a failure.", fallback: "false"),
        ] + spendOfScenario)

    static let scenarioSeries = Section(
        "a series", "Values with an interval of their own.",
        [
            Field("interval", .duration, "Between two values.", fallback: "the scenario's"),
            Field(
                "values", .values,
                "`a+bxn` is a, a+b … a+n·b (n + 1 values), `axn` is a n + 1 times, `_` a missing value, `_xn` n missing ones.",
                isRequired: true),
        ])

    static let expectation: Section = {
        var section = Section(
            "an expectation", "What must hold at a time, after every earlier period end was evaluated in order.",
            [
                Field("at", .offset, "When, after the start.", example: "16m", isRequired: true),
                Field("rule", .kebabID, "Which rule.", example: "database-cpu-sustained"),
                Field("state", .choice(AlarmState.allCases.map(\.rawValue)), "The rule's state.", example: "ALARM"),
                Field("since", .offset, "When the state began.", example: "8m"),
                Field("episode", .section(.episode), "An interval in ALARM that has begun, and perhaps ended, by then."),
                Field(
                    "alert", .choice(Scenario.AlertKind.allCases.map(\.rawValue)),
                    "The alert that the rule would raise at that time; mutes and `unless_alarm` suppress it.",
                    example: "alarm"),
                Field("no_data", .boolean, "Whether the rule has insufficient data."),
                Field(
                    "gap", .text, "Why the rule has insufficient data: a code, and perhaps the metric or fact that is missing.",
                    example: "no_series cpu"),
                Field("recommendation", .section(.expectedRecommendation), "The resource's recommendation."),
            ])
        section.anyOf = [
            ["rule", "state"], ["rule", "episode"], ["rule", "alert"], ["rule", "no_data"], ["rule", "gap"], ["recommendation"],
        ]
        return section
    }()

    static let episode = Section(
        "an episode", "An interval in ALARM.",
        [
            Field("start", .offset, "When the state became ALARM.", example: "8m", isRequired: true),
            Field(
                "end", .either([.offset, .exactly("none")]), "When it left ALARM; `none` while it lasts.", example: "20m",
                fallback: "any"),
        ])

    static let expectedRecommendation = Section(
        "a recommendation", "What is recommended, and what it costs.",
        [
            Field(
                "action", .choice(Recommendation.Kind.allCases.map(\.rawValue)), "The first action.", example: "move",
                isRequired: true),
            Field("to", .text, "Its target.", example: "db.t4g.small"),
            Field("monthly_cost_before", .money, "The bill a month before it.", example: "$13.98"),
            Field("monthly_cost_after", .money, "The bill a month after all of it.", example: "$25.66"),
            Field("monthly_cost_after_max", .money, "The ceiling, where the tier is priced by usage.", example: "$352.40"),
        ])
}
