extension Formula {
    /// Why the formula can never fail, or never hold, whatever is measured; nil when it can do both.
    ///
    /// What is measured is never below zero, and a share that CloudWatch gives as percent is never above 100 %.
    public var impossibility: String? {
        guard case .binary(let sign, .reading(let index, let measure), .constant(.number(let bound), _), _) = root,
            sign.isComparison, readings[index].overTime == nil
        else { return nil }
        if bound < 0 {
            switch sign {
            case .less, .lessOrEqual, .equal: return "can never hold: a measurement is never below zero"
            case .greater, .greaterOrEqual, .notEqual: return "always holds: a measurement is never below zero"
            default: return nil
            }
        }
        if bound == 0, sign == .less { return "can never hold: a measurement is never below zero" }
        if bound == 0, sign == .greaterOrEqual { return "always holds: a measurement is never below zero" }
        let isShare = measure == .ratio && readings[index].statistic.isOrder
        guard isShare else { return nil }
        if bound > 1 || bound == 1 && sign == .greater {
            switch sign {
            case .greater, .greaterOrEqual, .equal: return "can never hold: a share is never above 100 %"
            case .less, .lessOrEqual, .notEqual: return "always holds: a share is never above 100 %"
            default: return nil
            }
        }
        return nil
    }
}
