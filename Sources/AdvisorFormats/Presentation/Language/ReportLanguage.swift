public import AdvisorCore

/// The words of the report.
public protocol ReportLanguage {
    /// A fixed title.
    func title(_ title: ReportTitle) -> String
    /// A sentence or clause with values.
    func text(_ phrase: ReportPhrase) -> String
    /// A fixed title of recommendations.
    func title(_ title: RecommendationTitle) -> String
    /// A sentence or clause with values of recommendations.
    func text(_ phrase: RecommendationPhrase) -> String
    /// A row of `advisor status`.
    func title(_ title: StatusTitle) -> String
    /// A clause with values of `advisor status`.
    func text(_ phrase: StatusPhrase) -> String
    /// A value with its unit.
    func text(_ quantity: Quantity) -> String
    /// A length of time with one digit after the point: `3.2 d`.
    func rounded(_ duration: Duration) -> String
    /// A value with all its digits, to be compared with a threshold: `91.2154 %`.
    func exact(_ value: Double, _ measure: QuantityKind) -> String
    /// A length in hours: `750 h`.
    func hours(_ hours: Double) -> String
    /// The title of a rule.
    func title(_ rule: RuleName) -> String
    /// The title of a metric.
    func title(_ metric: Metric) -> String
    /// A state: `ALARM`.
    func title(_ state: AlarmState) -> String
    /// A severity: `critical`.
    func title(_ severity: Severity) -> String
    /// A kind of resource: `nat gateway`.
    func title(_ kind: ResourceKind) -> String
    /// A stage of a company: `launch`.
    func title(_ stage: Stage) -> String
    /// A change of a recommendation: `reopened by hand`.
    func title(_ kind: RecommendationChange.Kind) -> String
    /// How exact a statistic is: `mean of averages`.
    func title(_ provenance: Provenance) -> String
    /// How old the newest sample is, or what to do about old or missing data, as a clause.
    func freshness(_ report: Report) -> String
    /// The title of a stack.
    func title(_ stack: Stack) -> String
    /// `Move to db.t4g.small`.
    func title(_ step: Recommendation.Step) -> String
    /// What a rule would recommend, as a title: `read replica`.
    func title(_ action: Action) -> String
    /// `$13.98 a month`.
    func monthly(_ money: Money) -> String
    /// `+$11.68`, or that it is unknown.
    func change(_ money: Money?) -> String
    /// `$13.98 → $25.66 a month`, with the range if there is one.
    func costAfter(_ recommendation: Recommendation, asOf now: Timestamp) -> String
    /// What is changed together with a tier, as it would be then: `30 GiB`, `up to 5.5 ACU`.
    func change(_ target: StepTarget) -> String
    /// `list $13.98 → $25.66 a month`: an amount at list prices, where the bill is unknown.
    func listed(_ cost: String) -> String
    /// What recommended actions do about the alarms, in brief: `next step of the deployment guide; the CPU alarm will remain`;
    /// nil if there is nothing to say.
    func clause(_ effect: RecommendationEffect) -> String?
    /// One thing to know before actions are taken.
    func clause(_ caveat: RecommendationCaveat) -> String
    /// What to try first.
    func clause(_ remedy: FreeRemedy) -> String
    /// `db.t4g.micro`, `20 GiB gp3`, `Single-AZ`, `$13.98 a month`.
    func configuration(_ entry: ResourceReview) -> [String]
    /// The value and the threshold of a rule that is OK, as a clause; nil if it has none.
    func reading(_ finding: Finding) -> String?
    /// What a forecast expects, in pieces.
    func pieces(_ outlook: ForecastEvidence, _ measure: QuantityKind?, asOf now: Timestamp) -> [String]

    // MARK: Records

    /// What became of a resource's recommendation that is claimed, done, dismissed or snoozed, as a clause.
    func settled(_ life: RecommendationRecord, of entry: ResourceReview, asOf now: Timestamp) -> String
    /// `snoozed until 2 Apr 00:00`.
    func state(_ life: RecommendationRecord, asOf now: Timestamp) -> String
    /// `confirmed`, `not confirmed` or `inconclusive`.
    func verdict(_ outcome: RecommendationOutcome) -> String
    /// `$13.98 → $25.66 a month`.
    func cost(_ summary: RecommendationSummary) -> String
    /// Why a command is not possible, as a clause.
    func clause(_ refusal: RecommendationRefusal) -> String
}
