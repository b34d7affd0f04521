public import AdvisorCore

extension Project {
    /// The rule of that id, disabled ones included.
    /// - Throws: `ExitError` when there is none.
    public func rule(named id: String) throws -> Rule {
        let known = rules + disabledRules
        if let rule = known.first(where: { $0.id == id }) { return rule }
        throw ExitError(.usage, "advisor: unknown rule '\(id)'\(DidYouMean.hint(for: id, among: known.map(\.id)))")
    }
}
