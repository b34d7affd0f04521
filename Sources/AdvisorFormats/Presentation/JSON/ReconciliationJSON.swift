import AdvisorCore

/// AWS's charges of this month, and what the bill of the stack explains of them, in JSON.
struct ReconciliationJSON: Encodable {
    struct Service: Encodable {
        let id: String
        let charged: Money
        let explained: Money
        let unexplained: Money
    }

    let from: Timestamp
    let until: Timestamp
    let charged: Money
    let explained: Money
    let unexplained: Money
    let services: [Service]

    init(_ bill: BillReconciliation) {
        (from, until) = (bill.begin, bill.until)
        (charged, explained, unexplained) = (bill.charged, bill.explained, bill.unexplained)
        services = bill.parts.map {
            Service(id: $0.service, charged: $0.charged, explained: $0.explained, unexplained: $0.unexplained)
        }
    }
}
