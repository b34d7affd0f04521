import AdvisorCore
import Foundation

extension English {
    /// `AWS charged $40.58; prices and usage explain $39.90, $0.68 less (Tax $0.60)`.
    func reconciled(_ bill: BillReconciliation) -> String {
        let rest = bill.unexplained
        let difference = rest.amount < 0 ? "\(Money(-rest.amount)) more" : "\(rest) less"
        return "AWS charged \(bill.charged); prices and usage explain \(bill.explained), \(difference)" + LargestParts.text(bill)
    }
}

/// The services with the largest differences.
enum LargestParts {
    /// ` (Tax $0.60, CloudWatch -$0.08)`; empty where nothing of a cent is unexplained.
    static func text(_ bill: BillReconciliation) -> String {
        let parts = bill.parts.filter { $0.unexplained.cents != "0.00" && $0.unexplained.cents != "-0.00" }
        guard bill.unexplained.cents != "0.00", !parts.isEmpty else { return "" }
        return " (" + parts.prefix(3).map { "\($0.title) \($0.unexplained)" }.joined(separator: ", ") + ")"
    }
}
