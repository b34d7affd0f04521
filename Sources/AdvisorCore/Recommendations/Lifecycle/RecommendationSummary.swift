/// What a recommendation asks for, in what a store keeps of it.
public struct RecommendationSummary: Hashable, Sendable {
    /// One thing to do.
    public struct Step: Hashable, Sendable, Codable {
        /// What kind of thing.
        public var action: Recommendation.Kind
        /// What is there now; nil when unknown.
        public var from: StepTarget?
        /// What will be there; nil when unknown.
        public var to: StepTarget?

        /// Creates a step.
        public init(action: Recommendation.Kind, from: StepTarget? = nil, to: StepTarget? = nil) {
            (self.action, self.from, self.to) = (action, from, to)
        }
    }

    /// In the order to do them; never empty.
    public var steps: [Step]
    /// The rules that asked for it.
    public var rules: [String]
    /// The highest of the rules that asked.
    public var severity: Severity
    /// The resource's bill a month before; nil when unknown.
    public var before: Money?
    /// The bill after all steps; its floor where capacity follows the load.
    public var after: Money?
    /// The bill's ceiling; nil unless capacity follows the load.
    public var afterMaximum: Money?

    /// A brief by its parts.
    public init(
        steps: [Step], rules: [String], severity: Severity, before: Money? = nil, after: Money? = nil, afterMaximum: Money? = nil
    ) {
        (self.steps, self.rules, self.severity) = (steps, rules, severity)
        (self.before, self.after, self.afterMaximum) = (before, after, afterMaximum)
    }

    /// What a report says of one resource; nil when it asks for nothing.
    public init?(_ entry: ResourceReview) {
        guard let recommendation = entry.recommendation, !recommendation.steps.isEmpty else { return nil }
        let asking = entry.findings.filter { recommendation.rules.contains($0.rule.id) }
        self.init(
            steps: recommendation.steps.map { Step(action: $0.kind, from: $0.from, to: $0.to) },
            rules: recommendation.rules.sorted(), severity: asking.map(\.rule.severity).max() ?? .info,
            before: recommendation.before?.total, after: recommendation.after?.total,
            afterMaximum: recommendation.afterMaximum?.total)
    }

    /// As a clause: `move to db.t4g.small, grow storage to 30 GiB`.
    public var headline: String { steps.map(Self.words).joined(separator: ", ") }

    private static func words(_ step: Step) -> String {
        let target = step.to?.text ?? "?"
        return switch step.action {
        case .move: "move to \(target)"
        case .plan: "plan \(target) next"
        case .growStorage: "grow storage to \(target)"
        case .addReplica: "add a read replica (\(target) in all)"
        case .enableMultiAZ: "enable Multi-AZ"
        case .raiseCapacity: "raise the maximum capacity to \(target)"
        case .stay: "stay"
        case .unknown: "cannot tell"
        }
    }

    /// Whether the same is to be done, whatever it costs and whoever asks.
    func asksTheSame(as other: RecommendationSummary) -> Bool { steps == other.steps }

    /// Whether any of it is among what another one asks: the same tier, now or next, or the same kind of thing.
    public func isAsked(by other: RecommendationSummary) -> Bool {
        let moves = [Recommendation.Kind.move, .plan]
        return steps.contains { own in
            other.steps.contains { asked in
                moves.contains(own.action) ? moves.contains(asked.action) && own.to == asked.to : own.action == asked.action
            }
        }
    }
}
