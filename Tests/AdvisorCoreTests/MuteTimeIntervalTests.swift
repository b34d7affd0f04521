import AdvisorCore
import Testing

@Suite("Mute time intervals and inhibition")
struct MuteTimeIntervalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let cron: String
        let length: Duration
        let zone: String
        let at: String
        /// When the window ends that holds; nil when none does.
        let end: String?

        init(_ name: String, _ cron: String, _ length: Duration, _ zone: String, _ at: String, _ end: String?) {
            (testDescription, self.cron, self.length, self.zone, self.at, self.end) = (name, cron, length, zone, at, end)
        }
    }

    static let rows = [
        Row("its first time", "0 2 * * *", .seconds(7200), "UTC", "2026-03-05T02:00:00Z", "2026-03-05T04:00:00Z"),
        Row("just before", "0 2 * * *", .seconds(7200), "UTC", "2026-03-05T01:59:59Z", nil),
        Row("its end is not in it", "0 2 * * *", .seconds(7200), "UTC", "2026-03-05T04:00:00Z", nil),
        Row("by the clock of Seoul", "0 2 * * *", .seconds(7200), "Asia/Seoul", "2026-03-04T18:30:00Z", "2026-03-04T19:00:00Z"),
        Row("over midnight", "0 23 * * *", .seconds(4 * 3600), "UTC", "2026-03-05T02:00:00Z", "2026-03-05T03:00:00Z"),
        Row("over a week", "0 0 * * mon", .seconds(6 * 86_400), "UTC", "2026-03-07T12:00:00Z", "2026-03-08T00:00:00Z"),
        Row("Sunday, as 7", "0 2 * * 7", .seconds(3600), "UTC", "2026-03-08T02:30:00Z", "2026-03-08T03:00:00Z"),
        Row("no Sunday", "0 2 * * sun", .seconds(3600), "UTC", "2026-03-09T02:30:00Z", nil),
        Row("weekdays", "0 9 * * mon-fri", .seconds(3600), "UTC", "2026-03-06T09:30:00Z", "2026-03-06T10:00:00Z"),
        Row("no weekday", "0 9 * * mon-fri", .seconds(3600), "UTC", "2026-03-07T09:30:00Z", nil),
        Row("either day field", "0 0 13 * fri", .seconds(86_400), "UTC", "2026-03-13T12:00:00Z", "2026-03-14T00:00:00Z"),
        Row(
            "either day field: a Friday", "0 0 13 * fri", .seconds(86_400), "UTC", "2026-03-20T12:00:00Z", "2026-03-21T00:00:00Z"),
        Row("every six hours", "0 */6 * * *", .seconds(1800), "UTC", "2026-03-20T12:29:00Z", "2026-03-20T12:30:00Z"),
        Row(
            "the newest of two that overlap", "0,30 * * * *", .seconds(3600), "UTC", "2026-03-20T12:40:00Z",
            "2026-03-20T13:30:00Z"),
        Row("a leap day", "0 0 29 2 *", .seconds(86_400), "UTC", "2028-02-29T05:00:00Z", "2028-03-01T00:00:00Z"),
        Row("a nickname", "@daily", .seconds(60), "UTC", "2026-03-20T00:00:30Z", "2026-03-20T00:01:00Z"),
        // Berlin skips 02:00 to 03:00 on 29 March 2026 and has it twice on 25 October.
        Row(
            "summer time: a skipped beginning is the change", "30 2 * * *", .seconds(3600), "Europe/Berlin",
            "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"),
        Row("not before the change", "30 2 * * *", .seconds(3600), "Europe/Berlin", "2026-03-29T00:59:59Z", nil),
        Row("the day after", "30 2 * * *", .seconds(3600), "Europe/Berlin", "2026-03-30T00:30:00Z", "2026-03-30T01:30:00Z"),
        Row(
            "winter time: the first of two", "30 2 * * *", .seconds(3600), "Europe/Berlin", "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z"),
        Row("winter time: not again", "30 2 * * *", .seconds(1800), "Europe/Berlin", "2026-10-25T01:35:00Z", nil),
        Row(
            "a length is time, not clock", "0 1 * * *", .seconds(4 * 3600), "Europe/Berlin", "2026-10-25T02:30:00Z",
            "2026-10-25T03:00:00Z"),
        Row(
            "a change of half an hour", "15 2 * * *", .seconds(1800), "Australia/Lord_Howe", "2026-10-03T15:30:00Z",
            "2026-10-03T16:00:00Z"),
    ]

    @Test("a window holds from its beginning, for its length, by the clock of its zone", arguments: rows)
    func window(_ row: Row) throws {
        let mute = MuteTimeInterval(.recurring(try CronSchedule(row.cron), length: row.length, zone: row.zone))
        let end = mute.end(rule: Fixtures.rule("avg(cpu) > 80%"), resource: "db", at: try #require(Timestamp(text: row.at)))
        #expect(end?.description == row.end)
    }

    @Test("every minute of a year with both changes is muted exactly when a window of that day holds")
    func everyHour() throws {
        let mute = MuteTimeInterval(
            .recurring(try CronSchedule("0 22 * * *"), length: .seconds(8 * 3600), zone: "America/New_York"))
        let begin = try #require(Timestamp(text: "2026-01-01T00:00:00Z"))
        let muted = (0..<365 * 24).count { hour in
            mute.isMuted(rule: Fixtures.rule("avg(cpu) > 80%"), resource: "db", at: begin + .seconds(Int64(hour) * 3600))
        }
        #expect(muted == 365 * 8)
    }

    @Test(
        "errors in a schedule",
        arguments: [
            ("0 2 * *", "expected five fields"), ("60 2 * * *", "invalid minute '60'; use 0 to 59"),
            ("0 2 * * sund", "did you mean 'sun'?"),
            ("0 5-2 * * *", "ends before it begins"), ("0 2 30 2 *", "never matches a day"), ("*/0 * * * *", "invalid step"),
            ("0 2 * jann *", "did you mean 'jan'?"), ("", "expected five fields"), ("1,,2 * * * *", "invalid minute ''"),
            ("@never", "expected five fields"), ("1-2-3 * * * *", "invalid minute"), ("* * * * 8", "0 to 7"),
        ])
    func error(_ text: String, _ words: String) {
        do {
            _ = try CronSchedule(text)
            Issue.record("'\(text)' is read")
        } catch {
            #expect(error.words.contains(words), "\(error.words)")
        }
    }

    @Test("a mute is about some rules, resources and severities, or all")
    func scope() {
        let now = Timestamp(seconds: 1000)
        var mute = MuteTimeInterval(.once(from: Timestamp(seconds: 0), until: Timestamp(seconds: 2000)))
        let rule = Fixtures.rule("avg(cpu) > 80%", id: "a")
        func isMuted() -> Bool { [mute].isMuted(rule: rule, resource: "db", at: now) }
        #expect(isMuted())
        mute.severities = [.critical]
        #expect(!isMuted())
        mute.severities = [.warning]
        mute.resources = ["other"]
        #expect(!isMuted())
        mute.resources = ["other", "db"]
        mute.rules = ["b"]
        #expect(!isMuted())
        mute.rules = ["a"]
        #expect(isMuted())
        #expect(![mute].isMuted(rule: rule, resource: "db", at: Timestamp(seconds: 2000)))
    }

    @Test("a rule gives way to the one above it on the same resource alone, and asks for nothing then")
    func givesWay() {
        func finding(_ id: String, _ resource: String, _ state: AlarmState, unless: String? = nil) -> Finding {
            var rule = Fixtures.rule("avg(cpu) > 80%", id: id)
            rule.unlessAlarm = unless
            return Finding(rule: rule, resource: resource, state: state, evidence: Evidence())
        }
        let findings = [
            finding("high", "a", .alarm), finding("low", "a", .alarm, unless: "high"), finding("high", "b", .ok),
            finding("low", "b", .alarm, unless: "high"), finding("low", "c", .ok, unless: "high"),
        ]
        let held = findings.applyingSuppressions([], at: Timestamp(seconds: 0)).map(\.held)
        #expect(held == [nil, .inhibited(by: "high"), nil, nil, nil])
        let mute = MuteTimeInterval(.once(from: Timestamp(seconds: 0), until: Timestamp(seconds: 9)))
        let muted = findings.applyingSuppressions([mute], at: Timestamp(seconds: 0)).map(\.held)
        let until = Suppression.muted(until: Timestamp(seconds: 9), reason: nil)
        #expect(muted == [until, .inhibited(by: "high"), nil, until, nil])
    }
}
