import AdvisorCore
import Foundation

extension Korean {
    /// `AWS 요금 $40.58, 설명된 금액 $39.90, 설명되지 않은 금액 $0.68`.
    func reconciled(_ bill: BillReconciliation) -> String {
        let rest = bill.unexplained
        let verdict = rest.amount < 0 ? "설명된 금액보다 \(Money(-rest.amount)) 적음" : "설명되지 않은 금액 \(rest)"
        return "AWS 요금 \(bill.charged), 설명된 금액 \(bill.explained), \(verdict)" + LargestParts.text(bill)
    }
}
