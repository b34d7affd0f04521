/// The parts of a recommendation that are stored.
public struct RecommendationSummary: Hashable, Sendable {
    /// One action.
    public struct Step: Hashable, Sendable, Codable {
        /// The kind of action.
        public var action: Recommendation.Kind
        /// The current value; nil if unknown.
        public var from: StepTarget?
        /// The new value; nil if unknown.
        public var to: StepTarget?
        /// The maximum capacity in ACU of the new tier, where it is not the tier's own; nil otherwise.
        public var capacity: Double?

        /// Creates a step.
        public init(
            action: Recommendation.Kind, from: StepTarget? = nil, to: StepTarget? = nil, capacity: Double? = nil
        ) {
            (self.action, self.from, self.to, self.capacity) = (action, from, to, capacity)
        }

        /// Whether it is the same action: the capacity follows the load.
        func asksTheSame(as other: Step) -> Bool { action == other.action && from == other.from && to == other.to }
    }

    /// The actions in order; never empty.
    public var steps: [Step]
    /// The rules behind it.
    public var rules: [String]
    /// The highest severity of these rules.
    public var severity: Severity
    /// The monthly cost before; nil if unknown.
    public var before: Money?
    /// The monthly cost after all actions; at minimum capacity if it scales.
    public var after: Money?
    /// The monthly cost at maximum capacity; nil unless capacity scales.
    public var afterMaximum: Money?
    /// What the actions do about the alarms and the bill; nil if that was not stored.
    public var effect: RecommendationEffect?

    /// Creates a summary.
    public init(
        steps: [Step], rules: [String], severity: Severity, before: Money? = nil, after: Money? = nil, afterMaximum: Money? = nil
    ) {
        (self.steps, self.rules, self.severity) = (steps, rules, severity)
        (self.before, self.after, self.afterMaximum) = (before, after, afterMaximum)
    }

    /// Whether the bill with the measured load is known before and after; otherwise there are only list prices.
    public var isExpected: Bool { effect?.expectedBefore != nil && effect?.expectedAfter != nil }
    /// The monthly cost before, with the measured load where that is known for both; nil if unknown.
    public var costBefore: Money? { isExpected ? effect?.expectedBefore : before }
    /// The monthly cost after all actions, on the same basis; nil if unknown.
    public var costAfter: Money? { isExpected ? effect?.expectedAfter : after }

    /// Summarizes the recommendation for a resource; nil if there is none.
    public init?(_ entry: ResourceReview) {
        guard let recommendation = entry.recommendation, !recommendation.steps.isEmpty else { return nil }
        let asking = entry.findings.filter { recommendation.rules.contains($0.rule.id) }
        self.init(
            steps: recommendation.steps.map { Step(action: $0.kind, from: $0.from, to: $0.to, capacity: $0.capacity) },
            rules: recommendation.rules.sorted(), severity: asking.map(\.rule.severity).max() ?? .info,
            before: recommendation.before?.total, after: recommendation.after?.total,
            afterMaximum: recommendation.afterMaximum?.total)
        effect = recommendation.effect
    }

    /// Whether the actions are the same, whatever the cost and the rules.
    func asksTheSame(as other: RecommendationSummary) -> Bool {
        steps.count == other.steps.count && zip(steps, other.steps).allSatisfy { $0.asksTheSame(as: $1) }
    }

    /// Whether any action is among those of another one: the same tier, now or planned, or the same kind.
    public func isAsked(by other: RecommendationSummary) -> Bool {
        let moves = [Recommendation.Kind.move, .plan]
        return steps.contains { own in
            other.steps.contains { asked in
                moves.contains(own.action) ? moves.contains(asked.action) && own.to == asked.to : own.action == asked.action
            }
        }
    }
}
