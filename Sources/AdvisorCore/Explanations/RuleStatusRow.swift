/// One row of the status table: a rule on a resource with its finding, or why there is none.
public struct RuleStatusRow: Sendable {
    /// The rule.
    public var rule: Rule
    /// The resource; nil if there is none of the kind.
    public var resource: Stack.Resource?
    /// The finding; nil if the rule does not apply.
    public var finding: Finding?
    /// Why there is no alert; nil if datapoints or facts decided.
    public var silence: NoAlertReason?

    /// Creates the row of a rule without a resource.
    public init(withoutResource rule: Rule) { (self.rule, silence) = (rule, .noResource(kind: rule.appliesTo)) }

    /// The state of all rules on a resource, in the order of the rules; disabled ones last.
    /// - Parameters:
    ///   - target: The resource with its facts and history.
    ///   - project: The rules, mutes and settings.
    ///   - unmatchedSeries: Stored series that belong to no other resource.
    ///   - now: The history must not contain samples at or after this time.
    /// - Returns: One row for each rule of the resource's kind.
    public static func lines(of target: EvaluationTarget, project: Project, unmatchedSeries: [SeriesKey], asOf now: Timestamp)
        -> [RuleStatusRow]
    {
        let kind = target.resource.kind
        var lines = project.rules.filter { $0.appliesTo == kind }.map { rule in
            let evaluator = Evaluator(rule: rule, target: target, vocabulary: project.vocabulary)
            let evaluation = evaluator.evaluate(upTo: now)
            var line = RuleStatusRow(rule: rule, resource: target.resource, finding: evaluation.finding)
            line.silence = evaluator.silence(evaluation, unmatchedSeries: unmatchedSeries)
            return line
        }
        let held = lines.compactMap(\.finding).applyingSuppressions(project.stack.language.mutes, at: now)
        for finding in held where finding.held != nil {
            guard let index = lines.firstIndex(where: { $0.rule.id == finding.rule.id }) else { continue }
            lines[index].finding = finding
            lines[index].silence = finding.held.flatMap(NoAlertReason.init)
        }
        lines += project.disabledRules.filter { $0.appliesTo == kind }.map { rule in
            RuleStatusRow(rule: rule, resource: target.resource, silence: project.disabling(rule))
        }
        return lines
    }

    private init(rule: Rule, resource: Stack.Resource, finding: Finding? = nil, silence: NoAlertReason? = nil) {
        (self.rule, self.resource, self.finding, self.silence) = (rule, resource, finding, silence)
    }
}

extension Project {
    /// Where advisor.yaml disables a rule; nil if it does not.
    public func disabling(_ rule: Rule) -> NoAlertReason? {
        guard disabledRules.contains(where: { $0.id == rule.id }) else { return nil }
        let mention = stack.language.disabled.first { $0.name == rule.id }
        return .disabled(by: mention.map { "\($0.file):\($0.line)" } ?? "advisor.yaml")
    }
}

extension NoAlertReason {
    /// Why an alarm is not notified; nil for what holds back notifications of several rules and no finding of its own.
    init?(_ held: Suppression) {
        switch held {
        case .inhibited(let rule): self = .inhibited(by: rule)
        case .muted(let until, let reason): self = .muted(until: until, reason: reason)
        case .snoozed, .quietHours: return nil
        }
    }
}
