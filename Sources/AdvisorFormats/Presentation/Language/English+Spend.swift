import AdvisorCore
import Foundation

extension English {
    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    /// `Bill of March`.
    func title(_ money: SpendReport) -> String {
        // The middle of a month is in it in every time zone.
        "Bill of \(Self.monthNames[(money.begin + .seconds(14 * 86_400)).date.month - 1])"
    }

    /// The source, and its age.
    func source(_ money: SpendReport, asOf: Timestamp) -> String {
        guard let source = money.source, let until = money.dataUntil else {
            return "no charges known; ingest AWS/Billing's EstimatedCharges or a bill"
        }
        let hours = Int((asOf - until).seconds / 3600)
        let age = hours < 1 ? "up to date" : hours < 72 ? "\(hours) h old" : "\(hours / 24) days old"
        let missing = until <= money.begin ? "; nothing of this month yet" : ""
        return "\(title(source)), \(age)\(missing)"
    }

    /// `$42.61 expected ($41.90 to $43.30)`, or why there is no forecast.
    func forecast(_ forecast: BillForecast?, _ gap: BillForecast.Gap?) -> String {
        if let forecast { return "\(forecast.expected) expected (\(forecast.low) to \(forecast.high))" }
        return gap.map { "no forecast: \(clause($0))" } ?? "no forecast"
    }

    /// `$41.20 of $50.00, 82 %`.
    func spent(_ status: BudgetStatus) -> String {
        let percent = status.percent.map { ", \($0) %" } ?? ""
        return "\(status.actual?.description ?? "unknown") of \(status.budget.limit)\(percent)"
    }

    /// A summary sentence; nil if the numbers are sufficient.
    func verdict(_ status: BudgetStatus) -> String? {
        if let actual = status.actual, status.state == .alarm { return "\(actual - status.budget.limit) over the limit" }
        if let passesAt = status.passesAt { return "at this rate over the limit on \(Self.day(passesAt.date))" }
        if let forecast = status.forecast, forecast.expected.amount > status.budget.limit.amount {
            return "expected to end \(forecast.expected - status.budget.limit) over the limit"
        }
        if let forecast = status.forecast, forecast.high.amount > status.budget.limit.amount {
            return "may pass the limit: 10 % probability of ending above \(forecast.high)"
        }
        return nil
    }

    /// `28 March`.
    private static func day(_ date: CivilDate) -> String { "\(date.day) \(monthNames[date.month - 1])" }

    /// `+$2.10`, `-$0.40`, `new`; empty when unknown.
    func change(_ service: SpendReport.Service) -> String {
        if service.spent != nil, service.before?.amount == 0 { return "new" }
        return service.change.map { $0.amount < 0 ? "\($0)" : "+\($0)" } ?? ""
    }

    /// `RDS cost $14.20 on 3 days since 2026-03-27, $9.80 (223 %) more than usual; mostly InstanceUsage:db.m5.large`.
    func anomaly(_ anomaly: CostAnomaly, _ money: SpendReport) -> String {
        clause(anomaly, of: money.services.first { $0.id == anomaly.service }?.title ?? anomaly.service)
    }
}
