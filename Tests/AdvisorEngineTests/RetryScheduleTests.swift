import AdvisorCore
import Testing

@testable import AdvisorEngine

@Suite("Retry schedule")
struct RetryScheduleTests {
    @Test("the schedule is that of Standard Webhooks, about 75.5 hours in all")
    func schedule() {
        let pauses = (1...9).compactMap { RetrySchedule.pause(after: $0, wish: nil, jitter: 0) }
        #expect(pauses.map(\.seconds) == [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
        #expect((pauses.reduce(.zero, +).seconds / 3600 * 10).rounded() == 756)
        #expect(RetrySchedule.pause(after: 10, wish: .seconds(5), jitter: 0) == nil)
        #expect(RetrySchedule.pause(after: 1, wish: .seconds(60), jitter: 0) == .seconds(60))
        #expect(RetrySchedule.pause(after: 2, wish: .seconds(60), jitter: 1) == .seconds(360))
    }
}
