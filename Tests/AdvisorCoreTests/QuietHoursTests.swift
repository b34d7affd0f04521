import AdvisorCore
import Foundation
import Testing

@Suite("Quiet hours")
struct QuietHoursTests {
    @Test(
        "follow the wall clock of their zone, over midnight and the changes of the clock",
        arguments: [
            ("2026-01-15T20:59:00Z", false), ("2026-01-15T21:00:00Z", true), ("2026-01-16T05:59:00Z", true),
            ("2026-01-16T06:00:00Z", false),
            // Summer begins on 29 March at 01:00 UTC: 22:00 is an hour earlier afterwards.
            ("2026-03-28T21:00:00Z", true), ("2026-03-29T04:59:00Z", true), ("2026-03-29T05:00:00Z", false),
            ("2026-03-29T20:00:00Z", true),
            // It ends on 25 October at 01:00 UTC.
            ("2026-10-24T20:00:00Z", true), ("2026-10-25T05:59:00Z", true), ("2026-10-25T06:00:00Z", false),
            ("2026-10-25T20:30:00Z", false),
        ])
    func berlin(_ time: String, _ isQuiet: Bool) throws {
        let hours = QuietHours(from: 22 * 60, to: 7 * 60, zone: try #require(TimeZone(identifier: "Europe/Berlin")))
        let time = try #require(Timestamp(text: time))
        #expect(hours.hold(.warning, at: time) == isQuiet)
        #expect(!hours.hold(.critical, at: time))
    }

    @Test("within one day")
    func noon() throws {
        let hours = QuietHours(from: 12 * 60, to: 13 * 60, zone: .gmt, severities: [.critical])
        let times = ["2026-01-15T11:59:59Z", "2026-01-15T12:00:00Z", "2026-01-15T12:59:59Z", "2026-01-15T13:00:00Z"]
        #expect(try times.map { hours.hold(.critical, at: try #require(Timestamp(text: $0))) } == [false, true, true, false])
    }

    @Test("what is held is released when they end")
    func release() throws {
        let hours = QuietHours(from: 22 * 60, to: 7 * 60, zone: .gmt)
        let night = try #require(Timestamp(text: "2026-01-15T23:30:20Z"))
        #expect(hours.release(.warning, at: night).description == "2026-01-16T07:00:00Z")
        #expect(hours.release(.critical, at: night) == night)
        let never = QuietHours(from: 60, to: 60, zone: .gmt)
        #expect(never.release(.info, at: night) - night >= .seconds(2 * 86_400))
    }
}
