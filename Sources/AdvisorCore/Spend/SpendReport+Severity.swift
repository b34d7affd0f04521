extension SpendReport {
    /// How severe the most severe state of a budget is, by metrics or bills: critical over the limit, warning where the month is
    /// expected to end over it, or where a service costs more than the preset expects; nil if none is.
    public var severity: Severity? { budgets.compactMap(\.severity).max() }
}

extension BudgetStatus {
    /// How severe its state is; nil while it is kept.
    var severity: Severity? {
        if state == .alarm { return budget.isNotified ? .critical : .warning }
        return budget.isNotified && budget.notifiesForecast && isForecastOver == true ? .warning : nil
    }
}
