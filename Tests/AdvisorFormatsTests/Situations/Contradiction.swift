import Foundation

/// A report that says one thing in one place and another elsewhere.
struct Contradiction: Hashable, CustomStringConvertible {
    enum Code: String, CaseIterable {
        /// The recommendation ends the alarms, or not, other than its target among the candidates.
        case clearsDiffers
        /// An alarm or limit that speaks against the target is not among the caveats.
        case caveatMissing
        /// A caveat of JSON is not in the text of the pages.
        case caveatNotShown
        /// A reason is given twice.
        case reasonRepeated
        /// The tier of a candidate ends an alarm only because the rule is not meant for it.
        case exemptionClears
        /// A tip on savings speaks against a tier.
        case tipVetoes
        /// A tip advises a smaller tier, the recommendation a larger one.
        case tipAgainstMove
        /// A class is rejected for what a smaller one of its kind does.
        case largerClassRejected
        /// A tier is rejected for a value within the limit.
        case rejectedWithinLimit
        /// Storage or zones are changed, and the move makes that needless.
        case needlessStep
        /// Two bills for the same thing.
        case twoPrices
        /// The changes of the actions are not the change of the bill.
        case changesDoNotAdd
        /// The cheapest tier that ends the alarms does not, or is not the cheapest.
        case notTheCheapest
        /// A candidate ends the alarms, and has reasons against that; or does not, without a reason.
        case candidateUnexplained
        /// Capacity is called sufficient, and the alarms remain.
        case sufficientYetRejected
        /// The bill of the whole stack counts a database at another cost than the recommendation.
        case stackBillDiffers
        /// A metric is called fine beside an alarm about it.
        case fineInAlarm
        /// A rule in ALARM is not among the outcomes of a candidate, which so ends every alarm but that one.
        case outcomeMissing
        /// A list price is shown as the bill.
        case listAsBill
        /// A tier that ends every alarm, and an alarm that remains.
        case basisDenied
        /// A command builds another capacity than the text asks for.
        case commandDiffers
        /// `stay` in ALARM.
        case stayInAlarm
    }

    var code: Code
    var detail: String

    var description: String { "\(code.rawValue): \(detail)" }
}
