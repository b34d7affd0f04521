import AdvisorCore

/// Forecast texts for people, and forecasts as JSON.
enum ProjectionWords {
    /// `expected 12 Apr`, `8 Apr to 2 May`; or the range of a value.
    static func pieces(_ outlook: ForecastEvidence, _ measure: QuantityKind?) -> [String] {
        switch outlook {
        case .value(_, let range, let time, _):
            guard let measure else { return [] }
            let ends = [range.lowerBound, range.upperBound].map { ValueText.text($0, measure) }
            return ["\(ends[0]) to \(ends[1]) on \(ReportWords.day(time))"]
        case .crossing(.expected(let time, let earliest, let latest), _):
            let range = earliest.map { "\(ReportWords.day($0)) to \(latest.map(ReportWords.day) ?? "open end")" }
            return ["expected \(ReportWords.day(time))", range.map { "(\($0))" }].compactMap { $0 }
        case .crossing(.notBefore(let time), _):
            return ["not before \(ReportWords.day(time)) \(time.date.year)"]
        case .crossing(.insufficientHistory, _): return []
        case .monthEnd(let forecast): return ["\(forecast.low) to \(forecast.high), 80 % range"]
        }
    }

    /// The members of the format, null where there is none.
    static func json(_ outlook: ForecastEvidence, _ measure: QuantityKind?) -> JSONValue {
        switch outlook {
        case .value(let value, let range, let time, let basis):
            return .object([
                "at": JSONValue(time), "value": JSONReport.number(value, measure),
                "low": JSONReport.number(range.lowerBound, measure), "high": JSONReport.number(range.upperBound, measure),
                "basis": self.basis(basis),
            ])
        case .crossing(let crossing, let basis):
            var members: [String: JSONValue] = ["basis": basis.map(self.basis) ?? .null]
            switch crossing {
            case .expected(let time, let earliest, let latest):
                members["expected"] = JSONValue(time)
                members["earliest"] = JSONValue(earliest)
                members["latest"] = JSONValue(latest)
            case .notBefore(let time): members["not_before"] = JSONValue(time)
            case .insufficientHistory: members["expected"] = .null
            }
            return .object(members)
        case .monthEnd(let forecast):
            return .object([
                "value": JSONValue(forecast.expected), "low": JSONValue(forecast.low), "high": JSONValue(forecast.high),
                "basis": .object([
                    "spent": JSONValue(forecast.spent), "a_day": JSONValue(forecast.perDay),
                    "charged_at_once": JSONValue(forecast.atOnce), "days_learned_from": .integer(forecast.daysUsed),
                    "up_to": JSONValue(forecast.dataUntil), "interval": .number(0.8),
                ]),
            ])
        }
    }

    private static func basis(_ forecast: Forecast) -> JSONValue {
        .object([
            "history_seconds": JSONValue(forecast.span.seconds), "seasons": JSONValue(forecast.seasons),
            "up_to": JSONValue(forecast.reference), "interval": .number(0.8),
        ])
    }
}
