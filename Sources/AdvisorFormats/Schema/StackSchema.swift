import AdvisorCore

// To add a key of advisor.yaml, add a `Field` to its section, or a new section beside these.
extension FileSchema {
    /// `advisor.yaml`.
    static let stack = FileSchema(id: "stack", root: .stack, definitions: [:])
}

extension Section {
    static let stack = Section(
        "a stack",
        "What a team has and wants. Every key is optional; a missing one is unknown, and rules that need it report so.",
        [
            Field("name", .text, "The project's name.", example: "DualTetraX"),
            Field("stage", .choice(Stage.allCases.map(\.rawValue)), "The stage of the project.", example: "launch"),
            Field("funding", .section(.funding), "Money raised."),
            Field(
                "language", .choice(Languages.all.map(\.id)), "The language of its reports and alerts.", example: "ko",
                fallback: "English"),
            Field("wants", .list(.text), "What the team wants: aws-integration.", example: "[]"),
            Field("budget", .section(.budget), "What may be spent."),
            Field("resources", .list(.section(.resource)), "What rules evaluate."),
            Field("stack", .list(.section(.stackLine)), "What else is on the bill."),
            Field("policy", .section(.policy), "Whose targets a recommendation follows."),
            Field(
                "iac", .choice(InfrastructureCode.allCases.map(\.rawValue)),
                "What the stack is declared with; steps then show the change of the code too.", example: "cdk"),
            Field("planned", .list(.section(.planned)), "Expected changes of spend."),
            Field("webhooks", .list(.section(.webhook)), "Where alerts go."),
            Field("heartbeat", .section(.heartbeat), "A URL that each run pings."),
        ] + accountAndPrices + ruleSettings + runConfiguration)

    static let funding = Section(
        "funding", "Money raised.",
        [
            Field("raised", .money, "US dollars.", example: "$60K"),
            Field("round", .choice(FundingRound.allCases.map(\.rawValue)), "The last round.", example: "seed"),
            Field("date", .day, "When.", example: "2026-01-15"),
        ])

    static let budget = Section(
        "a budget", "What may be spent in a calendar month, UTC.",
        [
            Field("monthly", .money, "For everything.", example: "$50"),
            Field("preset", .named(.presets), "What each service is expected to cost.", example: "guide-prod"),
            Field("alert_at", .list(.share), "Percentages of the limit at which to alert.", example: "[50%, 80%, 100%]"),
            Field("forecast", .boolean, "Whether a forecast over the limit raises an alert.", example: "true"),
            Field("services", .mapOf(.money, keys: .services), "Limits by service.", example: "{ rds: $30 }"),
            Field(
                "accounts", .map(.money, keys: nil), "Limits by account, of twelve digits.",
                example: "{ \"111122223333\": $30 }"),
            Field("timezone", .text, "The time zone of its months.", example: "Asia/Seoul", fallback: "UTC"),
        ])

    static let planned = Section(
        "a plan", "An expected change of spend, which is not reported as an anomaly.",
        [
            Field("service", .named(.services), "The service it concerns.", example: "rds", fallback: "all of them"),
            Field("from", .day, "Its first day.", example: "2026-03-01", isRequired: true),
            Field("to", .day, "Its last day.", example: "2026-03-07", fallback: "from then on"),
            Field("reason", .text, "Why.", example: "load test"),
        ])

    static let resource = Section(
        "a resource", "One thing that rules evaluate.",
        [
            Field("id", .text, "The name it has in the series' dimension.", example: "qp-dualtetrax-prod", isRequired: true),
            Field(
                "kind", .choice(ResourceKind.allCases.map(\.rawValue)), "What it is.", example: "database", isRequired: true),
            Field("environment", .text, "prod or dev.", example: "prod"),
            Field("tier", .named(.tiers), "An id of the catalog.", example: "db.t4g.micro"),
            Field(
                "since", .time, "Since when it has that tier; earlier measurements do not apply to it.",
                example: "2026-03-15"),
            Field("engine", .text, "Family, then version.", example: "postgres 15", fallback: "the tier's family"),
            Field("allocated_storage", .size, "AWS writes GB and means GiB.", example: "20GiB"),
            Field(
                "backup_storage", .size, "Backups and snapshots kept; what is beyond the allocation is billed.",
                example: "20GiB"),
            Field("note", .text, "Shown with its bill.", example: "until the next release"),
            Field("multi_az", .boolean, "Whether a standby runs in a second zone.", example: "false"),
            Field("cluster", .text, "Aurora's cluster, for metrics that only it has.", example: "prod-cluster"),
            Field("capacity", .section(.capacity), "Aurora capacity units.", example: "{ min: 0.5, max: 2 }"),
            Field("replicas", .whole(0), "Read replicas.", example: "0"),
            Field(
                "replica_of", .text, "The resource it is a replica of; it is billed by itself, and not with that one.",
                example: "prod"),
            Field("region", .text, "The AWS region it is in.", example: "eu-central-1", fallback: "the stack's"),
            Field("storage_type", .text, "gp2, gp3, io1 or io2.", example: "gp3", fallback: "the tier's"),
            Field("iops", .whole(0), "Provisioned IOPS.", example: "3000", fallback: "those that the storage includes"),
            Field("stopped", .boolean, "Whether it is stopped: only its storage is billed.", fallback: "false"),
            Field("retention", .duration, "How long a log group keeps its logs.", example: "30d"),
            Field("account", .text, "The account its series are in.", example: "\"123456789012\""),
            Field(
                "metrics", .mapOf(.section(.seriesReference), keys: .metrics),
                "Series used in place of the metric catalog's.",
                example: "{ active_users: { namespace: DualTetraX, name: ActiveUsers } }"),
        ])

