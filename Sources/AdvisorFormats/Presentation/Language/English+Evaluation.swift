import AdvisorCore

extension English {
    func clause(_ gap: Evidence.Gap, asOf now: Timestamp) -> String {
        switch gap {
        case .noValue(let reason): clause(reason)
        case .noSeries(let metric): "no data for \(metric)"
        case .noData(let metric, let since): "no data for \(metric) since \(time(since, asOf: now))"
        case .statisticUnavailable(let metric, let statistic):
            "the samples of \(metric) have no \(Self.name(statistic)), which this rule needs"
        case .unitMismatch(let metric, let unit, let expected): Self.otherUnit(of: metric, unit, expected)
        case .insufficientHistory(let metric, let has, let needs): Self.history(of: metric, has: has, needs: needs)
        case .tooFewDatapoints(let metric): "not enough data for \(metric) yet"
        }
    }

    private static func otherUnit(of metric: MetricID, _ unit: String, _ expected: String) -> String {
        "the samples of \(metric) are in \(unit), not in \(expected)"
    }

    func clause(_ reason: UnknownReason) -> String {
        switch reason {
        case .factNotSet(let fact): "`\(fact)` is \(Self.source(of: fact))"
        case .divisionByZero: "the expression divides by zero"
        case .factOutOfDate(let fact): "`\(fact)` in advisor.yaml is out of date: the samples show more"
        }
    }

    func clause(_ reason: NoAlertReason, asOf now: Timestamp) -> String {
        switch reason {
        case .doesNotApply(let facts):
            "does not apply: " + facts.map { "\($0.fact) is \($0.value), the rule needs \($0.asked)" }.joined(separator: "; ")
        case .noResource(let kind): "no resource of kind \(kind.rawValue) in advisor.yaml or the store"
        case .unknownFact(let fact): clause(.factNotSet(fact: fact))
        case .factOutOfDate(let fact): clause(.factOutOfDate(fact: fact))
        case .dividesByZero: "the expression divides by zero and has no value"
        case .neverHadData(let metric, let wanted): "no data for \(metric): the store has no series \(wanted.text)"
        case .beginsLater(let metric, let first): "no data for \(metric) yet: the first sample is from \(time(first, asOf: now))"
        case .noSuchSeries(let metric, let wanted, let alike):
            "no data for \(metric): the store has no series \(wanted.text); did you mean "
                + alike.map(\.text).joined(separator: ", or ") + "?"
        case .noDataSince(let metric, let since): "no data for \(metric) since \(time(since, asOf: now))"
        case .statisticUnavailable(let metric, let statistic):
            "the samples of \(metric) have no \(Self.name(statistic)), which this rule needs; ingest a CSV column, or CloudWatch's Stat, of that name"
        case .unitMismatch(let metric, let unit, let expected):
            Self.otherUnit(of: metric, unit, expected) + "; ingest them again with the right unit"
        case .insufficientHistory(let metric, let has, let needs): Self.history(of: metric, has: has, needs: needs)
        case .tooFewDatapoints(let metric): "not enough data for \(metric) yet"
        case .disabled(let place): "disabled in \(place)"
        case .muted(let until, let reason): "muted until \(time(until, asOf: now))\(reason.map { ": \($0)" } ?? "")"
        case .inhibited(let rule): "inhibited by \(rule), which is in ALARM"
        }
    }

    func summary(_ finding: Finding, asOf now: Timestamp) -> String {
        let title = finding.rule.title
        switch finding.state {
        case .alarm: return finding.rule.summary.map { Self.filled($0, RuleMeasurement(finding)) } ?? title
        case .ok: return "\(title): no" + (finding.shownValue.map { ", \($0)" } ?? "")
        case .insufficientData:
            return "\(title): insufficient data" + (finding.evidence.gap.map { ", \(clause($0, asOf: now))" } ?? "")
        }
    }

    private static func source(of fact: String) -> String {
        fact.hasPrefix("tier.") || fact == "expected_monthly_cost"
            ? "unknown; it comes from the catalog or the budget's preset" : "not set in advisor.yaml"
    }

    private static func name(_ statistic: Statistic) -> String {
        switch statistic {
        case .average: "average"
        case .minimum: "minimum"
        case .maximum: "maximum"
        case .sum: "sum"
        case .count: "count"
        case .percentile, .latest: statistic.word
        }
    }

    /// `9 d of connections needed, 6 d stored`.
    private static func history(of metric: MetricID, has: Quantity, needs: Quantity) -> String {
        "\(text(needs)) of \(metric) needed, \(stored(has.value)) stored"
    }

    private static func stored(_ seconds: Double) -> String {
        guard seconds > 0 else { return "none" }
        // Rounded down: six days and 23 hours are less than a week.
        let unit: Double = seconds >= 86_400 ? 86_400 : seconds >= 3600 ? 3600 : 60
        return ValueText.duration((seconds / unit).rounded(.down) * unit)
    }
}
