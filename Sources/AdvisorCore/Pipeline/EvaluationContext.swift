/// What every stage of an evaluation needs besides the value of the stage before.
public struct EvaluationContext: Sendable {
    /// Rules, prices, names and the stack, with what bills say.
    public var project: Project
    /// The time of the evaluation.
    public var now: Timestamp

    /// Creates a context.
    public init(project: Project, now: Timestamp) { (self.project, self.now) = (project, now) }
}
