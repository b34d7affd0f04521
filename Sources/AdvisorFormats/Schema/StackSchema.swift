import AdvisorCore

// To add a key of the stack file: a `Field` in the section it belongs to, or a section of your own beside these.
extension FileSchema {
    /// `advisor.yaml`.
    static func stack(_ names: SchemaNames) -> FileSchema {
        FileSchema(id: "stack", root: stackSection(names), definitions: [:])
    }

    static func stackSection(_ names: SchemaNames) -> Section {
        Section(
            "a stack",
            "What a team has and wants. Everything is optional: what is not said is unknown, and rules that need it say so.",
            [
                Field("name", .text, "The project's name.", example: "DualTetraX"),
                Field("stage", .choice(["mvp", "launch", "growth"]), "Where the project stands.", example: "launch"),
                Field("funding", .section(funding), "Money raised."),
                Field("wants", .list(.text), "What the team wants: aws-integration.", example: "[]"),
                Field("budget", .section(budget(names)), "What may be spent."),
                Field("resources", .list(.section(resource(names))), "What rules judge."),
                Field("stack", .list(.section(service(names))), "What else is on the bill."),
                Field("policy", .section(policy), "Whose targets a recommendation follows."),
                Field("planned", .list(.section(planned(names))), "Changes of spend that somebody expects."),
                Field("webhooks", .list(.section(webhook)), "Where alerts go."),
                Field("heartbeat", .section(heartbeat), "Where a run says that it is alive."),
            ] + MoneySchema.stack + language + unattended)
    }

    private static let funding = Section(
        "funding", "Money raised.",
        [
            Field("raised", .money, "US dollars.", example: "$60K"),
            Field("round", .choice(["pre-seed", "seed", "series-a", "later"]), "The last round.", example: "seed"),
            Field("date", .day, "When.", example: "2026-01-15"),
        ])

    private static func budget(_ names: SchemaNames) -> Section {
        Section(
            "a budget", "What may be spent in a calendar month, UTC.",
            [
                Field("monthly", .money, "For everything.", example: "$50"),
                Field("preset", .choice(names.presets), "What each service is expected to cost.", example: "guide-prod"),
                Field("alert_at", .list(.share), "Shares of the limit at which to speak.", example: "[50%, 80%, 100%]"),
                Field("forecast", .boolean, "Whether a forecast over the limit is spoken of.", example: "true"),
                Field("services", .map(.money, keys: names.services), "Limits by service.", example: "{ rds: $30 }"),
                Field(
                    "accounts", .map(.money, keys: nil), "Limits by account, of twelve digits.",
                    example: "{ \"111122223333\": $30 }"),
                Field("timezone", .text, "Whose calendar the month is of.", example: "Asia/Seoul", fallback: "UTC"),
            ])
    }

    private static func planned(_ names: SchemaNames) -> Section {
        Section(
            "a plan", "A change of spend that somebody expects, so that it is no anomaly.",
            [
                Field("service", .choice(names.services), "Of which service.", example: "rds", fallback: "all of them"),
                Field("from", .day, "Its first day.", example: "2026-03-01", isRequired: true),
                Field("to", .day, "Its last day.", example: "2026-03-07", fallback: "from then on"),
                Field("reason", .text, "Why.", example: "load test"),
            ])
    }

    static func resource(_ names: SchemaNames) -> Section {
        Section(
            "a resource", "One thing that rules judge.",
            [
                Field("id", .text, "The name it has in the series' dimension.", example: "qp-dualtetrax-prod", isRequired: true),
                Field(
                    "kind", .choice(ResourceKind.allCases.map(\.rawValue)), "What it is.", example: "database", isRequired: true),
                Field("environment", .text, "prod or dev.", example: "prod"),
                Field("tier", .choice(names.tiers), "An id of the catalogue.", example: "db.t4g.micro"),
                Field(
                    "since", .time, "Since when it has that tier; what was measured before says nothing of it.",
                    example: "2026-03-15"),
                Field("engine", .text, "Family, then version.", example: "postgres 15", fallback: "the tier's family"),
                Field("allocated_storage", .size, "AWS writes GB and means GiB.", example: "20GiB"),
                Field(
                    "backup_storage", .size, "Backups and snapshots kept; what is beyond the allocation is billed.",
                    example: "20GiB"),
                Field("note", .text, "Shown with its bill.", example: "until the next release"),
                Field("multi_az", .boolean, "Whether a standby runs in a second zone.", example: "false"),
                Field("cluster", .text, "Aurora's cluster, for metrics that only it has.", example: "prod-cluster"),
                Field("capacity", .section(capacity), "Aurora capacity units.", example: "{ min: 0.5, max: 2 }"),
                Field("replicas", .whole(0), "Read replicas.", example: "0"),
                Field("retention", .duration, "How long a log group keeps its logs.", example: "30d"),
                Field("account", .text, "The account its series are in.", example: "\"123456789012\""),
                Field(
                    "metrics", .map(.section(series), keys: names.metrics),
                    "Series that stand in for the metric catalogue's own.",
                    example: "{ active_users: { namespace: DualTetraX, name: ActiveUsers } }"),
            ])
    }

    private static let capacity = Section(
        "capacity", "Aurora capacity units.",
        [
            Field("min", .number, "At rest.", example: "0.5"),
            Field("max", .number, "At most.", example: "2"),
        ])

