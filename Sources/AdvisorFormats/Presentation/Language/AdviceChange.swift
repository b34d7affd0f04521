import AdvisorCore

/// What an alert says of a recommendation.
enum AdviceChange {
    case new, changed, withdrawn

    /// nil for an alert of anything else.
    init?(_ content: AlertContent) {
        guard case .recommendation(_, _, let reason) = content else { return nil }
        switch reason {
        case .rulesOk, .resourceGone: self = .withdrawn
        case .stepsChanged, .severityRaised, .moreRules, .moreSevere: self = .changed
        case .recommended, .firedAgain, .snoozeEnded, .checked, .didNotHelp, .claimedBy, .noted, .snoozed, .byHand: self = .new
        }
    }
}
