public import AdvisorCore

/// The words of one language for what Core says as data.
///
/// Every method is exhaustive over its enum, without `default`: a new case does not compile until each language has words for it.
/// A sentence ends with its full stop; a clause, which others continue, has none.
public protocol Language: AlertLanguage, BillLanguage, ExplanationLanguage, ProcedureLanguage, ReportLanguage, SpendLanguage,
    Sendable
{
    /// The tag of BCP 47: `en`.
    var id: String { get }

    // MARK: Times

    /// `Tue 31 Mar 2026 00:00 UTC`.
    func fullTime(_ time: Timestamp) -> String
    /// `30 Mar 18:05`, with the year instead of the time where it is not that of `now`.
    func time(_ time: Timestamp, asOf now: Timestamp) -> String
    /// `30 Mar`, with the year where it is not that of `now`.
    func day(_ time: Timestamp, asOf now: Timestamp) -> String

    // MARK: Evaluation

    /// Why the state is INSUFFICIENT_DATA, as a clause.
    func clause(_ gap: Evidence.Gap, asOf now: Timestamp) -> String
    /// Why an expression has no value, as a clause.
    func clause(_ reason: UnknownReason) -> String
    /// Why no alert is raised, as a clause, with what to do where something can be done.
    func clause(_ reason: NoAlertReason, asOf now: Timestamp) -> String
    /// What a rule says of a resource, as a clause.
    func summary(_ finding: Finding, asOf now: Timestamp) -> String

    // MARK: Recommendations

    /// Why something is recommended, or nothing is, as a sentence.
    func sentence(_ reason: RecommendationReason, asOf now: Timestamp) -> String
    /// What speaks against a tier, as a clause.
    func clause(_ rejection: TierRejection) -> String
    /// Why a tier ends an alarm or causes none, as a clause.
    func clause(_ suitability: TierSuitability) -> String
    /// What is unknown about a tier, as a clause.
    func clause(_ uncertainty: TierUncertainty) -> String
    /// What of a tier a load would use, as a clause.
    func clause(_ fit: CapacityFit) -> String
    /// What a threshold is of, as a title.
    func title(_ limit: ThresholdCrossing.Limit) -> String
    /// Why something happens in a month of a what-if, as a clause.
    func clause(_ event: WhatIfTimeline.Event) -> String

    // MARK: Life cycle

    /// What is recommended, as a clause: `move to db.t4g.small, grow storage to 30 GiB`.
    func headline(_ steps: [RecommendationSummary.Step]) -> String
    /// Why a recommendation changed, as a clause.
    func clause(_ reason: RecommendationChangeReason, asOf now: Timestamp) -> String
    /// What came of a recommendation, as a clause.
    func clause(_ outcome: RecommendationOutcome) -> String
}

extension Language {
    /// What is to be said of a tier, as a clause.
    func clause(_ verdict: ProjectedOutcome.Verdict) -> String {
        switch verdict {
        case .clears(let suitability): clause(suitability)
        case .stands(let rejection): clause(rejection)
        case .unknown(let uncertainty): clause(uncertainty)
        }
    }
}

/// The languages of reports, alerts and explanations.
public enum Languages {
    /// Every language; the first is the default.
    public static let all: [any Language] = [english]
    /// English.
    public static let english: any Language = English()
}
