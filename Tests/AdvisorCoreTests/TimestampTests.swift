import AdvisorCore
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "every spelling of the AWS CLI",
        arguments: [
            ("2026-03-31T00:00:00Z", "2026-03-31T00:00:00Z"), ("2026-03-31", "2026-03-31T00:00:00Z"),
            ("2026-03-31 02:39:00+00:00", "2026-03-31T02:39:00Z"),
            ("2026-03-31T02:43:59.164000+00:00", "2026-03-31T02:43:59.164Z"),
            ("2026-03-31T09:00:00+09:00", "2026-03-31T00:00:00Z"), ("2014-02-14 14:30:00", "2014-02-14T14:30:00Z"),
            ("2024-02-29T12:00Z", "2024-02-29T12:00:00Z"), ("2026-03-31T00:00:00.000+0000", "2026-03-31T00:00:00Z"),
        ])
    func spelling(_ given: String, _ expected: String) {
        #expect(Timestamp(text: given)?.description == expected)
    }

    @Test(
        "invalid times",
        arguments: ["2026-02-30", "2026-03-31T25:00:00Z", "yesterday", "", "2026-03-31T00:00:00X", "2025-02-29", "26-03-31"])
    func impossible(_ text: String) {
        #expect(Timestamp(text: text) == nil)
    }

    @Test("the calendar goes there and back for four hundred years")
    func calendar() {
        var day = -150_000
        while day < 150_000 {
            #expect(CivilDate(daysSinceEpoch: day).daysSinceEpoch == day)
            day += 37
        }
        #expect(Timestamp(text: "2026-02-14T10:00:00Z")?.startOfNextMonth.description == "2026-03-01T00:00:00Z")
        #expect(Timestamp(text: "2026-12-31T23:59:59Z")?.startOfNextMonth.description == "2027-01-01T00:00:00Z")
        #expect(Timestamp(text: "2026-03-31")?.weekday == 1)
    }
}