    static let capacity = Section(
        "capacity", "Aurora capacity units.",
        [
            Field("min", .number, "At rest.", example: "0.5"),
            Field("max", .number, "At most.", example: "2"),
        ])

    static let seriesReference = Section(
        "a metric", "A series of the store.",
        [
            Field("namespace", .text, "CloudWatch's namespace.", example: "AWS/ApiGateway", isRequired: true),
            Field("name", .text, "CloudWatch's metric name.", example: "Latency", isRequired: true),
            Field("dimensions", .map(.text, keys: nil), "All of the series' dimensions.", example: "{ ApiName: my-api }"),
        ])

    static let stackLine = Section(
        "a line of the stack", "Something else that is on the bill.",
        [
            Field(
                "service", .named(.services), "An id of the service catalog, or an alias.", example: "nat-gateway",
                isRequired: true),
            Field("monthly", .money, "What it costs a month.", example: "$5"),
            Field("count", .whole(0), "How many.", example: "1", fallback: "1"),
            Field(
                "usage", .map(.number, keys: nil), "Units a month, by items of the catalog.",
                example: "{ nat-gateway-gb: 10 }"),
            Field("note", .text, "Shown with its bill.", example: "until the next release"),
        ])

    static let policy = Section(
        "policy", "Whose targets a recommendation follows.",
        [
            Field(
                "moves", .choice(Stack.TierChoicePolicy.allCases.map(\.rawValue)),
                "guide: the rules' own targets; projected: the cheapest tier that clears.", example: "guide", fallback: "guide")
        ])

    private static let oneOrMore = Field.Kind.either([.text, .list(.text)])
    static let urls = [
        Field("url_file", .text, "The file that holds the URL.", example: "/etc/advisor/slack.url"),
        Field("url_env", .text, "The environment variable that holds the URL.", example: "SLACK_URL"),
        Field("url_credential", .text, "The systemd credential that holds the URL.", example: "slack"),
    ]

    static let secrets = [
        Field("secret_file", oneOrMore, "The file that holds the signing secret; several while they rotate."),
        Field("secret_env", oneOrMore, "The environment variable that holds it."),
        Field("secret_credential", oneOrMore, "The systemd credential that holds it."),
    ]

    /// Keys that would hold a secret, with the keys to use instead.
    private static func refused(_ keys: [String: [Field]]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: keys.map { key, fields in
                (key, "'\(key)' would put a secret into this file; use one of: \(fields.map(\.name).joined(separator: ", "))")
            })
    }

    static let webhook: Section = {
        var section = Section(
            "a webhook", "Where alerts go; secrets are referenced, never written here.",
            [
                Field("name", .text, "Its name, unique in the file.", example: "team", isRequired: true),
                Field(
                    "format", .choice(Stack.Receiver.Format.allCases.map(\.rawValue)), "What is sent.", example: "slack",
                    fallback: "standard"),
            ] + urls + secrets + [
                Field(
                    "command", .list(.text), "The program and its arguments, for the formats that run one.",
                    example: "[/usr/sbin/sendmail, -t]"),
                Field("path", .text, "The file to append to, for the format file.", example: "/var/log/advisor.jsonl"),
                Field("to", oneOrMore, "Who gets the mail, for the format email.", example: "ops@example.org"),
                Field("from", .text, "Who it is from.", example: "advisor@example.org"),
                Field("expires_after", .duration, "How long Alertmanager keeps an alert that is not sent again."),
                Field("allow_private", .boolean, "Whether the URL may point to a private network.", fallback: "false"),
                Field(
                    "severities", .list(.choice(Severity.allCases.map(\.rawValue))), "Only these.",
                    example: "[warning, critical]",
                    fallback: "all"),
                Field(
                    "stages", .list(.choice(Stage.allCases.map(\.rawValue))), "Only in these stages.", fallback: "all"
                ),
                Field("resources", .list(.text), "Only of these resources.", fallback: "all"),
                Field("rules", .list(.text), "Only of these rules.", fallback: "all"),
            ])
        section.exclusive = [urls.map(\.name)]
        section.refused = refused(["url": urls, "secret": secrets, "token": secrets, "routing_key": secrets])
        return section
    }()

    static let heartbeat: Section = {
        var section = Section(
            "a heartbeat", "A URL that each run pings.",
            urls + [Field("allow_private", .boolean, "Whether the URL may point to a private network.", fallback: "false")])
        section.exclusive = [urls.map(\.name)]
        section.anyOf = urls.map { [$0.name] }
        section.refused = refused(["url": urls])
        return section
    }()

    /// The settings for rules.
    private static let ruleSettings = [
        Field(
            "vars", .variables, "Other values of the rule files' variables; the unit stays.",
            example: "{ cpu_limit: 85% }"),
        Field("disable", .list(.kebabID), "Rules that are not evaluated.", example: "[nat-gateway-paid]"),
        Field(
            "packs", .list(.text), "Folders of rules beside the built-in ones and `rules`, relative to this file.",
            example: "[../shared-rules]"),
        Field("mute", .list(.section(.mute)), "When alerts are muted."),
    ]

    static let mute: Section = {
        var section = Section(
            "a mute", "A window in which rules are evaluated, recorded and shown as muted, and no alert is sent.",
            [
                Field("cron", .text, "When a window begins: minute, hour, day, month, weekday.", example: "0 2 * * sun"),
                Field("for", .duration, "How long each window is, at most 31d.", example: "2h"),
                Field("zone", .text, "The time zone of `cron`.", example: "Asia/Seoul", fallback: "UTC"),
                Field("from", .time, "When a single window begins.", example: "2026-04-01T00:00:00Z"),
                Field("until", .time, "When it ends, exclusive.", example: "2026-04-02T00:00:00Z"),
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
