public import AdvisorCore
/// Placeholder
public typealias XAdvisorStore = Sample
