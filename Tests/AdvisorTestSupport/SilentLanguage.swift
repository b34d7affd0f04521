package import AdvisorCore
package import AdvisorFormats
internal import Foundation

/// A language whose every sentence is the empty string: what is stored, decided and compared cannot depend on words.
package struct SilentLanguage: Language {
    package let id = "en"

    /// Creates the language.
    package init() {}

    package func fullTime(_ time: Timestamp) -> String { "" }
    package func time(_ time: Timestamp, asOf now: Timestamp) -> String { "" }
    package func day(_ time: Timestamp, asOf now: Timestamp) -> String { "" }
    package func clause(_ gap: Evidence.Gap, asOf now: Timestamp) -> String { "" }
    package func clause(_ reason: UnknownReason) -> String { "" }
    package func clause(_ reason: NoAlertReason, asOf now: Timestamp) -> String { "" }
    package func summary(_ finding: Finding, asOf now: Timestamp) -> String { "" }
    package func sentence(_ reason: RecommendationReason, asOf now: Timestamp) -> String { "" }
    package func clause(_ rejection: TierRejection) -> String { "" }
    package func clause(_ suitability: TierSuitability) -> String { "" }
    package func clause(_ uncertainty: TierUncertainty) -> String { "" }
    package func clause(_ fit: CapacityFit) -> String { "" }
    package func title(_ limit: ThresholdCrossing.Limit) -> String { "" }
    package func clause(_ event: WhatIfTimeline.Event) -> String { "" }
    package func headline(_ steps: [RecommendationSummary.Step]) -> String { "" }
    package func clause(_ reason: RecommendationChangeReason, asOf now: Timestamp) -> String { "" }
    package func clause(_ outcome: RecommendationOutcome) -> String { "" }

    package func label(_ alert: Alert) -> String { "" }
    package func title(_ content: AlertContent) -> String { "" }
    package func summary(_ content: AlertContent, asOf now: Timestamp) -> String { "" }
    package func title(_ reason: AlertReason) -> String { "" }
    package func clause(_ reason: AlertReason) -> String { "" }
    package func title(_ suppression: Suppression) -> String { "" }
    package func clause(_ anomaly: CostAnomaly, of service: String) -> String { "" }
    package func text(_ value: AlertValue) -> String { "" }
    package func title(_ field: AlertMessage.Field.Kind) -> String { "" }
    package func value(_ value: String, threshold: String?) -> String { "" }
    package func cost(before: Money, after: Money?) -> String { "" }
    package var reasonsTitle: String { "" }
    package func origin(rule: String?, cite: String?) -> String { "" }

    package func title(_ item: CostItem) -> String { "" }
    package func title(_ option: ResourceOption.Kind) -> String { "" }
    package func sentence(_ option: ResourceOption.Kind) -> String { "" }
    package func title(_ group: StackBill.Group) -> String { "" }
    package func clause(_ note: BillNote) -> String { "" }
    package func clause(_ gap: BillGap) -> String { "" }
    package func clause(_ change: BillChange) -> String { "" }
    package func title(_ source: PriceSource) -> String { "" }
    package func title(_ entry: PriceBook.Entry) -> String { "" }
    package func clause(_ basis: SavingsBasis) -> String { "" }
    package func clause(_ gap: BillForecast.Gap) -> String { "" }
    package func clause(_ source: PromotionalCredits.BurnSource) -> String { "" }
    package func title(_ source: UsageSource) -> String { "" }

    package func verdict(_ explanation: Explanation) -> String { "" }
    package func clause(_ choice: PeriodChoice) -> String { "" }
    package func sustain(_ explanation: Explanation) -> String? { "" }
    package func decision(_ side: Explanation.Side, _ datapoints: Sustain.Datapoints, isClear: Bool) -> String { "" }
    package func source(_ row: MissingDataTable.Lookup) -> String { "" }
    package func state(_ explanation: Explanation) -> String? { "" }
    package func threshold(_ explanation: Explanation) -> String? { "" }
    package func clause(_ derivation: StatisticDerivation) -> String { "" }
    package func clause(_ correction: BackfillCorrection) -> String { "" }

    package func title(_ title: ReportTitle) -> String { "" }
    package func text(_ phrase: ReportPhrase) -> String { "" }
    package func title(_ title: RecommendationTitle) -> String { "" }
    package func text(_ phrase: RecommendationPhrase) -> String { "" }
    package func title(_ title: StatusTitle) -> String { "" }
    package func text(_ phrase: StatusPhrase) -> String { "" }
    package func text(_ quantity: Quantity) -> String { "" }
    package func rounded(_ duration: Duration) -> String { "" }
    package func exact(_ value: Double, _ measure: QuantityKind) -> String { "" }
    package func hours(_ hours: Double) -> String { "" }
    package func title(_ rule: RuleName) -> String { "" }
    package func title(_ metric: Metric) -> String { "" }
    package func title(_ state: AlarmState) -> String { "" }
    package func title(_ severity: Severity) -> String { "" }
    package func title(_ kind: ResourceKind) -> String { "" }
    package func title(_ stage: Stage) -> String { "" }
    package func title(_ kind: RecommendationChange.Kind) -> String { "" }
    package func title(_ provenance: Provenance) -> String { "" }
    package func title(_ title: BillTitle) -> String { "" }
    package func text(_ phrase: BillPhrase) -> String { "" }
    package func text(_ phrase: SavingsPhrase) -> String { "" }
    package func text(_ phrase: PlanPhrase) -> String { "" }
    package func title(_ effort: RuleTip.Effort) -> String { "" }
    package func title(_ risk: RuleTip.Risk) -> String { "" }
    package func title(_ source: WhatIf.Source) -> String { "" }
    package func title(_ source: ChargesSource) -> String { "" }
    package func title(_ title: ExplanationTitle) -> String { "" }
    package func text(_ phrase: ExplanationPhrase) -> String { "" }
    package func title(_ title: BacktestTitle) -> String { "" }
    package func text(_ phrase: BacktestPhrase) -> String { "" }

    package func freshness(_ report: Report) -> String { "" }
    package func title(_ stack: Stack) -> String { "" }
    package func title(_ step: Recommendation.Step) -> String { "" }
    package func title(_ action: Action) -> String { "" }
    package func monthly(_ money: Money) -> String { "" }
    package func change(_ money: Money?) -> String { "" }
    package func costAfter(_ recommendation: Recommendation, asOf now: Timestamp) -> String { "" }
    package func listed(_ cost: String) -> String { "" }
    package func change(_ target: StepTarget) -> String { "" }
    package func clause(_ advice: Alert.Advice) -> String { "" }
    package func caveats(_ caveats: [RecommendationCaveat]) -> String? { nil }
    package func clause(_ effect: RecommendationEffect) -> String? { nil }
    package func clause(_ caveat: RecommendationCaveat) -> String { "" }
    package func clause(_ remedy: FreeRemedy) -> String { "" }
    package func configuration(_ entry: ResourceReview) -> [String] { [] }
    package func reading(_ finding: Finding) -> String? { "" }
    package func clause(_ held: Suppression, asOf now: Timestamp) -> String { "" }
    package func pieces(_ outlook: ForecastEvidence, _ measure: QuantityKind?, asOf now: Timestamp) -> [String] { [] }
    package func settled(_ life: RecommendationRecord, of entry: ResourceReview, asOf now: Timestamp) -> String { "" }
    package func state(_ life: RecommendationRecord, asOf now: Timestamp) -> String { "" }
    package func verdict(_ outcome: RecommendationOutcome) -> String { "" }
    package func cost(_ summary: RecommendationSummary) -> String { "" }
    package func clause(_ refusal: RecommendationRefusal) -> String { "" }

    package func title(_ money: SpendReport) -> String { "" }
    package func source(_ money: SpendReport, asOf: Timestamp) -> String { "" }
    package func forecast(_ forecast: BillForecast?, _ gap: BillForecast.Gap?) -> String { "" }
    package func spent(_ status: BudgetStatus) -> String { "" }
    package func verdict(_ status: BudgetStatus) -> String? { "" }
    package func change(_ service: SpendReport.Service) -> String { "" }
    package func anomaly(_ anomaly: CostAnomaly, _ money: SpendReport) -> String { "" }

    package func clause(_ purpose: CommandPurpose) -> String { "" }
    package func clause(_ downtime: Downtime) -> String { "" }
    package func clause(_ restart: RestartNeed) -> String { "" }
    package func clause(_ effort: Effort) -> String { "" }
    package func clause(_ rollback: Rollback) -> String { "" }
    package func sentence(_ effect: IrreversibleEffect) -> String { "" }
    package func clause(_ window: ProcedureWindow) -> String { "" }
    package func sentence(_ caution: Caution) -> String { "" }
}

/// The language of the tests.
package enum TestLanguage {
    /// English; with `ADVISOR_TEST_LANGUAGE=empty` the silent one (`scripts/empty-language`).
    package static let current: any Language =
        ProcessInfo.processInfo.environment["ADVISOR_TEST_LANGUAGE"] == "empty" ? SilentLanguage() : Languages.english

    /// A sentence as the language of the tests has it: itself in English, else empty.
    package static func said(_ english: String) -> String { current is SilentLanguage ? "" : english }
}
