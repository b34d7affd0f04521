public import AdvisorCore
public import AdvisorFormats
public import AdvisorStore

/// The recommendations of a store: what there are, what is known of one, and what people do with them.
public struct RecommendationBook {
    /// Everything known of one recommendation.
    public struct Detail: Sendable {
        /// Its state.
        public var record: RecommendationRecord
        /// Its evidence, the oldest first: each is a JSON document, as it was stored.
        public var documents: [String]
        /// What happened, the oldest first.
        public var entries: [RecommendationEntry]
        /// What it is based on now; nil when it is over.
        public var present: Present?

        /// The evidence stored last; nil when none is stored.
        public var storedEvidence: EvidenceSnapshot? { documents.last.flatMap { try? EvidenceSnapshot(json: $0) } }
    }

    /// What a recommendation is based on now.
    public struct Present: Sendable {
        /// The evidence.
        public var evidence: EvidenceSnapshot?
        /// How its steps are done.
        public var procedures: [Procedure]
    }

    private let store: Store
    private let now: Timestamp
    private let language: any Language
    /// Loads the project; only what needs an evaluation asks for it.
    private let project: () throws -> Project

    /// Creates the book of a store as of `now`, with its errors in a language.
    public init(store: Store, now: Timestamp, language: any Language, project: @escaping () throws -> Project) {
        (self.store, self.now, self.language, self.project) = (store, now, language, project)
    }

    /// The recommendation of that number, else the active one for the resource of that name, else its last one.
    /// - Throws: `ExitError` when there is none, else `StoreFailure`.
    public func record(named name: String) throws -> RecommendationRecord {
        let records = try store.recommendations()
        let number = Int64(name.hasPrefix("#") ? String(name.dropFirst()) : name)
        if let number, let record = records.first(where: { $0.id == number }) { return record }
        let ofResource = records.filter { $0.resource == name }
        if let record = ofResource.last(where: \.isCurrent) ?? ofResource.last { return record }
        let hint = DidYouMean.hint(for: name, among: Set(records.map(\.resource)).sorted())
        throw ExitError(.noInput, "advisor: no recommendation '\(name)'\(hint); `advisor recommendations --all` lists them")
    }

    /// Everything known of a recommendation.
    /// - Throws: `ExitError` when there is none, else `StoreFailure`.
    public func detail(named name: String) throws -> Detail {
        let record = try record(named: name)
        let id = record.id ?? 0
        return Detail(
            record: record, documents: try store.recommendationEvidence(of: id).map(\.document),
            entries: try store.recommendationHistory(of: id), present: try record.isCurrent ? present(record) : nil)
    }

    /// Claims, completes, dismisses, snoozes or reopens a recommendation.
    /// - Returns: The change; nil when nothing changed.
    /// - Throws: `ExitError` when there is none, or its state does not allow it; else `StoreFailure`.
    public func apply(_ command: RecommendationCommand, named name: String) throws -> RecommendationChange? {
        let record = try record(named: name)
        let evidence: EvidenceSnapshot?
        switch command {
        case .claim, .done: evidence = try present(record).evidence
        case .dismiss, .snooze, .reopen: evidence = nil
        }
        guard let id = record.id else { return nil }
        do { return try store.act(command, on: id, evidence: evidence, at: now) } catch let refusal as RecommendationRefusal {
            throw ExitError(.usage, "advisor: \(language.clause(refusal))")
        }
    }

    private func present(_ record: RecommendationRecord) throws -> Present {
        let project = try project()
        let report = try EvaluationPipeline(
            store: store, project: project, now: now, scope: .resource(record.resource)
        ).run(.report).report
        guard let entry = report.entries.first(where: { $0.resource.kind == record.kind }) else { return Present(procedures: []) }
        let procedures = Runbook(stack: project.stack, catalog: project.catalog)
            .procedures(record.summary.steps, for: entry.resource, quiet: report.quietHours[record.resource])
        return Present(
            evidence: EvidenceSnapshot(entry, region: project.catalog.region, now: now), procedures: procedures)
    }
}
