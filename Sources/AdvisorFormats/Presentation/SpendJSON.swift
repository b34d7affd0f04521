import AdvisorCore

/// The money part for programs.
enum MoneyJSON {
    static func budget(_ status: BudgetStatus) -> JSONValue {
        let passed = status.passed
        return .object([
            "name": .text(status.budget.name), "limit": JSONValue(status.budget.limit), "actual": JSONValue(status.actual),
            "forecast": JSONValue(status.forecast?.expected), "forecast_low": JSONValue(status.forecast?.low),
            "forecast_high": JSONValue(status.forecast?.high), "forecast_missing": JSONValue(status.gap?.words),
            "state": .text(status.state.rawValue), "month": .text(status.budget.clock.name(status.begin)),
            "month_start": JSONValue(status.begin), "month_end": JSONValue(status.end),
            "time_zone": .text(status.budget.clock.zone ?? "UTC"),
            "passes_at": JSONValue(status.passesAt), "source": JSONValue(status.source?.words),
            "data_until": JSONValue(status.dataUntil),
            "steps": .array(
                status.budget.steps.map { step in
                    .object([
                        "percent": JSONValue(Double(step) / 10), "amount": JSONValue(status.budget.amount(ofStep: step)),
                        "passed": status.actual == nil ? .null : .boolean(passed.contains(step)),
                    ])
                }),
        ])
    }

    static func money(_ money: SpendReport) -> JSONValue {
        .object([
            "month_start": JSONValue(money.begin), "month_end": JSONValue(money.end), "source": JSONValue(money.source?.words),
            "data_until": JSONValue(money.dataUntil), "spent": JSONValue(money.spent),
            "same_days_last_month": JSONValue(money.before),
            "forecast": money.forecast.map(forecast) ?? .null, "forecast_missing": JSONValue(money.gap?.words),
            "anomalies": .array(money.anomalies.map(anomaly)),
            "other_currencies": JSONValue(money.otherCurrencies),
            "services": .array(
                money.services.map { service in
                    .object([
                        "id": .text(service.id), "title": .text(service.title), "spent": JSONValue(service.spent),
                        "same_days_last_month": JSONValue(service.before), "change": JSONValue(service.change),
                        "forecast": JSONValue(service.forecast), "limit": JSONValue(service.limit),
                    ])
                }),
        ])
    }

    private static func forecast(_ forecast: BillForecast) -> JSONValue {
        .object([
            "expected": JSONValue(forecast.expected), "low": JSONValue(forecast.low), "high": JSONValue(forecast.high),
            "a_day": JSONValue(forecast.perDay), "charged_at_once": JSONValue(forecast.atOnce),
            "days_learned_from": .integer(forecast.daysUsed),
        ])
    }

    private static func anomaly(_ anomaly: CostAnomaly) -> JSONValue {
        .object([
            "service": .text(anomaly.service), "since": .text(anomaly.since.text), "days": .integer(anomaly.days),
            "ongoing": .boolean(anomaly.isOngoing), "spent": JSONValue(anomaly.spent), "usual": JSONValue(anomaly.usual),
            "excess": JSONValue(anomaly.excess), "percent": anomaly.percent.map { .integer($0) } ?? .null,
            "usage_type": anomaly.usageType.map { .object(["name": .text($0.name), "excess": JSONValue($0.excess)]) } ?? .null,
        ])
    }
}
