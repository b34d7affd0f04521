public import AdvisorCore

/// The words for what was spent.
public protocol SpendLanguage {
    /// `Bill of March`.
    func title(_ money: SpendReport) -> String
    /// The source of the charges and its age, as a clause.
    func source(_ money: SpendReport, asOf: Timestamp) -> String
    /// `$42.61 expected ($41.90 to $43.30)`, or why there is no forecast, as a clause.
    func forecast(_ forecast: BillForecast?, _ gap: BillForecast.Gap?) -> String
    /// `$41.20 of $50.00, 82 %`.
    func spent(_ status: BudgetStatus) -> String
    /// What the numbers of a budget mean, as a clause; nil if they are sufficient.
    func verdict(_ status: BudgetStatus) -> String?
    /// `+$2.10`, `-$0.40`, `new`; empty when unknown.
    func change(_ service: SpendReport.Service) -> String
    /// What a service cost more than usual, as a clause.
    func anomaly(_ anomaly: CostAnomaly, _ money: SpendReport) -> String
}
