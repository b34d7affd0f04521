import AdvisorCore

/// Forecasts as JSON.
enum ForecastJSON {
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
