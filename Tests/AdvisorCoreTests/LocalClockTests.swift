import Foundation
import Testing

@testable import AdvisorCore

@Suite("Local clocks")
struct LocalClockTests {
    @Test("months begin at local midnight, across changes to daylight saving time")
    func months() throws {
        let berlin = try #require(LocalClock(zone: "Europe/Berlin"))
        let march = berlin.month(of: try #require(Timestamp(text: "2026-03-31T21:59:59Z")))
        #expect(march.begin.description == "2026-02-28T23:00:00Z")
        #expect(march.end.description == "2026-03-31T22:00:00Z")
        let seoul = try #require(LocalClock(zone: "Asia/Seoul"))
        #expect(
            seoul.month(of: try #require(Timestamp(text: "2026-03-31T15:00:00Z"))).begin.description == "2026-03-31T15:00:00Z")
    }

    @Test("minutes of the day, before 1970 too")
    func minutes() throws {
        let clock = LocalClock(zone: .gmt)
        #expect(clock.minuteOfDay(at: Timestamp(seconds: 90)) == 1)
        #expect(clock.minuteOfDay(at: Timestamp(milliseconds: -1)) == 1439)
    }
}
