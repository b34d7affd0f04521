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
    /// The language with the texts that rules have in it.
    func naming(_ rules: [Rule]) -> any Language

    /// A clause as it begins a sentence or a line.
    func capitalized(_ clause: String) -> String
    /// A value that was written in English when it was stored: `91 %`.
    func rewritten(_ value: String) -> String

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
    /// With a capital first letter.
    public func capitalized(_ clause: String) -> String { clause.prefix(1).uppercased() + clause.dropFirst() }

    /// As it was written.
    public func rewritten(_ value: String) -> String { value }

    /// The language itself: the texts of rules are its own.
    public func naming(_ rules: [Rule]) -> any Language { self }

    /// The title of a rule.
    func title(_ rule: Rule) -> String { title(rule.name) }

    /// The value of a finding with its unit; nil if there is none.
    func value(_ finding: Finding) -> String? {
        finding.value.flatMap { value in finding.measure.map { text(Quantity(value, $0)) } }
    }

    /// The threshold of a finding with its unit; nil if there is none.
    func threshold(_ finding: Finding) -> String? {
        finding.threshold.flatMap { value in finding.measure.map { text(Quantity(value, $0)) } }
    }

    /// An amount, or that it is unknown.
    func amount(_ money: Money?) -> String { money?.description ?? title(ReportTitle.unknown) }

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
    public static let all: [any Language] = [english, korean]
    /// English.
    public static let english: any Language = English()
    /// Korean.
    public static let korean: any Language = Korean()

    /// The language of a tag or of a POSIX locale: `ko`, `ko-KR`, `ko_KR.UTF-8`; nil if there is none.
    public static func language(_ tag: String) -> (any Language)? {
        let name = tag.lowercased().prefix { $0.isLetter }
        return all.first { $0.id == name }
    }
}
