import AdvisorCore

/// A budget's state in JSON.
struct BudgetJSON: Encodable {
    /// A percentage of the limit at which an alert is sent.
    struct Step: Encodable {
        let percent: Double
        let amount: Money
        /// nil while the spend is unknown.
        let passed: Bool?
    }

    let name: String
    let limit: Money
    let actual: Money?
    let forecast: Money?
    let forecastLow: Money?
    let forecastHigh: Money?
    let forecastMissing: String?
    let forecastMissingReason: JSONValue
    let state: String
    let month: String
    let monthStart: Timestamp
    let monthEnd: Timestamp
    let timeZone: String
    let passesAt: Timestamp?
    let source: String?
    let dataUntil: Timestamp?
    let steps: [Step]

    init(_ status: BudgetStatus, _ language: any Language) {
        let budget = status.budget
        (name, limit, actual) = (budget.name, budget.limit, status.actual)
        (forecast, forecastLow, forecastHigh) = (status.forecast?.expected, status.forecast?.low, status.forecast?.high)
        (forecastMissing, state) = (status.gap.map(language.clause), status.state.rawValue)
        (month, timeZone) = (budget.clock.name(status.begin), budget.clock.zone ?? "UTC")
        (monthStart, monthEnd, passesAt) = (status.begin, status.end, status.passesAt)
        (source, dataUntil) = (status.source.map(language.title), status.dataUntil)
        forecastMissingReason = status.gap.map(JSONValue.init) ?? .null
        let passed = status.passed
        steps = budget.steps.map { step in
            Step(
                percent: Double(step) / 10, amount: budget.amount(ofStep: step),
                passed: status.actual == nil ? nil : passed.contains(step))
        }
    }
}

/// The month's spend in JSON.
struct SpendJSON: Encodable {
    struct Forecast: Encodable {
        let expected: Money
        let low: Money
        let high: Money
        let aDay: Money
        let chargedAtOnce: Money
        let daysLearnedFrom: Int

        init(_ forecast: BillForecast) {
            (expected, low, high) = (forecast.expected, forecast.low, forecast.high)
            (aDay, chargedAtOnce, daysLearnedFrom) = (forecast.perDay, forecast.atOnce, forecast.daysUsed)
        }
    }

    struct Service: Encodable {
        let id: String
        let title: String
        let spent: Money?
        let sameDaysLastMonth: Money?
        let change: Money?
        let forecast: Money?
        let limit: Money?

        init(_ service: SpendReport.Service) {
            (id, title, spent) = (service.id, service.title, service.spent)
            (sameDaysLastMonth, change) = (service.before, service.change)
            (forecast, limit) = (service.forecast, service.limit)
        }
    }

    struct Anomaly: Encodable {
        struct UsageType: Encodable {
            let name: String
            let excess: Money
        }

        let service: String
        let since: String
        let days: Int
        let ongoing: Bool
        let spent: Money
        let usual: Money
        let excess: Money
        let percent: Int?
        let usageType: UsageType?

        init(_ anomaly: CostAnomaly) {
            (service, since, days, ongoing) = (anomaly.service, anomaly.since.text, anomaly.days, anomaly.isOngoing)
            (spent, usual, excess, percent) = (anomaly.spent, anomaly.usual, anomaly.excess, anomaly.percent)
            usageType = anomaly.usageType.map { UsageType(name: $0.name, excess: $0.excess) }
        }
    }

    let monthStart: Timestamp
    let monthEnd: Timestamp
    let source: String?
    let dataUntil: Timestamp?
    let spent: Money?
    let sameDaysLastMonth: Money?
    let forecast: Forecast?
    let forecastMissing: String?
    let forecastMissingReason: JSONValue
    let anomalies: [Anomaly]
    let otherCurrencies: [String]
    let services: [Service]

    init(_ money: SpendReport, _ language: any Language) {
        (monthStart, monthEnd, source, dataUntil) = (money.begin, money.end, money.source.map(language.title), money.dataUntil)
        (spent, sameDaysLastMonth) = (money.spent, money.before)
        (forecast, forecastMissing) = (money.forecast.map(Forecast.init), money.gap.map(language.clause))
        (anomalies, otherCurrencies) = (money.anomalies.map(Anomaly.init), money.otherCurrencies)
        forecastMissingReason = money.gap.map(JSONValue.init) ?? .null
        services = money.services.map(Service.init)
    }
}
