public import AdvisorCore

/// The words of one language for alerts; each method is exhaustive over its enum.
public protocol AlertLanguage: Sendable {
    /// How an alert is marked: `CRITICAL`, `RESOLVED`, `ADVICE`.
    func label(_ alert: Alert) -> String
    /// An alert's title, in one line.
    func title(_ content: AlertContent) -> String
    /// What an alert says, as a clause, with its values.
    func summary(_ content: AlertContent, asOf now: Timestamp) -> String
    /// What is so, as a short title without the values of now.
    func title(_ reason: AlertReason) -> String
    /// What is so, as a clause with its values.
    func clause(_ reason: AlertReason) -> String
    /// Why something is not notified, as a clause.
    func clause(_ suppression: Suppression, asOf now: Timestamp) -> String
    /// Why something is not notified, without its end.
    func title(_ suppression: Suppression) -> String
    /// What a service, by its title, cost, and how much that is above the usual; a clause.
    func clause(_ anomaly: CostAnomaly, of service: String) -> String
    /// A value with its unit.
    func text(_ value: AlertValue) -> String
    /// What a fact of a message is about: `Cost`.
    func title(_ field: AlertMessage.Field.Kind) -> String
    /// A value with what it is compared with.
    func value(_ value: String, threshold: String?) -> String
    /// The monthly cost before and after what is recommended; `after` is nil if it is unknown.
    func cost(before: Money, after: Money?) -> String
    /// What is recommended, with what it does not do and what else would: one clause.
    func clause(_ advice: Alert.Advice) -> String
    /// What a recommendation does not do, as a clause; nil if there is nothing to say.
    func caveats(_ caveats: [RecommendationCaveat]) -> String?
    /// What stands above the reasons: `Why:`.
    var reasonsTitle: String { get }
    /// Where an alert comes from: its rule with the rule's source, where there is one.
    func origin(rule: String?, cite: String?) -> String
}

extension AlertMessage {
    /// Renders an alert.
    public init(_ alert: Alert, in language: any Language) {
        self.init(part: alert, language)
        let parts = alert.byRule
        if parts != [alert] { byRule = parts.map { AlertMessage(part: $0, language) } }
    }

    private init(part alert: Alert, _ language: any Language) {
        let caveats = alert.kind == .recommendation ? alert.advice.flatMap { language.caveats($0.effect.caveats) } : nil
        self.init(
            alert, label: language.label(alert), title: language.title(alert.content) + (caveats.map { "; \($0)" } ?? ""),
            summary: language.summary(alert.content, asOf: alert.at))
        (value, threshold) = (alert.value.map(language.text), alert.threshold.map(language.text))
        func add(_ kind: Field.Kind, _ text: String?) {
            if let text { fields.append(Field(kind, title: language.title(kind), text: text)) }
        }
        add(.value, value.map { language.value($0, threshold: threshold) })
        add(.since, alert.startsAt.description)
        add(.until, alert.endsAt?.description)
        add(.advice, alert.advice.map(language.clause))
        let isListed = alert.advice.map { $0.effect.expectedBefore == nil || $0.effect.expectedAfter == nil } ?? false
        let cost = alert.monthlyBefore.map { language.cost(before: $0, after: alert.monthlyAfter) }
        add(.cost, isListed ? cost.map(language.listed) : cost)
        add(.project, alert.project)
        reasonsTitle = language.reasonsTitle
        reasons = alert.reasons.map { language.clause($0.content) }
        origin = language.origin(rule: alert.rule, cite: alert.reasons.first?.cite)
    }
}
