/// How far a project has come, as its stack file says.
public enum Stage: String, CaseIterable, Codable, Sendable { case mvp, launch, growth }

/// A round of funding.
public enum FundingRound: String, CaseIterable, Sendable {
    case preSeed = "pre-seed"
    case seed
    case seriesA = "series-a"
    case later
}
