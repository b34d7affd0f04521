public import AdvisorCore

extension LookalikeResource {
    /// What to check, in one line.
    public var notice: String {
        "advisor: new resource '\(id)' is not in advisor.yaml; did you mean '\(declared)'? `advisor store forget --resource \(id)` removes it"
    }
}
