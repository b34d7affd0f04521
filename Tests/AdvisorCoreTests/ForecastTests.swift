import Testing
import AdvisorTestSupport

@testable import AdvisorCore

@Suite("Forecasts")
struct ForecastTests {
    private static let end = Timestamp(seconds: 1_769_904_000)  // 2026-02-01T00:00:00Z
    private static let hour: Int64 = 3600

    /// Courses whose law is known.
    enum Law: String, CaseIterable, Sendable {
        case noise, trend, day, week, heavyTails, wander

        func values(_ count: Int, _ generator: inout SplitMix) -> [Double] {
            var level = 100.0
            return (0..<count).map { hour in
                // Twelve uniform numbers make a nearly normal one.
                let normal = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
                switch self {
                case .noise: return 100 + normal
                case .trend: return 100 + 0.01 * Double(hour) + normal
                case .day: return 100 + (hour % 24 < 8 ? 0 : 10) + normal
                case .week: return 100 + (hour % 24 < 8 ? 0 : 5) + (hour / 24 % 7 < 5 ? 10 : 0) + normal
                case .heavyTails: return 100 + normal + (Int.random(in: 0..<25, using: &generator) == 0 ? 60 : 0)
                case .wander:
                    level += 0.3 * normal
                    return level
                }
            }
        }
    }

    private static func fit(_ values: [Double?]) -> Forecast? {
        guard
            case .forecast(let forecast) = Forecast.fit(
                values, length: .seconds(hour), endingAt: end, needs: Forecast.leastHistory)
        else { return nil }
        return forecast
    }

    @Test("four of five values lie in the interval", .tags(.slow), .onlyWithSlowTests, arguments: Law.allCases)
    func coverage(_ law: Law) {
        var generator = SplitMix(seed: 5)
        var (inside, all) = (0.0, 0.0)
        for _ in 0..<12 {
            let values = law.values(672 + 336, &generator)
            guard let forecast = Self.fit(Array(values.prefix(672))) else {
                Issue.record("no forecast")
                return
            }
            for ahead in [6, 24, 77, 168, 335] {
                let interval = forecast.interval(at: Self.end + .seconds(Int64(ahead) * Self.hour))
                inside += interval.contains(values[672 + ahead]) ? 1 : 0
                all += 1
            }
        }
        // What wanders, and what a week makes wander, is bounded widely: it may turn.
        let bounds = law == .week || law == .wander ? 0.75...1 : 0.65...0.97
        #expect(bounds.contains(inside / all), "\(inside / all)")
    }

    @Test("days and weeks are found where they are, and not where they are not", arguments: Law.allCases)
    func seasons(_ law: Law) {
        var generator = SplitMix(seed: 8)
        let found = Self.fit(law.values(672, &generator))?.seasons
        switch law {
        case .noise, .trend, .heavyTails: #expect(found == [])
        case .day: #expect(found == ["day"])
        case .week: #expect(found == ["day", "week"])
        case .wander: #expect(found?.contains("day") == false)
        }
    }

    @Test("chance makes no trend; a trend is found among wild values")
    func slope() {
        var generator = SplitMix(seed: 3)
        let level = (0..<10).count { _ in Self.fit(Law.noise.values(672, &generator))?.slope == 0 }
        #expect(level >= 7)
        let steep = Law.heavyTails.values(672, &generator).enumerated().map { $1 + 0.05 * Double($0) }
        #expect((Self.fit(steep)?.slope).map { abs($0 * 3600 - 0.05) < 0.01 } == true)
    }

    @Test("a crossing lies between its earliest and latest times")
    func crossing() throws {
        var generator = SplitMix(seed: 3)
        let forecast = try #require(Self.fit(Law.trend.values(672, &generator)))
        guard case .expected(let time, let earliest?, let latest) = forecast.crossing(of: 120, isRising: true, from: Self.end)
        else {
            Issue.record("no crossing")
            return
        }
        // 100 + 0.01 an hour reaches 120 after 2,000 hours, of which 672 are past.
        #expect(abs((time - Self.end).seconds / 3600 - 1328) < 250)
        #expect(earliest < time && latest.map { time < $0 } ?? true)
        let never = forecast.crossing(of: 50, isRising: false, from: Self.end)
        guard case .notBefore(let least) = never else {
            Issue.record("\(never)")
            return
        }
        #expect(least > Self.end + .seconds(14 * 86_400))
    }

    @Test("a daily peak crosses at its hour")
    func seasonalCrossing() throws {
        var generator = SplitMix(seed: 4)
        let values = Law.day.values(672, &generator).enumerated().map { $1 + 0.01 * Double($0) }
        let forecast = try #require(Self.fit(values))
        guard case .expected(let time, _, _) = forecast.crossing(of: 120, isRising: true, from: Self.end) else {
            Issue.record("no crossing")
            return
        }
        #expect(forecast.value(at: time) >= 119.9)
        #expect(time.millisecondsOfDay >= 8 * 3_600_000)
    }

    @Test("little is said of little")
    func history() {
        #expect(
            Forecast.fit([1, 2, 3], length: .seconds(3600), endingAt: Self.end)
                == .insufficientHistory(has: .seconds(3 * 3600), needs: .seconds(86_400)))
        #expect(
            Forecast.fit([], length: .seconds(3600), endingAt: Self.end)
                == .insufficientHistory(has: .zero, needs: .seconds(86_400)))
        let stopped = [Double?](repeating: 1, count: 40) + [nil, nil]
        #expect(Forecast.fit(stopped, length: .seconds(3600), endingAt: Self.end) == .noData)
        let sparse = (0..<60).map { $0 == 0 || $0 > 51 ? 1.0 : nil }
        #expect(Forecast.fit(sparse, length: .seconds(3600), endingAt: Self.end) == .noData)
    }
}