    private static let series = Section(
        "a metric", "A series of the store.",
        [
            Field("namespace", .text, "CloudWatch's namespace.", example: "AWS/ApiGateway", isRequired: true),
            Field("name", .text, "CloudWatch's metric name.", example: "Latency", isRequired: true),
            Field("dimensions", .map(.text, keys: nil), "All of the series' dimensions.", example: "{ ApiName: my-api }"),
        ])

    private static func service(_ names: SchemaNames) -> Section {
        Section(
            "a line of the stack", "Something else that is on the bill.",
            [
                Field(
                    "service", .choice(names.services), "An id of the service catalogue, or an alias.", example: "nat-gateway",
                    isRequired: true),
                Field("monthly", .money, "What it costs a month.", example: "$5"),
                Field("count", .whole(0), "How many.", example: "1", fallback: "1"),
                Field(
                    "usage", .map(.number, keys: nil), "Units a month, by items of the catalogue.",
                    example: "{ nat-gateway-gb: 10 }"),
                Field("note", .text, "Shown with its bill.", example: "until the next release"),
            ])
    }

    private static let policy = Section(
        "policy", "Whose targets a recommendation follows.",
        [
            Field(
                "moves", .choice(Stack.TierChoicePolicy.allCases.map(\.rawValue)),
                "guide: the rules' own targets; projected: the cheapest tier that clears.", example: "guide", fallback: "guide")
        ])

    private static let oneOrMore = Field.Kind.either([.text, .list(.text)])
    private static let urls = [
        Field("url_file", .text, "The file that holds the URL.", example: "/etc/advisor/slack.url"),
        Field("url_env", .text, "The environment variable that holds the URL.", example: "SLACK_URL"),
        Field("url_credential", .text, "The systemd credential that holds the URL.", example: "slack"),
    ]

    private static let webhook: Section = {
        var section = Section(
            "a webhook", "Where alerts go; no secret stands here.",
            [
                Field("name", .text, "Its name, once only.", example: "team", isRequired: true),
                Field(
                    "format", .choice(Stack.Receiver.Format.allCases.map(\.rawValue)), "What is sent.", example: "slack",
                    fallback: "standard"),
            ] + urls + [
                Field("secret_file", oneOrMore, "The file that holds the signing secret; several while they rotate."),
                Field("secret_env", oneOrMore, "The environment variable that holds it."),
                Field("secret_credential", oneOrMore, "The systemd credential that holds it."),
                Field(
                    "command", .list(.text), "The program and its arguments, for the formats that run one.",
                    example: "[/usr/sbin/sendmail, -t]"),
                Field("path", .text, "The file to append to, for the format file.", example: "/var/log/advisor.jsonl"),
                Field("to", oneOrMore, "Who gets the mail, for the format email.", example: "ops@example.org"),
                Field("from", .text, "Who it is from.", example: "advisor@example.org"),
                Field("expires_after", .duration, "How long Alertmanager keeps an alert that is not sent again."),
                Field("allow_private", .boolean, "Whether the URL may lead into a private network.", fallback: "false"),
                Field(
                    "severities", .list(.choice(Severity.allCases.map(\.rawValue))), "Only these.",
                    example: "[warning, critical]",
                    fallback: "all"),
                Field("stages", .list(.choice(["mvp", "launch", "growth"])), "Only in these stages.", fallback: "all"),
                Field("resources", .list(.text), "Only of these resources.", fallback: "all"),
                Field("rules", .list(.text), "Only of these rules.", fallback: "all"),
            ])
        section.exclusive = [urls.map(\.name)]
        return section
    }()

    private static let heartbeat: Section = {
        var section = Section(
            "a heartbeat", "Where a run says that it is alive.",
            urls + [Field("allow_private", .boolean, "Whether the URL may lead into a private network.", fallback: "false")])
        section.exclusive = [urls.map(\.name)]
        section.anyOf = urls.map { [$0.name] }
        return section
    }()

    /// What the stack file says of the rules.
    private static let language = [
        Field(
            "vars", .variables, "Other values of the rule files' variables; the unit stays.",
            example: "{ cpu_limit: 85% }"),
        Field("disable", .list(.kebabID), "Rules that are not judged at all.", example: "[nat-gateway-paid]"),
        Field(
            "packs", .list(.text), "Folders of rules beside the built-in ones and `rules`, relative to this file.",
            example: "[../shared-rules]"),
        Field("mute", .list(.section(mute)), "When nobody is told."),
    ]

    private static let mute: Section = {
        var section = Section(
            "a mute", "A window in which rules are judged, recorded and shown as muted, and nobody is told.",
            [
                Field("cron", .text, "When a window begins: minute, hour, day, month, weekday.", example: "0 2 * * sun"),
                Field("for", .duration, "How long each window is, at most 31d.", example: "2h"),
                Field("zone", .text, "Whose clock `cron` means.", example: "Asia/Seoul", fallback: "UTC"),
                Field("from", .time, "When a single window begins.", example: "2026-04-01T00:00:00Z"),
                Field("until", .time, "When it ends; the end is not in it.", example: "2026-04-02T00:00:00Z"),
                Field("rules", .list(.kebabID), "Only these rules.", fallback: "all"),
                Field("resources", .list(.text), "Only these resources.", fallback: "all"),
                Field("severities", .list(.choice(Severity.allCases.map(\.rawValue))), "Only these severities.", fallback: "all"),
                Field("reason", .text, "Why; the report shows it.", example: "nightly backup"),
            ])
        section.anyOf = [["cron", "for"], ["from", "until"]]
        section.exclusive = [["cron", "from"]]
        section.needs = ["for": "cron", "zone": "cron", "until": "from"]
        return section
    }()
}
