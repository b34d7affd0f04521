import AdvisorCore
import Foundation

/// What the bill of a resource consists of, in amounts that add up as they are shown.
struct MoneyParts {
    enum Part {
        case list, extendedSupport, credits
    }

    /// The parts that are not zero; the list price is always one.
    private(set) var amounts: [(part: Part, amount: Money)]
    /// Their sum.
    let total: Money

    /// Splits the present bill: list prices, Extended Support, and CPU credits where the load is known.
    init(_ entry: ResourceReview, list: CostEstimate) {
        let support = list.extendedSupport
        let known = list.total ?? list.atLeast
        let credits = entry.resource.tier.flatMap { entry.recommendation?.outlook?.projection($0)?.surplus }
        let expected = entry.recommendation?.effect.expectedBefore
        amounts = [(.list, (known - support).rounded)]
        if support.amount > 0 { amounts.append((.extendedSupport, support.rounded)) }
        if let credits, credits.amount > 0, let expected {
            let shown = amounts.reduce(Money(0)) { $0 + $1.amount }
            amounts.append((.credits, expected.rounded - shown))
            total = expected.rounded
        } else {
            total = amounts.reduce(Money(0)) { $0 + $1.amount }
        }
    }
}

extension Money {
    /// To the cents that are shown.
    fileprivate var rounded: Money { Money(amount.rounded(scale: 2), currency: currency) }
}
