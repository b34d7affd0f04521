public import AdvisorCore
/// Placeholder
public typealias XAdvisorFormats = Sample
