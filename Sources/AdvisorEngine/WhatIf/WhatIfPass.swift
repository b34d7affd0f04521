public import AdvisorCore
public import AdvisorStore

/// Projects a plan month by month: on the load of a database of the store, or on paper.
public struct WhatIfPass {
    /// What to assume.
    public struct Request: Sendable {
        /// The tier to begin with; nil for the resource's own.
        public var tier: String?
        /// Active users now; nil for the newest sample of them.
        public var users: Double?
        /// Growth a month as a share; nil for the growth measured.
        public var growth: Double?
        /// How many months.
        public var months: Int
        /// The database whose load it is; nil for the only one.
        public var resource: String?

        /// Creates a request.
        public init(tier: String?, users: Double?, growth: Double?, months: Int, resource: String?) {
            (self.tier, self.users, self.growth, self.months, self.resource) = (tier, users, growth, months, resource)
        }
    }

    /// The months, and what they are based on.
    public struct Result: Sendable {
        /// The months.
        public var timeline: WhatIfTimeline
        /// Start of the newest sample of the load; nil for a plan on paper.
        public var newestSample: Timestamp?
    }

    private let project: Project
    private let now: Timestamp

    /// Creates a projection as of `now`.
    public init(project: Project, now: Timestamp) { (self.project, self.now) = (project, now) }

    /// Projects a request.
    /// - Parameters:
    ///   - request: What to assume.
    ///   - store: Where the load is; nil for a plan on paper.
    /// - Returns: The months.
    /// - Throws: `ExitError` when the request names what there is not, else `StoreFailure`.
    public func run(_ request: Request, store: Store?) throws -> Result {
        let target = if let store { try self.target(of: request, in: store) } else { nil as EvaluationTarget? }
        guard let start = request.tier ?? target?.resource.tier else {
            throw ExitError(.usage, "advisor: no first tier; add --tier, or `tier:` in advisor.yaml")
        }
        guard project.catalog.tier(start) != nil else {
            let hint = DidYouMean.hint(for: start, among: project.catalog.tierIDs)
            throw ExitError(.usage, "advisor: unknown tier '\(start)'\(hint); `advisor prices` lists all")
        }
        var planned = target?.resource ?? Stack.Resource(id: "plan", kind: .database)
        planned.tier = start
        let assumptions = WhatIf(
            tier: start, given: (request.users, request.growth), months: request.months, target: target,
            vocabulary: project.vocabulary, now: now)
        return Result(
            timeline: WhatIfProjector(project: project.adapted(to: planned), now: now).datapointSeries(
                assumptions, target: target),
            newestSample: target?.history.lastSample)
    }

    /// The database whose load is projected; nil when the store has none, or several and a tier is given.
    private func target(of request: Request, in store: Store) throws -> EvaluationTarget? {
        let loader = try HistoryLoader(store: store, project: project, now: now)
        let databases = loader.resources.filter { $0.resource.kind == .database }
        let names = databases.map(\.resource.id)
        if let resource = request.resource {
            guard let found = databases.first(where: { $0.resource.id == resource }) else {
                throw ExitError(
                    .noInput,
                    "advisor: no database '\(resource)' in stack file or store\(DidYouMean.hint(for: resource, among: names))")
            }
            return try loader.target(found)
        }
        // What only samples name may be a typing error: it does not make a choice necessary.
        let declared = databases.filter(\.resource.isDeclared)
        let candidates = declared.isEmpty ? databases : declared
        if candidates.count > 1, request.tier == nil {
            throw ExitError(
                .usage,
                "advisor: there are \(candidates.count) databases; add --resource, one of \(candidates.map(\.resource.id).joined(separator: ", "))"
            )
        }
        return candidates.count == 1 ? try loader.target(candidates[0]) : nil
    }
}
