import AdvisorCore

extension FileSchema {
    /// A rule file.
    static let rule = FileSchema(id: "rule", root: .ruleFile, definitions: ["action": .action])
}

extension Section {
    static let ruleFile = Section(
        "a rule file", "Rules of advisor, and the thresholds that they share.",
        [
            Field("rules", .list(.section(.rule)), "The rules; ids are unique over all files.", isRequired: true),
            Field(
                "vars", .variables,
                "Named values that the file's expressions, titles and summaries use; `vars:` of the stack file overrides them.",
                example: "{ cpu_limit: 80% }"),
        ])

    static let rule: Section = {
        var section = Section("a rule", "When to report what about which kind of resource.", condition + evaluation + result)
        section.exclusive = [["for", "datapoints"]]
        return section
    }()

    private static let condition = [
        Field("id", .kebabID, "Its name, unique over all files.", example: "database-cpu-sustained", isRequired: true),
        Field(
            "title", .localized, "For people, also by language; `{name}` is a variable's value.",
            example: "CPU above {cpu_limit} for 5 minutes", isRequired: true),
        Field(
            "applies_to", .choice(ResourceKind.allCases.map(\.rawValue)),
            "The kind of resource; each one is evaluated by itself.",
            example: "database", isRequired: true),
        Field(
            "where", .expression, "Facts that the resource must meet; no samples here. An unknown fact is insufficient data.",
            example: "tier == \"db.t4g.micro\"", fallback: "all resources of the kind"),
        Field("when", .expression, "What must hold of a datapoint.", example: "avg(cpu) > 80%", isRequired: true),
    ]

    private static let evaluation = [
        Field(
            "period", .minutes, "The length of a datapoint; a series that is coarser makes it longer.", example: "1m",
            fallback: "5m"
        ),
        Field(
            "for", .duration, "For how long `when` must hold: every datapoint of that time.", example: "5m",
            fallback: "one datapoint"
        ),
        Field(
            "datapoints", .datapoints, "M of the last N datapoints must breach; in place of `for`.", example: "4 of 5",
            fallback: "one datapoint"),
        Field(
            "optional", .exactly("true"),
            "It does not apply to a resource without a sample of its metrics, instead of having insufficient data.",
            example: "true", fallback: "insufficient data"),
        Field(
            "missing", .choice(MissingData.allCases.map(\.rawValue)), "What a missing datapoint means, as in CloudWatch.",
            example: "ignore", fallback: "missing"),
        Field(
            "fallback", .choice(StatisticFallback.allCases.map(\.rawValue)),
            "What `min` and `max` use where only averages are stored; with `none` there is no datapoint.",
            example: "none", fallback: "average"),
        Field(
            "clear", .expression, "What must hold before the alarm ends.", example: "avg(cpu) < 70%",
            fallback: "`when` not holding is enough"),
        Field(
            "keep_firing_for", .duration, "How long the alarm is kept after it would have ended.", example: "15m",
            fallback: "not at all"),
    ]

    private static let result = [
        Field(
            "severity", .choice(Severity.allCases.map(\.rawValue)), "How much it matters.", example: "critical",
            fallback: "warning"),
        Field(
            "recommend", .reference("action"), "What to do; without it the rule is a finding only.",
            example: "{ move_to: db.t4g.small }"),
        Field(
            "summary", .localized,
            "One sentence, also by language, with {value} {threshold} {for} {resource} {since}, and the file's variables.",
            example: "CPU {value} over {for}, the guide allows {threshold}", fallback: "the title"),
        Field("cite", .text, "Where the rule comes from.", example: "AWS deployment guide, 7.2 (1)"),
        Field(
            "unless_alarm", .kebabID,
            "A rule of the same kind; while it is in ALARM on the same resource, this one is shown and neither recommends nor alerts.",
            example: "database-cpu-sustained"),
        Field("tip", .section(.tip), "What it saves a month; shown while the rule is in ALARM."),
    ]

    /// A text by language.
    static let localizedText = Section(
        "a text by language", "The languages of reports and alerts; English is shown where another is missing.",
        [
            Field("en", .text, "English.", example: "CPU above 80 % for 5 minutes", isRequired: true),
            Field("ko", .text, "Korean.", example: "CPU 사용률 80% 초과 5분 지속"),
        ])

    static let action: Section = {
        var section = Section(
            "'recommend'", "One action.",
            [
                Field("move_to", .named(.tiers), "Move to the tier.", example: "db.t4g.small"),
                Field(
                    "move_up", .exactly("true"),
                    "Move to the smallest tier of the same engine on which the alarm ends, else to the next larger one.",
                    example: "true"),
                Field(
                    "plan", .named(.tiers), "Announce the tier as the next step; nothing to do yet.", example: "db.t4g.small"),
                Field("grow_storage", .size, "Allocate so much more.", example: "10GiB"),
                Field("add_replica", .whole(1), "Add so many read replicas.", example: "1"),
                Field("raise_capacity", .factor, "Multiply the maximum capacity.", example: "2x"),
                Field("enable_multi_az", .exactly("true"), "Run a standby in a second zone.", example: "true"),
                Field("storage_type", .exactly("gp3"), "Convert the storage to another type.", example: "gp3"),
                Field(
                    "upgrade_engine", .exactly("true"), "Upgrade the engine to a major version in standard support.",
                    example: "true"),
                Field(
                    "any_of", .list(.reference("action")), "Met by one that another rule already recommends, else by the first.",
                    example: "[{ add_replica: 1 }, { move_to: aurora-serverless-v2 }]"
                ).filled(),
            ])
        section.wantsOne = true
        return section
    }()
}
