import AdvisorCore
import Foundation

extension English {
    /// `AWS says $40.58; explained: $39.90; not explained: $0.68 (Tax $0.60)`.
    func reconciled(_ bill: BillReconciliation) -> String {
        let rest = bill.unexplained
        let verdict =
            rest.amount < 0 ? "\(Money(-rest.amount)) less than explained" : "not explained: \(rest)"
        return "AWS says \(bill.charged); explained: \(bill.explained); \(verdict)" + LargestParts.text(bill)
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
