extension Stack {
    /// The plans of a stack: those of its account, and the tiers of its resources.
    public var plans: Set<String> { Set(account?.plans ?? []).union(resources.compactMap(\.tier)) }
}

extension Allowance {
    /// Whether a stack has it at a time; nil when the stack file does not say what decides it.
    public func applies(to stack: Stack, at now: Timestamp) -> Bool? {
        switch offer {
        case .always: return true
        case .plan(let plan): return stack.plans.contains(plan)
        case .firstMonths(_, let day):
            guard let created = stack.account?.created else { return nil }
            return created < day && now < Timestamp(end(for: stack) ?? created)
        }
    }

    /// The first day without it; nil when it does not end, or the stack file does not say when the account was made.
    public func end(for stack: Stack) -> CivilDate? {
        guard case .firstMonths(let months, _) = offer, let created = stack.account?.created else { return nil }
        return created.adding(months: months)
    }
}

extension FreeTier {
    /// The day on which the free plan of an account of the new kind ends; nil for others, and for an unknown account.
    public func planEnd(for stack: Stack) -> CivilDate? {
        guard let created = stack.account?.created, let creditsSince, created >= creditsSince else { return nil }
        return created.adding(months: planMonths)
    }
}
