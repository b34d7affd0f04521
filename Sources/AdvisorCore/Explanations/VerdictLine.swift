/// One rule and one resource in a line: what is said, or why nothing is.
public struct VerdictLine: Sendable {
    /// The rule.
    public var rule: Rule
    /// What it judges; nil when there is nothing of its kind.
    public var resource: Stack.Resource?
    /// What is said; nil when the rule does not apply.
    public var finding: Finding?
    /// Why nothing is said; nil when datapoints or facts decided.
    public var silence: Silence?

    /// A rule for which there is no resource.
    public init(withoutResource rule: Rule) { (self.rule, silence) = (rule, .noResource(rule.appliesTo)) }

    /// What a rule says of a resource.
    /// - Parameters:
    ///   - rule: The rule.
    ///   - subject: The resource with its facts and history.
    ///   - project: What may have silenced it.
    ///   - strays: Stored series that belong to no other resource.
    ///   - now: Samples at or after it must not be in the history.
    public init(rule: Rule, subject: Subject, project: Project, strays: [SeriesKey], asOf now: Timestamp) {
        let evaluator = Evaluator(rule: rule, subject: subject, vocabulary: project.vocabulary)
        let judgement = evaluator.judge(upTo: now)
        (self.rule, resource, finding) = (rule, subject.resource, judgement.finding)
        silence = project.silence(of: rule, for: subject.resource, at: now) ?? evaluator.silence(judgement, strays: strays)
    }
}

extension Project {
    /// What somebody did to keep a rule quiet of a resource at an instant; nil when nobody did.
    public func silence(of rule: Rule, for resource: Stack.Resource, at instant: Timestamp) -> Silence? { nil }
}
