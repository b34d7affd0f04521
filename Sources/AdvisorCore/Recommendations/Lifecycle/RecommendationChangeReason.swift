/// Why a recommendation changed; the words are in `Presentation/Language`.
public enum RecommendationChangeReason: Reason {
    /// These rules recommend it.
    case recommended(rules: [String])
    /// Something else is recommended than before: these steps.
    case stepsChanged(before: [RecommendationSummary.Step])
    /// The severity rose.
    case severityRaised(from: Severity, to: Severity)
    /// Its rules are in ALARM again, so long after they were OK.
    case firedAgain(after: Quantity)
    /// More rules recommend it; `instead` is what they recommend where that is not what was claimed.
    case moreRules(rules: [String], instead: [RecommendationSummary.Step]?)
    /// The severity rose; `instead` as for `moreRules`.
    case moreSevere(from: Severity, to: Severity, instead: [RecommendationSummary.Step]?)
    /// The snooze ended.
    case snoozeEnded
    /// Its rules are OK.
    case rulesOk
    /// The resource is gone.
    case resourceGone
    /// It was carried out; this came of it.
    case checked(outcome: RecommendationOutcome)
    /// It was carried out and did not help.
    case didNotHelp(outcome: RecommendationOutcome)
    /// A person claimed it; nil when the name is not given.
    case claimedBy(name: String?)
    /// A person changed it, with a note in their own words.
    case noted(text: String)
    /// A person snoozed it until then.
    case snoozed(until: Timestamp)
    /// A person changed it, without a note.
    case byHand
}
