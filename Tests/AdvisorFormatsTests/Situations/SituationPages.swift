import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Synchronization
import Testing

/// The reports and pages of the situations, each made once for all tests.
enum SituationPages {
    private static let reports = Mutex<[String: Report]>([:])
    private static let pages = Mutex<[String: String]>([:])

    /// The report of a situation.
    static func report(of situation: Situation) throws -> Report {
        if let known = reports.withLock({ $0[situation.name] }) { return known }
        let report = try situation.report()
        reports.withLock { $0[situation.name] = report }
        return report
    }

    /// The page of a situation in a format of reports.
    static func page(of situation: Situation, _ format: String) throws -> String {
        let key = "\(situation.name) \(format)"
        if let known = pages.withLock({ $0[key] }) { return known }
        let options = ReportFormat.Options(width: 110, showsCandidates: true, language: TestLanguage.current)
        let page = try #require(ReportFormat.all.first { $0.id == format }).render(report(of: situation), options)
        pages.withLock { $0[key] = page }
        return page
    }
}
