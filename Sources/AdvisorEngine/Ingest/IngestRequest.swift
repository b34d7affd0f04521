public import AdvisorCore
public import AdvisorFormats
public import Foundation

/// What is known of inputs besides their bytes.
public struct IngestRequest: Sendable {
    /// The metric that they hold, by its name; nil when they name it.
    public var metric: String?
    /// The resource that they belong to; nil when they name it.
    public var resource: String?
    /// The namespace of bare put-metric-data arrays.
    public var namespace: String?
    /// The account of bills that name none.
    public var account: String?
    /// The zone of times without one; nil for UTC.
    public var zone: TimeZone?

    /// Creates a request.
    public init(
        metric: String? = nil, resource: String? = nil, namespace: String? = nil, account: String? = nil, zone: TimeZone? = nil
    ) {
        (self.metric, self.resource, self.namespace, self.account) = (metric, resource, namespace, account)
        self.zone = zone
    }

    /// What parsers need to know.
    /// - Throws: `ExitError` when the metric is unknown, or no resource goes with it.
    public func context(in project: Project, at now: Timestamp) throws -> IngestContext {
        var context = IngestContext(now: now, metrics: project.vocabulary.metrics)
        (context.namespace, context.resource, context.account) = (namespace, resource, account)
        context.services = project.services
        context.zone = zone
        context.declaredSeries = Set(
            project.stack.resources.flatMap(\.metrics.values).map {
                SeriesKey(namespace: $0.namespace, name: $0.name, dimensions: $0.dimensions)
            })
        context.declaredResources = project.stack.resources
        guard let metric else { return context }
        guard var target = context.target(metric: metric, resource: resource ?? "") else {
            let known = project.vocabulary.metrics.seriesNames
            let hint = DidYouMean.hint(for: metric, among: known)
            let list = hint.isEmpty ? "; expected one of: \(known.sorted().joined(separator: ", "))" : ""
            throw ExitError(.usage, "advisor: unknown metric '\(metric)'\(hint)\(list)")
        }
        guard let resource = context.resource(of: target.metric) else {
            throw ExitError(.usage, "advisor: --metric needs --resource ID")
        }
        if self.resource == nil {
            context.resource = resource
            target = context.target(metric: metric, resource: resource) ?? target
        }
        if let declared = project.stack.resources.first(where: { $0.id == resource })?.metrics[target.metric.id] {
            target.key = SeriesKey(namespace: declared.namespace, name: declared.name, dimensions: declared.dimensions)
        }
        context.target = target
        return context
    }
}
