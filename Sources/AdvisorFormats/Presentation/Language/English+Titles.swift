import AdvisorCore

extension English {
    func title(_ title: ReportTitle) -> String {
        switch title {
        case .unknown: "unknown"
        case .unverified: "unverified"
        case .nothingToEvaluate:
            "Nothing to evaluate: no stack file and no samples. `advisor demo` shows how it looks; `advisor init` starts."
        case .noRules: "No rule applies to it."
        case .noRuleRows: "No rules, or no resource that they evaluate."
        case .withoutResource: "Without a resource"
        case .billAndProject: "Bill and project"
        case .suppressed: "suppressed"
        case .stay: "Stay"
        case .undecided: "Insufficient data"
        case .history: "History"
        case .noRecommendations: "No recommendations yet."
        case .resource: "resource"
        case .of: "of"
        case .state: "state"
        case .rule: "rule"
        case .value: "value"
        case .limit: "limit"
        case .since: "since"
        case .cite: "cite"
        case .source: "source"
        case .when: "when"
        case .change: "what"
        case .why: "why"
        }
    }

    func title(_ title: BillTitle) -> String {
        switch title {
        case .bill: "Bill"
        case .monthlyBill: "Bill, a month"
        case .aMonth: "a month"
        case .total: "Total"
        case .unknownItems: "Unknown, and not included in the total"
        case .unknownPrice: "unknown price"
        case .prices: "Prices"
        case .barLegend: "█ spent  ▒ expected  ░ 80 % range  │ limit"
        case .services: "Services"
        case .servicesWithChange: "Services, with the change from the same days last month"
        case .service: "service"
        case .thisMonth: "this month"
        case .change: "change from the same days last month"
        case .changeColumn: "against the same days last month"
        case .expected: "expected"
        case .limit: "limit"
        case .noTips: "No tips. Most tips need a bill: `advisor ingest` a CUR or FOCUS file of a month."
        case .savesAMonth: "saves a month"
        case .tip: "tip"
        case .whatToDo: "what to do"
        case .effort: "effort"
        case .risk: "risk"
        case .freeTier: "Free tier and credits"
        case .own: "yours"
        case .stale: "stale"
        case .pricesHint:
            "`advisor prices show ID` shows the source of a price; `prices:` and `region:` in advisor.yaml replace it."
        case .price: "price"
        case .source: "source"
        case .readOn: "read"
        case .month: "month"
        case .users: "users"
        case .tier: "tier"
        case .noLimit: "No limit is met in these months."
        case .costWithLoad:
            "The cost is that of the database, including surplus CPU credits or capacity under the load. CPU, connections and storage grow with the users; used memory is constant; latency is unknown."
        case .costWithoutLoad:
            "The cost is that of the database only. The load is unknown: only users and prices are used; `advisor ingest` stores samples for a plan."
        }
    }

    func title(_ title: BacktestTitle) -> String {
        switch title {
        case .inAlarm: "in ALARM"
        case .times: "times"
        case .legend: "█ in ALARM, ▒ part of the time, ? insufficient data, · OK."
        case .cost: "Cost"
        case .alerts: "Alerts"
        case .onlyThere: "Only with the baseline"
        case .onlyHere: "Only with these rules"
        case .alertsThere: "Alerts, baseline"
        case .costThere: "Cost, baseline"
        case .costUnknown: "unknown: a bill before or after is unknown"
        case .stillInAlarm: "still in ALARM"
        case .gained: "gained"
        case .lost: "lost"
        case .before: "was"
        case .after: "now"
        }
    }

    func title(_ title: ExplanationTitle) -> String {
        switch title {
        case .notNotified: "Not notified"
        case .whyNothing: "No alert"
        case .applies: "Applies"
        case .condition: "Condition"
        case .clears: "Clears"
        case .threshold: "Threshold"
        case .period: "Period"
        case .sustained: "Sustained"
        case .evaluated: "Evaluated"
        case .decision: "Decision"
        case .clear: "Clear"
        case .state: "State"
        case .start: "start"
        case .conditionColumn: "condition"
        case .clearColumn: "clear"
        case .breaches: "breaches"
        case .doesNotBreach, .doesNotHold: "does not"
        case .holds: "holds"
        case .missing: "missing"
        case .and: "and"
        case .noData: "no data"
        case .assumedUnit: "unit assumed: the samples state none"
        case .noSeries: "no series"
        case .notEvaluated: "not evaluated: no samples yet"
        }
    }
}

// Words of Core that are values of files and JSON too.
extension English {
    func title(_ rule: RuleName) -> String { rule.title }
    func title(_ metric: Metric) -> String { metric.title }
    func title(_ state: AlarmState) -> String { state.rawValue }
    func title(_ severity: Severity) -> String { severity.rawValue }
    func title(_ kind: ResourceKind) -> String { kind.rawValue.replacingUnderscores }
    func title(_ stage: Stage) -> String { stage.rawValue }
    func title(_ kind: RecommendationChange.Kind) -> String {
        // Its reason says by whom.
        kind == .reopenedByHand ? "reopened" : kind.rawValue.replacingUnderscores
    }
    func title(_ effort: RuleTip.Effort) -> String { effort.rawValue }
    func title(_ risk: RuleTip.Risk) -> String { risk.rawValue }
    func title(_ source: WhatIf.Source) -> String { source.rawValue }

    func title(_ source: ChargesSource) -> String {
        switch source {
        case .estimatedCharges: "AWS's estimated charges"
        case .bill(let form): "imported bill (\(form))"
        }
    }

    func title(_ provenance: Provenance) -> String {
        switch provenance {
        case .exact: "as stored"
        case .meanOfAverages: "mean of averages"
        case .percentileOfValues: "percentile over single values"
        case .percentileOfAverages: "percentile over averages"
        case .averageInPlace: "average in place of an extreme"
        }
    }
}
