import AdvisorCore

// The run configuration.
extension Section {
    static let runConfiguration = [
        Field(
            "ingest", .list(.either([.text, .section(.input)])), "Where a run gets samples from: files, folders, commands.",
            example: "[exports/]"),
        Field("alerts", .section(.alerts), "When alerts are sent."),
        Field(
            "retention", .either([.exactly("forever"), .section(.retention)]),
            "How long samples stay as they are before they are rolled up.",
            example: "forever", fallback: "CloudWatch's own"),
        Field("backup", .section(.backup), "The daily backups of a run."),
        Field("store", .section(.store), "Who may read the store."),
    ]

    static let backup = Section(
        "backup", "The daily backups that a run makes beside the store.",
        [Field("keep", .whole(0), "How many are kept; 0 for none.", example: "7", fallback: "7")])

    static let store = Section(
        "store", "Who may read the store besides its owner.",
        [Field("group", .text, "A group of the system; its members may read and not write.", example: "ops")])

    static let input: Section = {
        var section = Section(
            "an input", "Files or a command that samples come from.",
            [
                Field("path", .text, "A file or a folder.", example: "exports/"),
                Field(
                    "command", .list(.text), "A program with its arguments; it runs without a shell.",
                    example: "[aws, cloudwatch, get-metric-data]"),
                Field("format", .choice(SampleFormat.all.map(\.id)), "The input's format.", fallback: "it is detected"),
                Field("queries", .text, "The queries of get-metric-data.", example: "queries.json"),
                Field("metric", .text, "The metric that bare values are of.", example: "cpu"),
                Field(
                    "resource", .text, "The resource that they are of.", example: "prod-db",
                    fallback: "the account, for a metric that it has"),
                Field("namespace", .text, "The namespace of data that states none.", example: "AWS/RDS"),
                Field("zone", .text, "The time zone of times without one.", example: "Asia/Seoul", fallback: "UTC"),
                Field("timeout", .duration, "How long a command may take.", example: "5m"),
                Field("overlap", .duration, "How much earlier than its last end a command starts again.", example: "3h"),
            ])
        section.anyOf = [["path"], ["command"]]
        section.exclusive = [["path", "command"]]
        return section
    }()

    static let alerts = Section(
        "alerts", "When alerts are sent.",
        [
            Field(
                "group_wait", .offset, "How long an alert waits for others of the same resource.", example: "5m", fallback: "0"),
            Field("repeat", .either([.duration, .exactly("never")]), "How often an active alert is repeated.", example: "24h"),
            Field("stale_after", .either([.duration, .exactly("never")]), "How old the newest sample may be.", example: "2h"),
            Field("quiet_hours", .section(.quietHours), "When all but critical alerts wait."),
        ])

    static let quietHours = Section(
        "quiet hours", "When all but critical alerts wait until they are over.",
        [
            Field("from", .text, "When they begin.", example: "\"22:00\"", isRequired: true),
            Field("to", .text, "When they end.", example: "\"07:00\"", isRequired: true),
            Field("zone", .text, "The time zone.", example: "Europe/Berlin", fallback: "UTC"),
            Field("severities", .list(.choice(Severity.allCases.map(\.rawValue))), "What waits.", fallback: "info and warning"),
        ])

    static let retention: Section = {
        let length = Field.Kind.either([.duration, .exactly("forever")])
        return Section(
            "retention, or the word forever,", "How long samples stay in each step before they are rolled up to the next.",
            [
                Field("1m", length, "At full resolution.", example: "15d"),
                Field("5m", length, "By five minutes.", example: "63d"),
                Field("1h", length, "By the hour.", example: "455d"),
            ])
    }()
}
