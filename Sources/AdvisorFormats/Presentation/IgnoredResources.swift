import AdvisorCore

/// The resources that were not evaluated, because they are not declared and too many.
enum IgnoredResources {
    /// How many there are, with what to do, as a sentence; nil without any.
    static func words(_ report: Report, _ language: any Language) -> String? {
        guard report.ignoredResources > 0 else { return nil }
        return language.text(
            ReportPhrase.ignoredResources(count: report.ignoredResources, limit: SeriesMatcher.discoveryLimit))
    }

    /// Their number; nil without any.
    static func json(_ report: Report) -> JSONValue? {
        report.ignoredResources > 0 ? .integer(report.ignoredResources) : nil
    }
}
