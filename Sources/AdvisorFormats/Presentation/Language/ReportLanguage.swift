public import AdvisorCore

/// The words of the report.
public protocol ReportLanguage {
    /// How old the newest sample is, or what to do about old or missing data, as a clause.
    func freshness(_ report: Report) -> String
    /// The title of a stack.
    func title(_ stack: Stack) -> String
    /// `Move to db.t4g.small`.
    func title(_ step: Recommendation.Step) -> String
    /// What a rule would recommend, as a title: `read replica`.
    func title(_ action: Action) -> String
    /// `+$11.68`, or that it is unknown.
    func change(_ money: Money?) -> String
    /// `$13.98 → $25.66 a month`, with the range if there is one.
    func costAfter(_ recommendation: Recommendation) -> String
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
