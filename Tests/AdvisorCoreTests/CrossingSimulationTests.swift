import AdvisorTestSupport
import AdvisorCore
import Testing

@Suite("Coverage of crossing dates")
struct CrossingSimulationTests {
    struct DatapointSeries: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Of the metric's unit a day.
        let slope: Double
        /// One standard deviation of a cell.
        let noise: Double
        /// Height of the daily wave.
        var wave = 0.0
        let seed: UInt64
    }

    static let datapointSeriesList = [
        DatapointSeries(testDescription: "a steady rise under much noise", slope: 1, noise: 6, seed: 1),
        DatapointSeries(testDescription: "a slow rise under little noise", slope: 0.2, noise: 1, seed: 2),
        DatapointSeries(testDescription: "a rise that days go up and down on", slope: 1, noise: 3, wave: 5, seed: 3),
    ]

    /// Whether so many of so many is no less than four of five, at three standard deviations of chance.
    private static func holds(_ inside: Int, of all: Int) -> Bool {
        Double(inside) >= 0.8 * Double(all) - 3 * (0.16 * Double(all)).squareRoot()
    }

    @Test(
        "the date of a known trend lies in the stated range as often as it claims, four times of five",
        .tags(.slow), .onlyWithSlowTests,
        arguments: datapointSeriesList)
    func coverage(_ datapointSeries: DatapointSeries) {
        var generator = SplitMix(seed: datapointSeries.seed)
        let end = Timestamp(seconds: 1_767_225_600)
        // 28 days by six hours; the trend is at 40 at the end, the bound ten days later.
        let cells = 112
        let matched = 40 + datapointSeries.slope * 10 + datapointSeries.wave
        let truth = end + .seconds(10 * 86_400)
        var (inside, expected, runs) = (0, 0, 0)
        for _ in 0..<60 {
            let values = (0..<cells).map { index -> Double? in
                let days = Double(index - cells) / 4 + 0.125
                // Six-hourly wave: low, up, high, down.
                let wave = datapointSeries.wave * [-1.0, 0, 1, 0][index % 4]
                let noise = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
                return 40 + datapointSeries.slope * days + wave + datapointSeries.noise * noise
            }
            runs += 1
            guard case .forecast(let forecast) = Forecast.fit(values, length: .seconds(21_600), endingAt: end) else { continue }
            switch forecast.crossing(of: matched, isRising: true, from: end) {
            case .expected(_, let earliest, let latest):
                expected += 1
                // The truth is known to the six hours of a cell.
                if earliest.map({ $0 <= truth + .seconds(21_600) }) ?? true, latest.map({ truth <= $0 }) ?? true { inside += 1 }
            case .notBefore(let time):
                if time <= truth { inside += 1 }
            case .insufficientHistory: break
            }
        }
        #expect(Self.holds(inside, of: runs), "\(inside) of \(runs) lie in their range")
        #expect(expected > runs / 2, "\(expected) of \(runs) give a date")
    }
}
